using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// Brings refs and the chain of folds to where a plan wants them. The new chain is durable before any ref goes; refs go
/// oldest first, a bounded number at a time, since each takes an open file. So a kill leaves too many refs, never too few,
/// and the next gc goes on.
/// </summary>
internal sealed class RefRemoval(TransactionContext context)
{
    private const int AtOnce = 128;

    /// <summary>Carries a plan out.</summary>
    /// <exception cref="Errors.StoreException">The disk or a lock failed.</exception>
    internal void Carry(RetentionPlan plan)
    {
        var gone = plan.Expired.Where(t => t.IsFolded).ToDictionary(t => t.Id, _ => (ObjectId?)null);
        if (plan.ToFold.Count + gone.Count > 0)
        {
            Fold([.. plan.ToFold.Select(t => new FoldedTransaction(t.Id, t.Commit, t.Worktree, t.Undid))], gone);
        }

        foreach (var some in plan.Expired.Concat(plan.ToFold).Where(t => !t.IsFolded).OrderBy(t => t.Id).Chunk(AtOnce))
        {
            context.Refs.Apply(durable: false, [.. some.Select(t => new RefUpdate.Delete(t.Ref, t.Commit))]);
        }
    }

    /// <summary>Writes the chain of folds anew.</summary>
    /// <param name="add">What is folded now.</param>
    /// <param name="replace">New commits of folded ones, null to take them out.</param>
    internal void Fold(IReadOnlyList<FoldedTransaction> add, IReadOnlyDictionary<TransactionId, ObjectId?> replace)
    {
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var update = Update(new FoldWriter(context).Write(pack, add, replace));
        context.Publish(pack.Seal(), durable: true, [.. update is null ? Array.Empty<RefUpdate>() : [update]]);
    }

    /// <summary>The change of the ref; null for none.</summary>
    internal RefUpdate? Update(ObjectId? tip) => (context.Refs.Read(RefNames.Folded), tip) switch
    {
        (null, null) => null,
        (null, { } first) => new RefUpdate.Create(RefNames.Folded, first),
        ({ } old, null) => new RefUpdate.Delete(RefNames.Folded, old),
        ({ } old, { } next) => old == next ? null : new RefUpdate.Update(RefNames.Folded, next, old),
    };
}
