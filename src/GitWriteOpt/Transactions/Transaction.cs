using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Carries out one plan, all or nothing. The worktree's lock is held by the caller, and nothing is pending.
/// <code>
///             objects    one pack: before and after, two trees, two commits; kept from gc
///             stage      temps with the new contents, modes and owners
///             journal    witness, barrier, refs/writeopt/pending/id, barrier
///   -- until here nothing is visible; a failure removes what was made and refuses --
///             swap       renames, in order, each looked at before and after
///             verify     everything read back; what the batch refers to looked for again; the index entries, with --stage; barrier
///             commit     refs/writeopt/tx/id is made and pending/id removed, in this order: the commit point
///   -- until here a failure walks the swap back; the batch is kept under refs/writeopt/kept/id --
///             clean      displaced files go; a failure here is a warning
/// </code>
/// A kill at any point leaves the witness and maybe the pending ref, from which <see cref="Recovery"/> goes on (I1).
/// </summary>
internal sealed class Transaction(TransactionContext context, WorktreeReader worktree, PhaseTimes times)
{
    private readonly List<string> _warnings = [];
    private readonly TransactionId _id = context.NewId();

    /// <summary>
    /// Called when everything is written and nothing is committed, to look whether it is right where it stands: what it
    /// throws walks the swap back.
    /// </summary>
    internal Action? Written { get; init; }

    /// <summary>How many packs our list has, with this transaction's; 0 before it has begun.</summary>
    internal int PacksListed { get; private set; }

    /// <summary>The length of this transaction's pack in bytes.</summary>
    internal long PackBytes { get; private set; }

    /// <summary>Carries out a plan that is not empty.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="header">What the transaction says of itself.</param>
    /// <param name="durability">What survives a power cut.</param>
    /// <param name="stageIndex">The index changes that go with it; null for none.</param>
    /// <param name="plannedAt">When the plan began to look at the disk.</param>
    /// <param name="progress">Called with phase, files done and files in all.</param>
    /// <exception cref="WriteException">It was not begun: nothing was changed.</exception>
    internal WriteOutcome Run(
        WritePlan plan, TransactionHeader header, Durability durability, Func<PackWriter, IReadOnlyList<RecordedChange>, PreparedIndex?>? stageIndex,
        DateTimeOffset plannedAt, Action<string, int, int>? progress = null)
    {
        var barriers = new Barriers(context.Layout, durability);
        var settled = Witness.All(context.State);
        foreach (var change in plan.Changes)
        {
            if (change.Before is PathState.Link || change.After is PathState.Link)
            {
                worktree.Directories.KnowLink(change.Path);
            }
        }

        using var stage = StageArea.Open(context, _id);
        using var undo = new Unwinding();
        undo.OnFailure(() => stage.RemoveEmpty());
        using var packing = Fallbacks.RefuseWithoutBackup(() => new PackWriter(context.Layout, context.State.EnsureToken()));
        var changes = Fallbacks.RefuseWithoutBackup(() => TransactionObjects.AddContents(plan, packing));
        var index = stageIndex?.Invoke(packing, changes);
        undo.OnFailure(() => index?.Abort());
        var written = Fallbacks.RefuseWithoutBackup(() =>
            TransactionObjects.Write(_id, plan, changes, header, context.Facts(), index?.Recorded ?? [], packing));
        undo.OnFailure(written.Pack.Discard);
        if (context.Log.IsEnabled(LogLevel.Debug))
        {
            context.Log.LogDebug("objects: {Pack}, {Bytes} bytes", written.Pack.Stem, written.Pack.Bytes);
        }

        times.End("objects");

        var slots = Staging.Slots(plan, written.Recorded, stage, worktree.Directories);
        barriers.Choose(stage);
        _warnings.AddRange(Fallbacks.Of(context, barriers));
        undo.OnFailure(() => Staging.Remove(slots));
        _warnings.AddRange(Staging.Fill(plan, slots, worktree.Directories, barriers.EachFile, progress, context.Log));
        times.End("stage");

        barriers.BeforeJournal(written.Pack, stage);
        var pack = Fallbacks.RefuseWithoutBackup(written.Pack.Publish);
        undo.OnFailure(() => Unbegin(pack));
        barriers.Published(pack);
        var witness = new Witness(_id, written.Recorded.Commit, context.State.EnsureToken(), LocalState.BootId, durability,
            written.Pack.Stem, index?.LockHash);
        witness.Write(context.State, barriers.EachFile);
        using var journal = context.Refs.Prepare(barriers.EachFile,
            [new RefUpdate.Create(RefNames.Pending + _id, written.Recorded.Commit)]);
        journal.Commit();
        barriers.BeforeSwap(journal);
        (PacksListed, PackBytes) = (OwnPacks.Record(context.Layout, pack), pack.Bytes);
        Settle(settled, barriers);
        undo.Dismiss();
        times.End("journal");

        return Swap(plan, header, written, stage, slots, index, barriers, plannedAt, progress);
    }

    private WriteOutcome Swap(
        WritePlan plan, TransactionHeader header, TransactionObjects written, StageArea stage, IReadOnlyList<Slot> slots,
        PreparedIndex? index, Barriers barriers, DateTimeOffset plannedAt, Action<string, int, int>? progress)
    {
        const long clockTick = 50_000_000;
        var racyAfter = (plannedAt.ToUnixTimeMilliseconds() * 1_000_000) - clockTick;
        var swap = new Swap(plan, slots, worktree.Directories, racyAfter);
        try
        {
            swap.Forward(done => progress?.Invoke("swap", done, plan.Changes.Count));
            times.End("swap");
            swap.Verify();
            Written?.Invoke();
            index?.Commit();
            using var end = context.Refs.Prepare(barriers.EachFile,
            [
                new RefUpdate.Create(RefNames.Transactions + _id, written.Recorded.Commit),
                new RefUpdate.Delete(RefNames.Pending + _id, written.Recorded.Commit),
            ]);
            barriers.BeforeCommitPoint(Staging.TouchedDirectories(plan, context.Layout.WorktreeRoot));
            times.End("verify");
            if (Commit(end, written.Recorded.Commit) is { } undecided)
            {
                return Outcomes.Of(plan, written.Recorded, WriteState.Attention) with
                {
                    Ref = RefNames.Pending + _id,
                    Warnings = [.. plan.Warnings, .. _warnings, .. swap.Warnings],
                    Error = undecided,
                    Timings = times.Milliseconds,
                };
            }

            times.End("commit");
        }
        catch (Exception cause) when (cause is WriteException || Errno.IsOfFileApi(cause))
        {
            return TakeBack(Errno.Known(cause));
        }
        catch (Exception cause) when (cause is not WriteException)
        {
            return TakeBack(FailedSwap.Unforeseen(cause));
        }

        _warnings.AddRange(swap.Warnings);
        ReleaseKeep(written);
        Clean(swap, stage);
        times.End("clean");
        return Outcomes.Of(plan, written.Recorded, WriteState.Applied) with
        {
            Ref = RefNames.Transactions + _id,
            Undone = [.. header.Undoes.Select(u => u.ToString())],
            Warnings = [.. plan.Warnings, .. _warnings],
            Timings = times.Milliseconds,
        };

        WriteOutcome TakeBack(WriteException cause)
        {
            var outcome = new FailedSwap(context, _id).TakeBack(plan, written.Recorded, swap, stage, slots, index, cause);
            if (outcome.Ref == RefNames.Kept + _id)
            {
                ReleaseKeep(written);
            }

            return outcome with { Warnings = [.. outcome.Warnings, .. _warnings], Timings = times.Milliseconds };
        }
    }

    // Creates are done before deletes, so once the transaction's ref is there the transaction has happened, whatever
    // became of the rest; the next writer sweeps it. Where it cannot even be told, walking back could undo what the ref
    // vouches for: then all stays as it is, and recovery decides.
    private WriteError? Commit(PreparedRefs end, ObjectId commit)
    {
        try
        {
            end.Commit();
        }
        catch (Exception cause) when (cause is not RefusedException)
        {
            try
            {
                if (context.Refs.Read(RefNames.Transactions + _id) != commit)
                {
                    throw;
                }
            }
            catch (Exception second) when (second != cause && (second is StoreException || Errno.IsOfFileApi(second)))
            {
                var error = Errno.Known(cause).Error;
                return error with
                {
                    Code = "commit-undecided",
                    Message = $"everything is written, but whether the transaction was recorded cannot be told: {error.Message}",
                    Path = error.Path ?? RefNames.Transactions + _id,
                    Suggestion = "mend what the message says, then run: git writeopt recover",
                };
            }

            _warnings.Add($"the journal ref could not be removed: {cause.Message}; git writeopt recover removes it");
        }

        return null;
    }

    // Not before the last ref stands: a `git gc --prune=now` that lists refs in just the instant in which the journal's
    // becomes the transaction's may see neither, and then the keep file alone tells it that the pack is needed.
    private void ReleaseKeep(TransactionObjects written)
    {
        try
        {
            OwnPacks.ReleaseKeep(context.Layout, written.Pack.Stem);
        }
        catch (StoreException cause)
        {
            _warnings.Add($"a keep file is left: {cause.Message}; git writeopt recover, or the next transaction, removes it");
        }
    }

    private void Clean(Swap swap, StageArea stage)
    {
        try
        {
            swap.Clean();
            foreach (var (path, slot) in swap.WrittenLate)
            {
                var rescue = new Rescues(context).Save([(path, slot)], $"\"{path}\" was written to after it was replaced");
                slot.Directory.Unlink(slot.Name);
                _warnings.Add($"\"{path}\" was written to through an open descriptor after it was replaced; that version "
                    + $"is kept as {rescue}");
            }

            stage.RemoveEmpty();
        }
        catch (Exception cause) when (cause is WriteException || Errno.IsOfFileApi(cause))
        {
            _warnings.Add($"temps are left in {stage.Path}: {cause.Message}; git writeopt recover removes them");
        }
    }

    // The first barrier has made the end of earlier transactions durable, so their witnesses have nothing left to say.
    private void Settle(IReadOnlyList<(TransactionId Id, Witness? Witness)> settled, Barriers barriers)
    {
        foreach (var (id, witness) in settled)
        {
            if (witness is not null && witness.Token != context.State.EnsureToken())
            {
                continue;
            }

            if (witness is null or { Durability: Durability.None } || barriers.CoveredEverything)
            {
                Witness.Settle(context, id, witness);
            }
            else if (barriers.EachFile && witness.Durability == Durability.Full)
            {
                // Not there: the ref was packed since, which git does durably, or lies in another backend.
                var refs = context.Layout.CommonDirectory + "/" + RefNames.Transactions.TrimEnd('/');
                if (Directory.Exists(refs))
                {
                    Sync.Directory(refs);
                }

                Witness.Settle(context, id, witness);
            }
        }
    }

    // In this order, and no further where a step fails: a journal ref that cannot be removed keeps its witness and its
    // objects, or the user's git would be left with a ref to nothing.
    private void Unbegin(WrittenPack pack)
    {
        if (context.Refs.Read(RefNames.Pending + _id) is { } commit)
        {
            using var removal = context.Refs.Prepare([new RefUpdate.Delete(RefNames.Pending + _id, commit)]);
            removal.Commit();
        }

        Witness.Remove(context.State, _id);
        pack.Discard();
    }
}
