using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// A transaction that was cut off, brought to one of its two states. Each path is judged by what is there: equal to the
/// state wanted, nothing to do; equal to the other state, ours, so it is moved; anything else is the user's, so it is
/// saved to a rescue ref, left as it is, and reported.
/// </summary>
internal sealed class OpenTransaction(
    TransactionContext context, RecordedTransaction recorded, Witness witness, WorktreeReader worktree, StageArea stage)
{
    private readonly DiskState _disk = new(context.Layout, worktree);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a power cut took a part of a transaction that had been reported as done: a path is in its before state, or
    /// torn, and has not been touched since the system started. What was changed since then is the user's doing.
    /// </summary>
    internal bool WasCutShort()
    {
        var started = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - Environment.TickCount64) * 1_000_000;
        return recorded.Changes.Any(change =>
        {
            var (found, state, now) = _disk.Read(change.Path);
            var old = found.Kind == FileKind.Absent
                ? worktree.Directories.Nearest(change.Path).LookAtSelf().ChangedNanoseconds < started
                : found.ChangedNanoseconds < started;
            return old && !Same(now, change.After) && (Same(now, change.Before) || DiskState.LooksTorn(state));
        });
    }

    /// <summary>Which way it would go, and how many paths would be moved.</summary>
    internal (RecoveryDirection Direction, int Files) Foretell(RecoverRequest request)
    {
        var direction = Choose(request);
        return (direction, Chosen(request).Count(change => NeedsMove(change, direction)));
    }

    /// <summary>Brings it to its end.</summary>
    internal (RecoveryDirection Direction, int Files) End(
        RecoverRequest request, List<RescuedPath> rescued, List<string> warnings)
    {
        var direction = Choose(request);
        var chosen = Chosen(request).ToList();
        var moved = 0;

        // First what has to go, then the directories, then what has to come: a file may stand where a directory must be.
        foreach (var change in chosen.Where(c => Wanted(c, direction) is null))
        {
            moved += Settle(change, direction, rescued) ? 1 : 0;
        }

        Directories(direction);
        foreach (var change in chosen.Where(c => Wanted(c, direction) is not null))
        {
            moved += Settle(change, direction, rescued) ? 1 : 0;
        }

        Index(direction, warnings);
        foreach (var directory in _touched.Where(System.IO.Directory.Exists))
        {
            Sync.Directory(directory);
        }

        EndRefs(direction);
        return (direction, moved);
    }

    private RecoveryDirection Choose(RecoverRequest request) => request.Direction
        ?? (recorded.Changes.All(c => Same(_disk.Read(c.Path).Recorded, c.After)) && IndexIsAfter()
            ? RecoveryDirection.Forward : RecoveryDirection.Back);

    private IEnumerable<RecordedChange> Chosen(RecoverRequest request) => request.Paths is { Count: > 0 } paths
        ? recorded.Changes.Where(c => paths.Any(p => c.Path.Value == p
            || c.Path.Value.StartsWith(p.TrimEnd('/') + "/", StringComparison.Ordinal)))
        : recorded.Changes;

    private bool NeedsMove(RecordedChange change, RecoveryDirection direction)
    {
        var now = _disk.Read(change.Path).Recorded;
        return !Same(now, Wanted(change, direction)) && Same(now, Other(change, direction));
    }

    private bool Settle(RecordedChange change, RecoveryDirection direction, List<RescuedPath> rescued)
    {
        var wanted = Wanted(change, direction);
        var (found, state, now) = _disk.Read(change.Path);
        if (Same(now, wanted))
        {
            return false;
        }

        var other = Other(change, direction);
        var torn = !Same(now, other) && witness.FromEarlierBoot && DiskState.LooksTorn(state);
        if (torn)
        {
            Rescue(change, "it was torn by a power cut", rescued);
        }
        else if (!Same(now, other))
        {
            if (now is not null)
            {
                Rescue(change, "somebody changed it after the transaction was cut off; it was left as it is", rescued);
            }
            else
            {
                // Gone although we did not take it away: the user's deletion stands; what was there is in the backup.
                rescued.Add(new RescuedPath(change.Path.Value, RefNames.Kept + recorded.Id,
                    "somebody removed it after the transaction was cut off; it was left removed"));
            }

            return false;
        }

        if (worktree.Directories.ParentUnlessLinked(change.Path) is not { } directory)
        {
            return wanted is not null && Put(change, wanted.Value, MakeParents(change.Path), found, rescued);
        }

        return wanted is { } target
            ? Put(change, target, directory, found, rescued) : TakeAway(change, directory, found, rescued);
    }

    private bool TakeAway(
        RecordedChange change, OpenDirectory directory, Fingerprint found, List<RescuedPath> rescued)
    {
        var slot = FreeSlot(change, rescued);
        _ = Moved(directory.MoveNew(change.Path.Name, slot.Directory, slot.Name), change);
        _touched.Add(directory.Path);
        if (!slot.Look().SameFile(found))
        {
            // Saved in this very moment: theirs, back it goes.
            slot.Directory.MoveNew(slot.Name, directory, change.Path.Name);
            return false;
        }

        return true;
    }

    private bool Put(RecordedChange change, RecordedState wanted, OpenDirectory directory, Fingerprint found,
        List<RescuedPath> rescued)
    {
        var slot = Holding(change, wanted) ?? WriteSpare(change, wanted, directory, found, rescued);
        slot.Directory.Touch(slot.Name);
        _touched.Add(directory.Path);
        var name = change.Path.Name;
        if (found.Kind is FileKind.Absent or FileKind.Directory)
        {
            return Moved(slot.Directory.MoveNew(slot.Name, directory, name), change);
        }

        var result = slot.Directory.Exchange(slot.Name, directory, name);
        if (result == MoveResult.Unsupported)
        {
            return Moved(slot.Directory.MoveOver(slot.Name, directory, name), change);
        }

        if (result == MoveResult.Done && !slot.Look().SameFile(found))
        {
            slot.Directory.Exchange(slot.Name, directory, name);
            return false;
        }

        return Moved(result, change);
    }

    // A path that did not move must not be reported as recovered: the journal stays, and the next recovery looks anew.
    private static bool Moved(MoveResult result, RecordedChange change) => result switch
    {
        MoveResult.Done => true,
        MoveResult.CrossDevice or MoveResult.Unsupported => throw new Errors.StoreException(new Errors.WriteError(
            Errors.ErrorCategory.System, "cross-device", $"\"{change.Path}\" cannot be put back: the file system refuses the rename")
        {
            Path = change.Path.Value,
            Suggestion = "mount the worktree and its git directory as they were, then run: git writeopt recover",
        }),
        _ => throw new Errors.StoreException(new Errors.WriteError(
            Errors.ErrorCategory.Conflict, "changed-meanwhile", $"\"{change.Path}\" was changed while it was put back")
        {
            Path = change.Path.Value,
            Suggestion = "run it again: git writeopt recover",
        }),
    };

    // The displaced file itself, where its slot still has it: with its owner, its attributes and its hard links.
    private Slot? Holding(RecordedChange change, RecordedState wanted)
    {
        foreach (var slot in stage.AllFor(change.Number, change.Path, worktree.Directories))
        {
            if (_disk.Read(slot) is { } held && held.Matches(wanted)
                && (wanted.IsLink || held.Permissions == wanted.Permissions))
            {
                return slot;
            }
        }

        return null;
    }

    private Slot WriteSpare(RecordedChange change, RecordedState wanted, OpenDirectory directory, Fingerprint found,
        List<RescuedPath> rescued)
    {
        var slot = FreeSlot(change, rescued);
        TempFile.Write(slot, new RecordedContents(context).State(wanted),
            found.Kind is FileKind.File or FileKind.Link ? (directory, change.Path.Name, found) : null, sync: true);
        return slot;
    }

    // What an earlier recovery that was killed left there goes first.
    private Slot FreeSlot(RecordedChange change, List<RescuedPath> rescued)
    {
        var nearest = worktree.Directories.Root.LookAtSelf().Device;
        var spare = stage.Spare(change.Number);
        if (spare.Directory.LookAtSelf().Device != nearest)
        {
            spare = stage.Beside(change.Number, change.Path, worktree.Directories,
                recorded.Made.Concat(recorded.DirectoriesBefore.Select(d => d.Path)).ToHashSet());
        }

        new TempSweep(context, _disk).Remove(spare, change.Path, rescued);
        return spare;
    }

    private void Directories(RecoveryDirection direction)
    {
        if (direction == RecoveryDirection.Back)
        {
            foreach (var made in recorded.Made.Reverse())
            {
                worktree.Directories.Forget(made);
                worktree.Directories.Parent(made)?.RemoveDirectory(made.Name);
            }

            foreach (var directory in recorded.DirectoriesBefore)
            {
                worktree.Directories.Parent(directory.Path)?.MakeDirectory(directory.Path.Name, directory.Permissions);
            }

            return;
        }

        foreach (var directory in recorded.DirectoriesBefore.Reverse())
        {
            worktree.Directories.Forget(directory.Path);
            worktree.Directories.Parent(directory.Path)?.RemoveDirectory(directory.Path.Name);
        }

        foreach (var made in recorded.Made)
        {
            worktree.Directories.Parent(made)?.MakeDirectory(made.Name, null);
        }
    }

    private OpenDirectory MakeParents(RepoPath path)
    {
        foreach (var ancestor in path.Ancestors())
        {
            worktree.Directories.Parent(ancestor)?.MakeDirectory(ancestor.Name, null);
        }

        return worktree.Directories.Parent(path) ?? throw new Errors.StoreException(new Errors.WriteError(
            Errors.ErrorCategory.Conflict, "directory-blocked", $"the directory of \"{path}\" cannot be made")
        {
            Path = path.Value,
            Suggestion = "something else is in its way; move it, then run: git writeopt recover",
        });
    }

    private bool IndexIsAfter() => recorded.IndexEntries.Count == 0
        || context.Staging().IsAsRecorded(recorded.IndexEntries);

    private void Index(RecoveryDirection direction, List<string> warnings)
    {
        if (witness.IndexLockHash is { } hash)
        {
            context.Staging().RemoveOwnLock(hash);
        }

        if (recorded.IndexEntries.Count == 0)
        {
            return;
        }

        if (direction == RecoveryDirection.Back)
        {
            context.Staging().Revert(recorded.IndexEntries);
        }
        else if (!IndexIsAfter())
        {
            warnings.Add($"the index was not updated; stage the files of {recorded.Id} with git add");
        }
    }

    private void EndRefs(RecoveryDirection direction)
    {
        var (here, there) = direction == RecoveryDirection.Forward
            ? (RefNames.Transactions, RefNames.Kept) : (RefNames.Kept, RefNames.Transactions);
        var updates = new List<RefUpdate>();
        if (context.Refs.Read(here + recorded.Id) is null)
        {
            updates.Add(new RefUpdate.Create(here + recorded.Id, recorded.Commit));
        }

        foreach (var name in new[] { RefNames.Pending + recorded.Id, there + recorded.Id })
        {
            if (context.Refs.Read(name) is { } commit)
            {
                updates.Add(new RefUpdate.Delete(name, commit));
            }
        }

        using var end = context.Refs.Prepare(sync: true, updates);
        end.Commit();
        end.SyncDirectories();
    }

    private void Rescue(RecordedChange change, string reason, List<RescuedPath> rescued)
    {
        var directory = worktree.Directories.Parent(change.Path)!;
        var name = new Rescues(context).Save([(change.Path, new Slot(directory, change.Path.Name))], reason);
        rescued.Add(new RescuedPath(change.Path.Value, name, reason));
    }

    private static RecordedState? Wanted(RecordedChange change, RecoveryDirection direction) =>
        direction == RecoveryDirection.Back ? change.Before : change.After;

    private static RecordedState? Other(RecordedChange change, RecoveryDirection direction) =>
        direction == RecoveryDirection.Back ? change.After : change.Before;

    private static bool Same(RecordedState? left, RecordedState? right) =>
        left is { } a && right is { } b ? a.Matches(b) : left is null && right is null;
}
