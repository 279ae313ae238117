using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Brings what was cut off to an end: witness by witness, path by path, idempotent, so that it can itself be killed
/// (I6). Needs git's objects and refs and this worktree's witnesses, nothing else. The worktree's lock is held.
/// </summary>
internal sealed class Recovery(TransactionContext context)
{
    private readonly TransactionReader _reader = new(context.Objects);
    private readonly List<RecoveredTransaction> _recovered = [];
    private readonly List<RescuedPath> _rescued = [];
    private readonly List<string> _warnings = [];
    private bool _undecided;

    /// <summary>Whether a transaction of this worktree was cut off. Reads, changes nothing.</summary>
    internal static bool IsNeeded(TransactionContext context) =>
        Witness.All(context.State) is { Count: > 0 } all && all.Any(w => new Recovery(context).Judge(w.Id, w.Witness) is not (Verdict.Ended or Verdict.Foreign));

    /// <summary>Recovers everything.</summary>
    internal RecoveryOutcome Run(RecoverRequest request)
    {
        foreach (var (id, witness) in Witness.All(context.State))
        {
            var verdict = Judge(id, witness);
            if (verdict == Verdict.Foreign)
            {
                _warnings.Add($"the witness {context.State.Open}/{id} is not of this worktree; it is not believed and left alone");
                continue;
            }

            if (request.DryRun)
            {
                Foretell(id, witness, verdict, request);
                continue;
            }

            if (verdict is Verdict.Open or Verdict.Suspect)
            {
                Resolve(id, witness!, verdict, request);
            }
            else if (verdict == Verdict.Committed)
            {
                context.Refs.Apply(durable: true, new RefUpdate.Delete(RefNames.Pending + id, witness!.Commit));
                Sweep(id, witness, begun: true);
            }
            else
            {
                Sweep(id, witness, begun: verdict == Verdict.Ended);
            }
        }

        if (!request.DryRun)
        {
            SweepStrays();
        }

        ReportForeign();
        var state = _undecided || _rescued.Count > 0 ? RecoveryState.Attention
            : _recovered.Count > 0 ? RecoveryState.Recovered : RecoveryState.Clean;
        return new RecoveryOutcome(state, _recovered, _rescued, _warnings);
    }

    private enum Verdict
    {
        /// <summary>The witness is another worktree's: somebody copied it here (I6).</summary>
        Foreign,

        /// <summary>It has not begun: nothing was swapped.</summary>
        NotBegun,

        /// <summary>It has begun and not ended.</summary>
        Open,

        /// <summary>It has ended, but for its journal ref: creates come before deletes, so the commit point was passed.</summary>
        Committed,

        /// <summary>It has ended before a power cut, without the barrier that would have kept it whole.</summary>
        Suspect,

        /// <summary>It has ended, one way or the other.</summary>
        Ended,
    }

    private Verdict Judge(TransactionId id, Witness? witness)
    {
        if (witness is null)
        {
            return Verdict.NotBegun;
        }

        if (witness.Token != context.State.Token())
        {
            return Verdict.Foreign;
        }

        var done = context.Refs.Read(RefNames.Transactions + id) == witness.Commit;
        var pending = context.Refs.Read(RefNames.Pending + id) == witness.Commit;
        if (done)
        {
            return witness.FromEarlierBoot && witness.Durability != Durability.Full ? Verdict.Suspect
                : pending ? Verdict.Committed : Verdict.Ended;
        }

        if (context.Refs.Read(RefNames.Kept + id) == witness.Commit && !pending)
        {
            return Verdict.Ended;
        }

        // With neither ref it has not begun, unless a power cut took the refs and left the swap.
        return pending || witness.FromEarlierBoot ? Verdict.Open : Verdict.NotBegun;
    }

    private void Resolve(TransactionId id, Witness witness, Verdict verdict, RecoverRequest request)
    {
        RecordedTransaction recorded;
        try
        {
            recorded = _reader.Read(id, witness.Commit);
        }
        catch (StoreException cause)
        {
            Unreadable(id, witness, cause);
            return;
        }

        using var worktree = context.OpenWorktree();
        worktree.Directories.KnowLinks(recorded.Changes.Where(c => c.HasLink).Select(c => c.Path));
        using var stage = StageArea.Open(context, id);
        var cutOff = new CutOffTransaction(context, recorded, witness, worktree);
        if (verdict == Verdict.Suspect && !cutOff.WasCutShort())
        {
            Finish(id, witness, stage, recorded.Changes, worktree, begun: true);
            return;
        }

        var open = new OpenTransaction(context, cutOff, stage);
        var (direction, moved, ended) = open.End(request, _warnings);
        _rescued.AddRange(open.Rescued);
        _recovered.Add(new RecoveredTransaction(id.ToString(), direction, moved, recorded.Subject));
        context.Log.LogInformation("recovered {Id}: {Direction}, {Count} files", id, direction, moved);
        if (!ended)
        {
            _undecided = true;
            _warnings.Add($"the other paths of {id} are still to be recovered: git writeopt recover");
            return;
        }

        Finish(id, witness, stage, recorded.Changes, worktree, begun: true);
    }

    // No commit, no backup: before the first barrier nothing is swapped, so nothing has to be restored.
    private void Unreadable(TransactionId id, Witness witness, StoreException cause)
    {
        if (!witness.FromEarlierBoot)
        {
            _undecided = true;
            _warnings.Add($"the transaction {id} cannot be read ({cause.Message}); its journal and temps are left as they are");
            return;
        }

        foreach (var name in new[] { RefNames.Pending + id, RefNames.Transactions + id })
        {
            context.Refs.Apply(durable: true, new RefUpdate.Delete(name, null));
        }

        _warnings.Add($"the transaction {id} was lost as a whole in a power cut, before it had changed anything");
        Sweep(id, witness, begun: true);
    }

    private void Sweep(TransactionId id, Witness? witness, bool begun)
    {
        using var worktree = context.OpenWorktree();
        using var stage = StageArea.Open(context, id);
        var changes = witness is not null && context.Objects.Exists(witness.Commit)
            ? _reader.Read(id, witness.Commit).Changes : [];
        Finish(id, witness, stage, changes, worktree, begun);
    }

    private void Finish(TransactionId id, Witness? witness, StageArea stage, IReadOnlyList<RecordedChange> changes,
        WorktreeReader worktree, bool begun)
    {
        if (witness?.IndexLockHash is { } hash)
        {
            context.Staging().RemoveOwnLock(hash);
        }

        _rescued.AddRange(new TempSweep(context, new DiskState(context.Layout, worktree))
            .Run(stage, changes, worktree.Directories, begun));
        Witness.Settle(context, id, witness);
    }

    // An area without a witness: killed between the two. Nothing was swapped.
    private void SweepStrays()
    {
        if (!Directory.Exists(context.State.Stage))
        {
            return;
        }

        // One that could not be decided keeps its witness, and its temps: they may be the only place of the user's files.
        var undecided = Witness.All(context.State).Select(w => w.Id).ToHashSet();
        foreach (var directory in Directory.EnumerateDirectories(context.State.Stage))
        {
            if (TransactionId.TryParse(Path.GetFileName(directory), out var id) && !undecided.Contains(id))
            {
                Sweep(id, null, begun: false);
            }
        }

        context.Staging().RemoveOrphanedLock();
        foreach (var left in PrivateDirectory.Left(context.Layout))
        {
            PrivateDirectory.Remove(left);
        }

        RefLock.RemoveAbandoned(context.Layout);
        if (context.State.Token() is { } token)
        {
            OwnPacks.Sweep(context.Layout, token);
        }
    }

    private void Foretell(TransactionId id, Witness? witness, Verdict verdict, RecoverRequest request)
    {
        if (verdict is not (Verdict.Open or Verdict.Suspect))
        {
            return;
        }

        var recorded = _reader.Read(id, witness!.Commit);
        using var worktree = context.OpenWorktree();
        worktree.Directories.KnowLinks(recorded.Changes.Where(c => c.HasLink).Select(c => c.Path));
        var cutOff = new CutOffTransaction(context, recorded, witness, worktree);
        if (verdict == Verdict.Suspect && !cutOff.WasCutShort())
        {
            return;
        }

        var (direction, count) = cutOff.Foretell(request);
        _recovered.Add(new RecoveredTransaction(id.ToString(), direction, count, recorded.Subject));
    }

    private void ReportForeign()
    {
        var mine = Witness.All(context.State).Where(w => w.Witness?.Token == context.State.Token()).Select(w => w.Id.ToString()).ToHashSet();
        foreach (var (name, _) in context.Refs.List(RefNames.Pending))
        {
            if (!mine.Contains(name[RefNames.Pending.Length..]))
            {
                _warnings.Add($"{name} was not begun in this worktree and is left alone (another worktree, or it was pushed)");
            }
        }
    }
}
