using GitWriteOpt.Errors;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Answers from plans and recorded transactions.</summary>
internal static class Outcomes
{
    /// <summary>The answer for a plan that was recorded.</summary>
    internal static WriteOutcome Of(WritePlan plan, RecordedTransaction recorded, WriteState state) => new()
    {
        State = state,
        Transaction = recorded.Id.ToString(),
        Before = recorded.Backup.ToString(),
        After = recorded.Commit.ToString(),
        Message = plan.Message,
        Plan = plan,
        Files = Files(recorded, plan),
        Skipped = plan.Skipped,
    };

    /// <summary>The answer for a plan that is not carried out.</summary>
    internal static WriteOutcome Of(WritePlan plan, WriteState state) => new()
    {
        State = state,
        Message = plan.Message,
        Plan = plan,
        Files =
        [
            .. plan.Changes.OrderBy(c => c.Path).Select(c => new WrittenFile(c.Path.Value, c.Kind, c.RenamedFrom?.Value,
                Length(c.After), (c.After as PathState.File)?.Id?.ToString())),
        ],
        Skipped = plan.Skipped,
        Warnings = plan.Warnings,
    };

    /// <summary>The answer for something that was refused or could not be begun.</summary>
    internal static WriteOutcome Refused(WriteException cause, string? message = null) => new()
    {
        State = WriteState.Refused,
        Message = message,
        Error = cause.Error,
        MoreErrors = cause is RefusedException { All.Count: > 1 } refused ? [.. refused.All.Skip(1)] : [],
    };

    /// <summary>The paths of a recorded transaction, in byte order.</summary>
    internal static IReadOnlyList<WrittenFile> Files(RecordedTransaction recorded, WritePlan? plan)
    {
        var lengths = plan?.Changes.ToDictionary(c => c.Path, c => Length(c.After));
        return
        [
            .. recorded.Changes.Select(c => new WrittenFile(c.Path.Value, c.Kind, c.RenamedFrom?.Value,
                lengths?.GetValueOrDefault(c.Path) ?? 0, c.After?.Blob.ToString())),
        ];
    }

    private static long Length(PathState state) => state switch
    {
        PathState.File file => file.Content.Length,
        PathState.Link link => System.Text.Encoding.UTF8.GetByteCount(link.Target),
        _ => 0,
    };
}
