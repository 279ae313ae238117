using System.Globalization;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>What <see cref="PlanDecisions"/> speaks of.</summary>
/// <param name="Operations">The operations that are carried out.</param>
/// <param name="Changes">What they change, in swap order.</param>
/// <param name="Groups">The groups of the changes.</param>
/// <param name="Imports">What a path imports within the batch.</param>
/// <param name="Facts">The facts of the plan.</param>
/// <param name="Strategy">The row that fired.</param>
/// <param name="Estimate">The model of the estimate.</param>
/// <param name="FromTemplate">Whether the batch came from a template.</param>
internal sealed record DecisionMaterial(
    IReadOnlyList<Operation> Operations, IReadOnlyList<PlannedChange> Changes, IReadOnlyList<WriteGroup> Groups,
    ILookup<RepoPath, RepoPath> Imports, PlanFacts Facts, StrategyRow Strategy, EstimateModel Estimate, bool FromTemplate);

/// <summary>
/// The planner's reasons: the rows of the tables that fired, and five answers for each operation (can it be batched, is
/// it a known pattern, how is it rolled back, what does it depend on, what was validated early); for each group where
/// the batch has many operations.
/// </summary>
internal static class PlanDecisions
{
    /// <summary>With more operations the questions are answered a group at a time.</summary>
    public const int ManyOperations = 50;

    /// <summary>All decisions, the tables' first.</summary>
    public static IReadOnlyList<PlanDecision> Of(DecisionMaterial m) =>
    [
        .. OfTables(m.Facts, m.Strategy, RiskTable.Assess(m.Facts), m.Estimate),
        .. m.Operations.Count > ManyOperations
            ? m.Groups.SelectMany(g => Answers($"{Word(g.Reason)} group of \"{g.Paths[0]}\" ({g.Paths.Count})", g.Paths, m))
            : m.Operations.SelectMany(o => Refusals.FirstPath(o) is { } first
                ? Answers(first.Value, [.. Refusals.PathsOf(o)], m)
                : []),
    ];

    /// <summary>The rows of the tables that fired: those decisions that are about the plan as a whole.</summary>
    public static IReadOnlyList<PlanDecision> OfTables(
        PlanFacts facts, StrategyRow strategy, IReadOnlyList<RiskRow> risks, EstimateModel estimate)
    {
        List<PlanDecision> decisions = [new("strategy", strategy.Name, strategy.Text(facts))];
        decisions.AddRange(risks.Count == 0
            ? [new PlanDecision("risk", "nothing-of-note", "no row of the risk table fires")]
            : risks.Select(row => new PlanDecision("risk", row.Name, row.Text(facts))));
        decisions.Add(new("estimate", "model", string.Create(CultureInfo.InvariantCulture,
            $"{estimate.Start * 1000:0.###} ms + {estimate.PerFile * 1e6:0.#} us a file + {estimate.PerByte * 1e9:0.##} ns a byte, from {estimate.Source}")));
        decisions.Add(new("threshold", "side-by-side", string.Create(CultureInfo.InvariantCulture,
            $"groups are staged side by side from {facts.FilesForBatch} files on, since a file takes {estimate.PerFile * 1e6:0.#} us by {estimate.Source}")));
        decisions.Add(new("order", "swap-order", "deletions that free a path, then writes with dependencies before "
            + "dependants, then path order, other deletions last"));
        return decisions;
    }

    private static IEnumerable<PlanDecision> Answers(string subject, IReadOnlyList<RepoPath> paths, DecisionMaterial m)
    {
        var group = m.Groups.FirstOrDefault(g => ReferenceEquals(g.Paths, paths) || g.Paths.Any(paths.Contains));
        yield return new(subject, "batched", group switch
        {
            null => "it changes nothing",
            { Parallel: true } => $"in a {Word(group.Reason)} group of {group.Paths.Count}, staged beside the others",
            _ => $"in a {Word(group.Reason)} group of {group.Paths.Count}",
        });
        yield return new(subject, "pattern", m.FromTemplate ? "it comes from a template" : "no learned template made it");
        yield return new(subject, "rollback", "the backup commit holds what was there; rolling back swaps it in again");
        var needs = paths.SelectMany(p => m.Imports[p]).Distinct().Order().Take(6).ToList();
        yield return new(subject, "depends-on", needs.Count == 0
            ? "on nothing else in the batch"
            : "on " + string.Join(", ", needs.Take(5)) + (needs.Count > 5 ? ", ..." : ""));
        yield return new(subject, "validated", "path safety, expectation, permissions, free space and name collisions");
    }

    private static string Word(GroupReason reason) => reason switch
    {
        GroupReason.Directory => "directory",
        GroupReason.Dependency => "dependency",
        GroupReason.Template => "template",
        GroupReason.Incremental => "incremental",
        _ => "configuration",
    };
}
