using System.Text.Json.Serialization;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Mcp;

/// <summary>The log as an object: structured content is no bare array.</summary>
internal sealed record LogDocument(IReadOnlyList<LogEntryAnswer> Transactions);

/// <summary>What is likely missing: without the reasons, which hold words of commits.</summary>
internal sealed record SuggestionDocument(IReadOnlyList<SuggestedPath> Suggest);

/// <summary>One of them.</summary>
/// <param name="Path">Escaped.</param>
/// <param name="Confidence">Of ten said with 0.9, nine hold.</param>
/// <param name="Support">How many commits speak for it.</param>
/// <param name="Commits">Some of them.</param>
internal sealed record SuggestedPath(string Path, double Confidence, int Support, IReadOnlyList<string> Commits);

/// <summary>What there is to be made, or what was made.</summary>
/// <param name="Templates">Those that are followed; none where one was used.</param>
/// <param name="Outcome">Where one was used.</param>
internal sealed record TemplateDocument(IReadOnlyList<TemplateOffer> Templates, OutcomeAnswer? Outcome);

/// <summary>A template, without its text.</summary>
internal sealed record TemplateOffer(string Name, IReadOnlyList<string> Parameters, IReadOnlyList<string> Files, int Instances);

/// <summary>What the command line has no JSON for.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(SuggestionDocument))]
[JsonSerializable(typeof(TemplateDocument))]
internal sealed partial class McpJson : JsonSerializerContext;
