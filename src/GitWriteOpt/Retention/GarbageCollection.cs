using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Retention;

/// <summary>
/// Lets go of what is too old or too much, and keeps refs and packs few. In order:
/// <code>
///   reckon    what our refs cost, if all packs together exceed the budget; takes long, disturbs nobody
///   -- no writer and no gc of git's at work from here --
///   recover   what was cut off in this worktree; leftovers of all worktrees are swept
///   plan      which groups of transactions go, which lose their own ref
///   refs      the chain of folds, then the refs
///   -- writers may work again --
///   merge     small packs of ours into one; takes long
///   -- no writer at work: the merged pack takes the place of the others --
/// </code>
/// Objects are never removed: git's own gc frees what no ref reaches. A kill anywhere loses nothing that a plan kept, and
/// the next gc goes on.
/// </summary>
internal sealed class GarbageCollection(TransactionContext context, TimeSpan lockLimit, Action? waiting)
{
    private readonly List<string> _warnings = [];

    /// <summary>Collects.</summary>
    /// <exception cref="RefusedException">A lock stayed busy, or something cut off could not be recovered.</exception>
    /// <exception cref="StoreException">The disk or git failed.</exception>
    internal GcOutcome Run(GcRequest request)
    {
        var policy = RetentionPolicy.Of(context.Config, request);
        if (request.DryRun)
        {
            return Foretell(policy);
        }

        var limit = request.Auto ? TimeSpan.Zero : lockLimit;
        using var run = UpkeepLock.Run(context.State, limit, waiting);
        if (run is null)
        {
            return request.Auto ? Busy(policy) : throw UpkeepLock.Busy(context.State.UpkeepLock, limit);
        }

        var swept = MergedPack.Sweep(context.Layout);
        var budget = new ByteBudget(context, policy.MaxBytes).Reckon(() => RetentionFacts.Of(context));
        RetentionPlan plan;
        using (var gitsGc = GitGcLock.Acquire(context.Layout, limit, context.State.Token() ?? "none"))
        using (var held = UpkeepLock.Exclusive(context.State, limit, waiting))
        {
            if (held is null || gitsGc is null)
            {
                return request.Auto ? Busy(policy) : throw (gitsGc is null ? GitIsCollecting()
                    : UpkeepLock.Busy(context.State.SharedLock, limit));
            }

            swept += Recover();
            plan = RetentionPlan.Of(RetentionFacts.Of(context), policy, budget?.TooMuch ?? new HashSet<TransactionId>());
            new RefRemoval(context).Carry(plan);
        }

        var merged = Merge(request.Auto ? 1 : 0, limit);
        Stamp();
        context.Log.LogInformation("gc: {Expired} expired, {Folded} folded, {Merged} packs merged, {Swept} leftovers swept",
            plan.Expired.Count, plan.ToFold.Count, merged, swept);
        return Answer(plan, policy, budget?.Bytes) with
        {
            State = plan.Expired.Count + plan.ToFold.Count + merged + swept > 0 ? GcState.Done : GcState.Unchanged,
            PacksMerged = merged,
            Swept = swept,
        };
    }

    private GcOutcome Foretell(RetentionPolicy policy)
    {
        var facts = RetentionFacts.Of(context);
        var budget = new ByteBudget(context, policy.MaxBytes).Reckon(() => facts);
        var plan = RetentionPlan.Of(facts, policy, budget?.TooMuch ?? new HashSet<TransactionId>());
        return Answer(plan, policy, budget?.Bytes) with
        {
            PacksMerged = GeometricMerge.Choose(MergedPack.Candidates(context.Layout).Select(p => (p, p.Length))).Count,
            Swept = Leftovers.Sweep(context.Layout, dryRun: true).Count,
        };
    }

    private int Recover()
    {
        if (Recovery.IsNeeded(context))
        {
            var outcome = new Recovery(context).Run(new RecoverRequest());
            _warnings.AddRange(outcome.Recovered.Select(r => $"{r.Transaction} had been cut off and was first brought to an end"));
            _warnings.AddRange(outcome.Rescued.Select(r => $"\"{r.Path}\": {r.Reason} ({r.Ref})"));
            _warnings.AddRange(outcome.Warnings);
        }

        Settlement.Run(context);
        RefLock.RemoveAbandoned(context.Layout);
        return IsolatedWorktree.Sweep(context, dryRun: false).Count + Leftovers.Sweep(context.Layout, dryRun: false).Count;
    }

    // What cannot be merged stays as it is, so that it is a warning.
    private int Merge(int threads, TimeSpan limit)
    {
        var chosen = GeometricMerge.Choose(MergedPack.Candidates(context.Layout).Select(p => (p, p.Length)));
        if (chosen.Count == 0)
        {
            return 0;
        }

        try
        {
            using var merged = MergedPack.Write(context.Layout, chosen, threads);
            using var held = UpkeepLock.Exclusive(context.State, limit, waiting);
            if (held is null)
            {
                _warnings.Add($"{chosen.Count} packs were not merged: a writer was at work for too long");
                return 0;
            }

            merged.Replace();
            return chosen.Count;
        }
        catch (StoreException cause)
        {
            _warnings.Add($"{chosen.Count} packs were not merged: {cause.Message}");
            return 0;
        }
    }

    private void Stamp()
    {
        try
        {
            File.WriteAllText(context.State.UpkeepStamp, "");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", context.State.UpkeepStamp);
        }
    }

    private GcOutcome Answer(RetentionPlan plan, RetentionPolicy policy, long? bytes) => new()
    {
        State = GcState.Planned,
        Policy = policy,
        Expired = [.. plan.Expired.Select(t => t.Id.ToString())],
        OverBudget = [.. plan.OverBudget.Select(t => t.Id.ToString())],
        Folded = plan.ToFold.Count,
        Kept = plan.Kept,
        HeldBytes = bytes,
        Warnings = _warnings,
    };

    private RefusedException GitIsCollecting() => new(new WriteError(ErrorCategory.Conflict, "git-gc-running",
        "a gc of git's is at work, which must not see transactions move; nothing was changed")
    {
        Path = context.Layout.CommonDirectory + "/gc.pid",
        Suggestion = "wait for it to end, then run it again: git writeopt gc",
    });

    private static GcOutcome Busy(RetentionPolicy policy) => new() { State = GcState.Busy, Policy = policy };
}
