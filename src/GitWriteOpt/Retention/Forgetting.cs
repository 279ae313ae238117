using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// Takes a captured secret out of every ref of ours. Commits that hold something else too are written anew without it,
/// under the same ref; the others go. One transaction of refs: a failure changes none, and after a kill each ref is the old
/// or the new one, and the same command ends the work. Refs, files and index of the user's are never touched; what is left
/// to do there is said.
/// </summary>
internal sealed class Forgetting(TransactionContext context, TimeSpan lockLimit, Action? waiting)
{
    private readonly List<string> _removed = [];
    private readonly List<string> _rewritten = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<RefUpdate> _updates = [];
    private readonly Dictionary<TransactionId, ObjectId?> _folded = [];
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Forgets.</summary>
    /// <exception cref="UsageException">Neither a transaction nor a path is named, or there is no such transaction.</exception>
    /// <exception cref="RefusedException">A lock stayed busy, or a journal holds the secret: nothing was changed.</exception>
    internal ForgetOutcome Run(ForgetRequest request)
    {
        if (request.Transaction is null == (request.Paths.Count == 0))
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "nothing-to-forget",
                "name either a transaction or paths to forget")
            {
                Suggestion = "git writeopt forget <id>, or git writeopt forget --path <path>",
            });
        }

        if (request.DryRun)
        {
            using var unused = new PackWriter(context.Layout);
            var planned = Decide(request, unused);
            return Answer(_updates.Count + _folded.Count > 0 ? ForgetState.Planned : ForgetState.Unchanged, planned);
        }

        using var run = UpkeepLock.Run(context.State, lockLimit, waiting)
            ?? throw UpkeepLock.Busy(context.State.UpkeepLock, lockLimit);
        using var held = UpkeepLock.Exclusive(context.State, lockLimit, waiting)
            ?? throw UpkeepLock.Busy(context.State.SharedLock, lockLimit);
        if (Recovery.IsNeeded(context))
        {
            new Recovery(context).Run(new RecoverRequest());
        }

        Settlement.Run(context);
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var secret = Decide(request, pack);
        if (_updates.Count + _folded.Count == 0)
        {
            return Answer(ForgetState.Unchanged, secret);
        }

        RefuseWitnessed();
        Carry(pack);
        return Answer(ForgetState.Done, secret);
    }

    private Secret Decide(ForgetRequest request, PackWriter pack)
    {
        var holders = Holder.All(context);
        var secret = new Secret(request.Paths, []);
        var group = new HashSet<string>(StringComparer.Ordinal);
        _named.UnionWith(request.Paths.Select(p => p.Value));
        if (request.Transaction is { } name)
        {
            var log = new TransactionLog(context);
            var chosen = log.Find(name);
            group.UnionWith(TransactionGroup.Of([.. log.Walk()])
                .First(g => g.Members.Any(t => t.Id.ToString() == chosen.Transaction)).Members.Select(t => t.Id.ToString()));
            List<Holder.Changes> meant = [.. holders.OfType<Holder.Changes>().Where(h => h.Recorded.Id.ToString() == chosen.Transaction)];
            Learn(secret, meant, _ => true);
            _named.UnionWith(meant.SelectMany(h => h.Recorded.Changes).Select(c => c.Path.Value));
        }
        else
        {
            Learn(secret, holders.OfType<Holder.Changes>(), secret.Names);
            foreach (var entry in holders.OfType<Holder.Snapshots>().SelectMany(h => SnapshotEntries.Of(context, h.Commit)))
            {
                secret.Add(secret.Names(entry.Path) ? entry.Blob : null);
            }
        }

        var rewrite = new CommitRewrite(context, pack);
        foreach (var holder in holders)
        {
            Decide(holder, secret, group, rewrite);
        }

        return secret;
    }

    private static void Learn(Secret secret, IEnumerable<Holder.Changes> holders, Func<string, bool> isMeant)
    {
        foreach (var change in holders.SelectMany(h => h.Recorded.Changes).Where(c => isMeant(c.Path.Value)))
        {
            secret.Add(change.Before?.Blob);
            secret.Add(change.After?.Blob);
        }
    }

    private void Decide(Holder holder, Secret secret, HashSet<string> group, CommitRewrite rewrite)
    {
        switch (holder)
        {
            case Holder.Changes { Recorded.Sources.Count: > 0 } one:
                if (new UnplannedBatch(context, one.Recorded).Mentions(_named))
                {
                    Note(one, null);
                }

                break;
            case Holder.Changes one when one.Gone(secret) is { Count: > 0 } gone || IsOfGroup(one, group):
                gone = one.Gone(secret);
                if (one.Name.StartsWith(RefNames.Pending, StringComparison.Ordinal))
                {
                    throw new RefusedException(new WriteError(ErrorCategory.Conflict, "pending-holds-it",
                        $"{one.Name}, a transaction that was begun elsewhere and has not ended, holds it; nothing was changed")
                    {
                        Suggestion = "git writeopt recover, in the worktree that began it; where that is gone: "
                            + $"git update-ref -d {one.Name}",
                    });
                }

                var all = IsOfGroup(one, group) || gone.Count == one.Recorded.Changes.Count
                    || one.Name.StartsWith(RefNames.Kept, StringComparison.Ordinal);
                _paths.UnionWith(all && IsOfGroup(one, group)
                    ? one.Recorded.Changes.Select(c => c.Path.Value) : gone.Select(p => p.Value));
                Note(one, all ? null : rewrite.Transaction(one.Recorded, gone));
                break;
            case Holder.Snapshots one when rewrite.Snapshot(one.Commit, secret, _paths) is var now && now != one.Commit:
                var isEmpty = one.Name.StartsWith(RefNames.Rescues, StringComparison.Ordinal)
                    && !SnapshotEntries.Of(context, one.Commit).Any(e => !secret.Covers(e.Path, e.Blob));
                Note(one, isEmpty ? null : now);
                break;
            default:
                break;
        }
    }

    private static bool IsOfGroup(Holder.Changes one, HashSet<string> group) => group.Contains(one.Recorded.Id.ToString())
        && (one.Folded || one.Name.StartsWith(RefNames.Transactions, StringComparison.Ordinal));

    private void Note(Holder holder, ObjectId? now)
    {
        (now is null ? _removed : _rewritten).Add(holder.Name);
        if (holder is Holder.Changes { Folded: true } folded)
        {
            _folded[folded.Recorded.Id] = now;
            return;
        }

        _updates.Add(now is { } next ? new RefUpdate.Update(holder.Name, next, holder.Commit)
            : new RefUpdate.Delete(holder.Name, holder.Commit));
    }

    // Recovery would take such a one, after a restart, for one that was cut off.
    private void RefuseWitnessed()
    {
        foreach (var directory in GitWorktrees.GitDirectories(context.Layout).Where(d => d != context.Layout.GitDirectory))
        {
            foreach (var (id, _) in Witness.All(new LocalState(context.Layout with { GitDirectory = directory })))
            {
                if (_updates.Any(u => u.Name == RefNames.Transactions + id))
                {
                    throw new RefusedException(new WriteError(ErrorCategory.Conflict, "witnessed-elsewhere",
                        $"the end of {id} is not yet settled in the worktree of {directory}; nothing was changed")
                    {
                        Suggestion = "run git writeopt recover in that worktree, then forget again",
                    });
                }
            }
        }
    }

    private void Carry(PackWriter pack)
    {
        var removal = new RefRemoval(context);
        if (_folded.Count > 0 && removal.Update(new FoldWriter(context).Write(pack, [], _folded)) is { } fold)
        {
            _updates.Add(fold);
        }

        context.Publish(pack.Seal(), durable: true, [.. _updates]);
        Reflogs.Remove(context.Layout, _updates.Select(u => u.Name));
    }

    private ForgetOutcome Answer(ForgetState state, Secret secret) => new(state, _removed, _rewritten,
        [.. _paths.Order(StringComparer.Ordinal)], [.. secret.Blobs.Select(b => b.ToString()).Order(StringComparer.Ordinal)],
        new Remainders(context).Of(secret, _paths, state));
}
