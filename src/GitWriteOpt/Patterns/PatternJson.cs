using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Patterns;

/// <summary>How what is learned becomes JSON, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LearnedState))]
[JsonSerializable(typeof(CommitLine))]
[JsonSerializable(typeof(RuleLine))]
[JsonSerializable(typeof(FeedbackLine))]
[JsonSerializable(typeof(KindFigures))]
[JsonSerializable(typeof(DroppedTemplate))]
internal sealed partial class PatternJson : JsonSerializerContext
{
    /// <summary>With paths as they are: no output of ours is put into HTML.</summary>
    internal static PatternJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>A line of <c>commits/*.jsonl</c>.</summary>
/// <param name="Commit">The abbreviated id.</param>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Added">Paths.</param>
/// <param name="Modified">Paths.</param>
/// <param name="Deleted">Paths.</param>
/// <param name="Renamed">Pairs of the path before and the path afterwards.</param>
/// <param name="Wide">Whether it changed too many files to tell what belongs together.</param>
internal sealed record CommitLine(string Commit, long Time, string[]? Added, string[]? Modified, string[]? Deleted,
    string[][]? Renamed, bool? Wide)
{
    /// <summary>Its author, as a short hash: enough to tell which commits are of one person.</summary>
    public string? By { get; init; }

    /// <summary>Files that it made: path and blob.</summary>
    public string[][]? Made { get; init; }

    /// <summary>Files that it changed while it made others: path, blob before, blob afterwards.</summary>
    public string[][]? Edited { get; init; }
}

/// <summary>A line of <c>rules/*.jsonl</c>, for people: when the one was changed, the other was too.</summary>
/// <param name="If">A path, or a shape of paths.</param>
/// <param name="Then">Likewise.</param>
/// <param name="Kept">How often both were changed.</param>
/// <param name="Of">How often the first was.</param>
/// <param name="Newest">The newest commit with both, abbreviated.</param>
internal sealed record RuleLine(string If, string Then, int Kept, int Of, string? Newest);
