using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>What validation says of a plan's changes.</summary>
/// <param name="Refusals">Why paths cannot be written so; with <c>--partial</c> their groups are left out.</param>
/// <param name="Warnings">What a person should know and need not act on.</param>
public sealed record PlanVerdict(IReadOnlyList<(RepoPath Path, WriteError Error)> Refusals, IReadOnlyList<string> Warnings)
{
    /// <summary>How many files a rule looked at.</summary>
    public int Checked { get; init; }

    /// <summary>How many of them needed no rule to run, since their results were known.</summary>
    public int Cached { get; init; }
}
