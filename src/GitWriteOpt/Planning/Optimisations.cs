namespace GitWriteOpt.Planning;

/// <summary>What a plan saves, and how much: for the log, the trace and the transaction's commit.</summary>
internal static class Optimisations
{
    /// <summary>Each optimisation that this plan takes, with its result.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Of(WritePlan plan)
    {
        var found = new List<KeyValuePair<string, string>>();
        if (plan.Changes.Count > 1)
        {
            found.Add(new("one-transaction", $"{plan.Changes.Count} files with the barriers, the lock and the journal of one"));
        }

        var parallel = 0;
        foreach (var group in plan.Groups)
        {
            parallel += group.Parallel ? 1 : 0;
        }

        if (parallel > 1)
        {
            found.Add(new("parallel-groups", $"{parallel} of {plan.Groups.Count} groups are staged side by side"));
        }

        if (plan.Checked > 0)
        {
            found.Add(new("validation-cache", $"{plan.Cached} of {plan.Checked} validated files were known already"));
        }

        var kept = 0;
        foreach (var change in plan.Changes)
        {
            kept += change.After is Worktree.PathState.File { Id: not null } ? 1 : 0;
        }

        if (kept > 0)
        {
            found.Add(new("known-contents", $"{kept} contents are in git's object store already"));
        }

        return found;
    }
}
