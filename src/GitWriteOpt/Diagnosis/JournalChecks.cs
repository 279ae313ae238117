using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>Transactions that have begun and not ended: ours are recovered, all others only reported (I6).</summary>
internal sealed class JournalChecks(TransactionContext context, bool mayRepair)
{
    /// <summary>Looks, and recovers what is this worktree's.</summary>
    internal IEnumerable<Finding> Run()
    {
        List<Finding> found = [.. Recover()];
        var elsewhere = Others();
        foreach (var (name, commit) in context.Refs.List(RefNames.Pending, damaged: []))
        {
            var id = name[RefNames.Pending.Length..];
            if (Witness.All(context.State).Any(w => w.Id.ToString() == id && w.Witness?.Commit == commit))
            {
                continue; // said by recovery
            }

            found.Add(elsewhere.TryGetValue((id, commit), out var directory)
                ? new Finding(FindingSeverity.Warning, "journal-elsewhere",
                    $"the transaction {id} was cut off in the worktree of {directory}")
                {
                    Path = name,
                    Suggestion = "git writeopt recover, in that worktree",
                }
                : new Finding(FindingSeverity.Warning, "foreign-journal",
                    $"{name} was not begun in any worktree of this repository (it was pushed, or its worktree is gone); it is never acted on")
                {
                    Path = name,
                    Suggestion = $"see what it holds: git show {name}; then, if nobody needs it: git update-ref -d {name}",
                });
        }

        return found;
    }

    private IEnumerable<Finding> Recover()
    {
        RecoveryOutcome? outcome = null;
        WriteError? failure = null;
        try
        {
            if (Recovery.IsNeeded(context))
            {
                outcome = new Recovery(context).Run(new RecoverRequest(DryRun: !mayRepair));
            }

            if (mayRepair)
            {
                Settlement.Run(context);
            }
        }
        catch (WriteException cause)
        {
            failure = cause.Error;
        }

        if (failure is not null)
        {
            yield return new Finding(FindingSeverity.Error, "recovery-failed", $"what was cut off cannot be recovered: {failure.Message}")
            {
                Suggestion = failure.Suggestion ?? "git writeopt recover -v",
            };
        }

        foreach (var one in outcome?.Recovered ?? [])
        {
            yield return new Finding(FindingSeverity.Warning, "stale-journal",
                $"{one.Transaction} had been cut off ({one.Files} paths to bring {(one.Direction == RecoveryDirection.Back ? "back" : "to their end")})")
            {
                Path = RefNames.Pending + one.Transaction,
                Repaired = true,
            };
        }

        foreach (var one in outcome?.Rescued ?? [])
        {
            yield return new Finding(FindingSeverity.Warning, "rescued", $"\"{one.Path}\": {one.Reason}")
            {
                Path = one.Ref,
                Suggestion = "git writeopt rescue list",
            };
        }
    }

    private Dictionary<(string Id, ObjectId Commit), string> Others()
    {
        var found = new Dictionary<(string, ObjectId), string>();
        foreach (var directory in GitWorktrees.GitDirectories(context.Layout).Where(d => d != context.Layout.GitDirectory))
        {
            foreach (var (id, witness) in Witness.All(new LocalState(context.Layout with { GitDirectory = directory })))
            {
                if (witness is not null)
                {
                    found.TryAdd((id.ToString(), witness.Commit), directory);
                }
            }
        }

        return found;
    }
}
