using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>What worktrees keep for themselves: the token, the figures, leftovers of killed processes.</summary>
internal sealed class LocalChecks(TransactionContext context, bool mayRepair)
{
    /// <summary>Looks.</summary>
    internal IEnumerable<Finding> Run() => [.. Token(), .. Figures(), .. Left()];

    private IEnumerable<Finding> Token()
    {
        var states = GitWorktrees.GitDirectories(context.Layout)
            .Select(directory => new LocalState(context.Layout with { GitDirectory = directory })).ToList();
        foreach (var twins in states.Where(s => s.Token() is not null).GroupBy(s => s.Token()).Where(g => g.Count() > 1))
        {
            yield return new Finding(FindingSeverity.Warning, "shared-token",
                $"{twins.Count()} worktrees have the same token, as after a copy: each takes the other's transactions for its own")
            {
                Path = twins.Last().Root + "/worktree",
                Suggestion = $"give the copy a new one: rm \"{twins.Last().Root}/worktree\"",
            };
        }

        if (context.State.Token() is not null || !File.Exists(context.State.Root + "/worktree"))
        {
            yield break;
        }

        // With one worktree there is one token that its transactions can have.
        var known = new TransactionLog(context).Walk().Select(t => t.Worktree).OfType<string>().Distinct().Take(2).ToList();
        var isKnown = known.Count == 1 && states.Count == 1;
        if (isKnown && mayRepair)
        {
            context.State.WriteToken(known[0]);
        }

        yield return new Finding(FindingSeverity.Error, "damaged-token",
            "this worktree's token is damaged: its own transactions look like those of another worktree")
        {
            Path = context.State.Root + "/worktree",
            Repaired = isKnown,
            Suggestion = isKnown ? null : "git log --all --format='%(trailers:key=Writeopt-Worktree,valueonly)' shows those in use; "
                + "write the right one into the file",
        };
    }

    private IEnumerable<Finding> Figures()
    {
        if (FigureLog.Damaged(context.State.Figures) is > 0 and var lines)
        {
            if (mayRepair)
            {
                FigureLog.Mend(context.State.Figures);
            }

            yield return new Finding(FindingSeverity.Note, "damaged-figures",
                $"{lines} lines of the recorded figures are none; they are taken out")
            {
                Path = context.State.Figures,
                Repaired = true,
            };
        }
    }

    private IEnumerable<Finding> Left()
    {
        if (mayRepair)
        {
            MergedPack.Sweep(context.Layout);
            RefLock.RemoveAbandoned(context.Layout);
        }

        return IsolatedWorktree.Sweep(context, dryRun: !mayRepair).Concat(Leftovers.Sweep(context.Layout, dryRun: !mayRepair)).Select(path =>
            new Finding(FindingSeverity.Warning, "leftover", "a killed process of ours left it") { Path = path, Repaired = true });
    }
}
