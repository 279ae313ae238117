using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>How much a finding matters.</summary>
public enum CheckSeverity
{
    /// <summary>Worth a look; nothing is refused.</summary>
    Warning,

    /// <summary>The batch is refused, and <c>check</c> exits with 1.</summary>
    Error,
}

/// <summary>One thing that a rule found in what a path shall hold.</summary>
/// <param name="Rule">The rule's stable kebab-case name.</param>
/// <param name="Severity">How much it matters, after configuration and after a look at what was there before.</param>
/// <param name="Category">Who can mend it.</param>
/// <param name="Path">The path.</param>
/// <param name="Message">What was expected and what is there, in one sentence; no text of the file beyond a short quotation.</param>
public sealed record CheckFinding(string Rule, CheckSeverity Severity, ErrorCategory Category, RepoPath Path, string Message)
{
    /// <summary>One-based line, or null.</summary>
    public int? Line { get; init; }

    /// <summary>One-based column in bytes, or null.</summary>
    public int? Column { get; init; }

    /// <summary>What to do, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether it was so before the batch, which may leave it but not make it worse.</summary>
    public bool WasThere { get; init; }

    /// <summary>The refusal of a batch for it.</summary>
    internal WriteError ToError() => new(Category, Rule, $"\"{Path}\"{Place}: {Message}")
    {
        WithoutContent = $"\"{Path}\" breaks the rule {Rule}",
        Path = Path.Value,
        Line = Line,
        Column = Column,
        Suggestion = Suggestion ?? $"git config writeopt.check.{Rule} warn lets it pass; --no-validate skips all checks once",
    };

    private string Place => (Line, Column) switch
    {
        ({ } line, { } column) => $" line {line}, column {column}",
        ({ } line, _) => $" line {line}",
        _ => "",
    };
}
