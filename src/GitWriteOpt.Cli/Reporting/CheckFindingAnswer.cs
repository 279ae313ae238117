using System.Text.Json.Serialization;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>CONTRACT's finding of validation.</summary>
internal sealed record CheckFindingAnswer(
    string Path, int? Line, string Severity, string Category, string Rule, string Message)
{
    /// <summary>One-based, in bytes, where known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Column { get; init; }

    /// <summary>What to do, where there is something.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Suggestion { get; init; }

    /// <summary>Whether it was so before.</summary>
    public bool WasThere { get; init; }

    /// <summary>Of a finding.</summary>
    public static CheckFindingAnswer Of(CheckFinding finding) => new(finding.Path.Value, finding.Line,
        Spelling.Of(finding.Severity), Spelling.Of(finding.Category), finding.Rule, finding.Message)
    {
        Column = finding.Column,
        Suggestion = finding.Suggestion,
        WasThere = finding.WasThere,
    };
}
