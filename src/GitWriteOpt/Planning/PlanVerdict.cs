using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>What validation says of a plan's changes.</summary>
/// <param name="Refusals">Why paths cannot be written so; with <c>--partial</c> their groups are left out.</param>
/// <param name="Warnings">What a person should know and need not act on.</param>
public sealed record PlanVerdict(IReadOnlyList<(RepoPath Path, WriteError Error)> Refusals, IReadOnlyList<string> Warnings);
