using System.Text.Json.Serialization;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// How answers become JSON, generated at compile time (Native AOT has no reflection to do it with). They are only written:
/// what reading them would need is left out.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(OutcomeAnswer))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(IReadOnlyList<CheckRuleAnswer>), TypeInfoPropertyName = "CheckRulesAnswer")]
[JsonSerializable(typeof(IReadOnlyList<LogEntryAnswer>), TypeInfoPropertyName = "LogAnswer")]
[JsonSerializable(typeof(ShowAnswer))]
[JsonSerializable(typeof(DiffAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(RecoveryAnswer))]
[JsonSerializable(typeof(RescueAnswer))]
[JsonSerializable(typeof(IReadOnlyList<RescueAnswer>), TypeInfoPropertyName = "RescuesAnswer")]
[JsonSerializable(typeof(SnapshotAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SnapshotAnswer>), TypeInfoPropertyName = "SnapshotsAnswer")]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SessionAnswer>), TypeInfoPropertyName = "SessionsAnswer")]
[JsonSerializable(typeof(SessionStoryAnswer))]
[JsonSerializable(typeof(SessionStepAnswer))]
[JsonSerializable(typeof(PageAnswer))]
[JsonSerializable(typeof(SessionTimelineAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TimelineAnswer>), TypeInfoPropertyName = "TimelineAnswers")]
[JsonSerializable(typeof(SharePushAnswer))]
[JsonSerializable(typeof(ShareFetchAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SharedItemAnswer>), TypeInfoPropertyName = "SharedItemsAnswer")]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(StatsAnswer))]
[JsonSerializable(typeof(GcAnswer))]
[JsonSerializable(typeof(ForgetAnswer))]
[JsonSerializable(typeof(InstallAnswer))]
[JsonSerializable(typeof(DemoAnswer))]
[JsonSerializable(typeof(IReadOnlyList<TemplateAnswer>), TypeInfoPropertyName = "TemplatesAnswer")]
[JsonSerializable(typeof(Template))]
[JsonSerializable(typeof(IReadOnlyList<string>), TypeInfoPropertyName = "PathsAnswer")]
[JsonSerializable(typeof(WorkflowsAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(LearnAnswer))]
[JsonSerializable(typeof(SuggestAnswer))]
[JsonSerializable(typeof(Patterns.Evaluation))]
internal sealed partial class AnswerJson : JsonSerializerContext;
