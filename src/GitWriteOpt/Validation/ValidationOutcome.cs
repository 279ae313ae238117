namespace GitWriteOpt.Validation;

/// <summary>What validation found.</summary>
/// <param name="Findings">By path, line and rule.</param>
/// <param name="Checked">How many files at least one rule looked at, cached results included.</param>
/// <param name="Cached">
/// How many of them needed no rule to run over their contents, since the cache held every result. What files refer to is
/// always looked for again.
/// </param>
public sealed record ValidationOutcome(IReadOnlyList<CheckFinding> Findings, int Checked, int Cached)
{
    /// <summary>Nothing was looked at.</summary>
    public static readonly ValidationOutcome None = new([], 0, 0);

    /// <summary>Whether there is an error among them.</summary>
    public bool HasErrors => Findings.Any(f => f.Severity == CheckSeverity.Error);
}
