using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Brings a transaction that was cut off to one of its two states. Each path is judged by what is there: equal to the
/// state wanted, nothing to do; equal to the other state, ours, so it is moved; anything else is the user's, so it is
/// saved to a rescue ref where it has bytes, left as it is, and named.
/// </summary>
internal sealed class OpenTransaction(TransactionContext context, CutOffTransaction cutOff, StageArea stage)
{
    private readonly RecordedTransaction _recorded = cutOff.Recorded;
    private readonly WorktreeDirectories _directories = cutOff.Worktree.Directories;
    private readonly List<RescuedPath> _rescued = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private RecoveryDirection _direction;

    /// <summary>What was kept or left, with its reason.</summary>
    internal IReadOnlyList<RescuedPath> Rescued => _rescued;

    /// <summary>
    /// Brings it, or the paths asked for, to its end. Only with all its paths it has ended: else its journal stays.
    /// </summary>
    /// <returns>The way it went, the number of paths that were moved, and whether it has ended.</returns>
    internal (RecoveryDirection Direction, int Files, bool Ended) End(RecoverRequest request, List<string> warnings)
    {
        _direction = cutOff.Choose(request);
        var chosen = cutOff.Chosen(request).ToList();
        var moved = 0;

        // First what has to go, then the directories, then what has to come: a file may stand where a directory must be.
        foreach (var change in chosen.Where(c => Wanted(c) is null))
        {
            moved += Settle(change) ? 1 : 0;
        }

        Directories();
        foreach (var change in chosen.Where(c => Wanted(c) is not null))
        {
            moved += Settle(change) ? 1 : 0;
        }

        var all = chosen.Count == _recorded.Changes.Count;
        if (all)
        {
            Index(warnings);
        }

        foreach (var directory in _touched.Where(System.IO.Directory.Exists))
        {
            Sync.Directory(directory);
        }

        if (all)
        {
            EndRefs();
        }

        return (_direction, moved, all);
    }

    private bool Settle(RecordedChange change)
    {
        var wanted = Wanted(change);
        var there = cutOff.Look(change);
        if (there.Obstacle is { } obstacle)
        {
            return Leave(change, $"{obstacle}; it was left as it is");
        }

        if (cutOff.Same(change, there.Now, wanted))
        {
            return false;
        }

        if (there.Found.Kind == FileKind.Directory)
        {
            return Leave(change, "somebody made a directory in its place; it was left as it is");
        }

        if (!cutOff.Same(change, there.Now, Other(change)))
        {
            if (there.Now is null && !WasMovedAside(change))
            {
                return Leave(change, "somebody removed it after the transaction was cut off; it was left removed");
            }

            if (there.Now is not null && (!cutOff.Witness.FromEarlierBoot || !DiskState.LooksTorn(there.State)))
            {
                return Rescue(change, "somebody changed it after the transaction was cut off; it was left as it is");
            }

            _ = there.Now is not null && Rescue(change, "it was torn by a power cut");
        }

        try
        {
            var directory = _directories.ParentUnlessLinked(change.Path) ?? (wanted is null ? null : MakeParents(change.Path));
            return directory is not null
                && (wanted is { } target ? Put(change, target, directory, there.Found) : TakeAway(change, directory, there.Found));
        }
        catch (RefusedException cause)
        {
            return Leave(change, $"{cause.Message}; it was left as it is");
        }
    }

    private bool TakeAway(RecordedChange change, OpenDirectory directory, Fingerprint found)
    {
        var slot = FreeSlot(change);
        var result = directory.MoveNew(change.Path.Name, slot.Directory, slot.Name);
        if (result == MoveResult.Gone)
        {
            return false; // Gone by itself: that is what was wanted.
        }

        if (!Moved(result, change))
        {
            return Leave(change, "it could not be taken away; it was left as it is");
        }

        _touched.Add(directory.Path);
        if (!slot.Look().SameFile(found))
        {
            // Saved in this very moment: theirs, back it goes.
            slot.Directory.MoveNew(slot.Name, directory, change.Path.Name);
            return Leave(change, "somebody saved it at this moment; it was left as it is");
        }

        return true;
    }

    private bool Put(RecordedChange change, RecordedState wanted, OpenDirectory directory, Fingerprint found)
    {
        var slot = Holding(change, wanted) ?? WriteSpare(change, wanted, directory, found);
        slot.Directory.Touch(slot.Name);
        _touched.Add(directory.Path);
        var name = change.Path.Name;
        if (found.Kind == FileKind.Absent)
        {
            return Moved(slot.Directory.MoveNew(slot.Name, directory, name), change)
                || Leave(change, "somebody put something into its place at this moment; it was left as it is");
        }

        var (result, _) = Displacement.Replace(slot, directory, name);
        if (result == MoveResult.Done && !slot.Look().SameFile(found))
        {
            Displacement.Replace(slot, directory, name);
            return Leave(change, "somebody saved it at this moment; it was left as it is");
        }

        return Moved(result, change) || Leave(change, "it could not be replaced; it was left as it is");
    }

    // Where the file system refuses, nothing was decided: the journal stays, and the next recovery looks anew.
    private static bool Moved(MoveResult result, RecordedChange change) => result switch
    {
        MoveResult.Done => true,
        MoveResult.CrossDevice or MoveResult.Unsupported => throw new StoreException(new WriteError(
            ErrorCategory.System, "cross-device", $"\"{change.Path}\" cannot be put back: the file system refuses the rename")
        {
            Path = change.Path.Value,
            Suggestion = "mount the worktree and its git directory as they were, then run: git writeopt recover",
        }),
        _ => false,
    };

    // A kill between the two renames of the slowest way leaves nothing at the path, and nobody removed it.
    private bool WasMovedAside(RecordedChange change) => stage.AllFor(change.Number, change.Path, _directories)
        .Any(slot => Displacement.Aside(slot).Look().Kind != FileKind.Absent);

    // The displaced file itself, where its slot still has it: with its owner, its attributes and its hard links.
    private Slot? Holding(RecordedChange change, RecordedState wanted)
    {
        foreach (var slot in stage.AllFor(change.Number, change.Path, _directories))
        {
            if (cutOff.Disk.Read(slot) is { } held && held.Matches(wanted)
                && (wanted.IsLink || held.Permissions == wanted.Permissions))
            {
                return slot;
            }
        }

        return null;
    }

    private Slot WriteSpare(RecordedChange change, RecordedState wanted, OpenDirectory directory, Fingerprint found)
    {
        var slot = FreeSlot(change);
        TempFile.Write(slot, new RecordedContents(context).State(wanted),
            found.Kind is FileKind.File or FileKind.Link ? (directory, change.Path.Name, found) : null, sync: true);
        return slot;
    }

    // What an earlier recovery that was killed left there goes first.
    private Slot FreeSlot(RecordedChange change)
    {
        var nearest = _directories.Root.LookAtSelf().Device;
        var spare = stage.Spare(change.Number);
        if (spare.Directory.LookAtSelf().Device != nearest)
        {
            spare = stage.Beside(change.Number, change.Path, _directories,
                _recorded.Made.Concat(_recorded.DirectoriesBefore.Select(d => d.Path)).ToHashSet());
        }

        new TempSweep(context, cutOff.Disk).Remove(spare, change.Path, _rescued);
        return spare;
    }

    private void Directories()
    {
        if (_direction == RecoveryDirection.Back)
        {
            foreach (var made in _recorded.Made.Reverse())
            {
                Remove(made);
            }

            foreach (var directory in _recorded.DirectoriesBefore)
            {
                Above(directory.Path)?.MakeDirectory(directory.Path.Name, directory.Permissions);
            }

            return;
        }

        foreach (var directory in _recorded.DirectoriesBefore.Reverse())
        {
            Remove(directory.Path);
        }

        foreach (var made in _recorded.Made)
        {
            Above(made)?.MakeDirectory(made.Name, null);
        }
    }

    private void Remove(RepoPath directory)
    {
        _directories.Forget(directory);
        Above(directory)?.RemoveDirectory(directory.Name);
    }

    // Null where somebody has put a link or a repository in between: what lies beyond is not ours, and the paths there
    // are named one by one.
    private OpenDirectory? Above(RepoPath path)
    {
        try
        {
            return _directories.ParentUnlessLinked(path);
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    private OpenDirectory MakeParents(RepoPath path)
    {
        foreach (var ancestor in path.Ancestors())
        {
            _directories.Parent(ancestor)?.MakeDirectory(ancestor.Name, null);
        }

        return _directories.Parent(path) ?? throw new RefusedException(new WriteError(
            ErrorCategory.Conflict, "directory-blocked", "something is where its directory has to be"));
    }

    private void Index(List<string> warnings)
    {
        if (cutOff.Witness.IndexLockHash is { } hash)
        {
            context.Staging().RemoveOwnLock(hash);
        }

        if (_recorded.IndexEntries.Count == 0)
        {
            return;
        }

        if (_direction == RecoveryDirection.Back)
        {
            context.Staging().Revert(_recorded.IndexEntries);
        }
        else if (!cutOff.IndexIsAfter())
        {
            warnings.Add($"the index was not updated; stage the files of {_recorded.Id} with git add");
        }
    }

    private string Outcome => _direction == RecoveryDirection.Forward ? RefNames.Transactions : RefNames.Kept;

    private void EndRefs()
    {
        var (here, there) = (Outcome, Outcome == RefNames.Kept ? RefNames.Transactions : RefNames.Kept);
        var updates = new List<RefUpdate>();
        if (context.Refs.Read(here + _recorded.Id) is null)
        {
            updates.Add(new RefUpdate.Create(here + _recorded.Id, _recorded.Commit));
        }

        foreach (var name in new[] { RefNames.Pending + _recorded.Id, there + _recorded.Id })
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

    private bool Rescue(RecordedChange change, string reason)
    {
        var directory = _directories.Parent(change.Path)!;
        var name = new Rescues(context).Save([(change.Path, new Slot(directory, change.Path.Name))], reason);
        _rescued.Add(new RescuedPath(change.Path.Value, name, reason));
        return false;
    }

    // Nothing to save: what was there before, and what the batch wanted, is in the transaction's own commits.
    private bool Leave(RecordedChange change, string reason)
    {
        _rescued.Add(new RescuedPath(change.Path.Value, Outcome + _recorded.Id, reason));
        return false;
    }

    private RecordedState? Wanted(RecordedChange change) =>
        _direction == RecoveryDirection.Back ? change.Before : change.After;

    private RecordedState? Other(RecordedChange change) =>
        _direction == RecoveryDirection.Back ? change.After : change.Before;
}
