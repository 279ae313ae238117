using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The swap: a tight, ordered loop of renames that puts staged temps into place and takes what was there into their
/// slots. Each step looks first (is it still what the plan found?), moves, then looks at what it displaced; so an
/// editor's save in between is noticed and put back, not lost (I2). What was done is kept as a list that
/// <see cref="Undo"/> walks backwards.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Forward"/> once; then either <see cref="Verify"/> and <see cref="Clean"/>, or
/// <see cref="Undo"/>. Throws <see cref="RefusedException"/> for drift and <see cref="StoreException"/> for the
/// machine's failures; either leaves the list such that <see cref="Undo"/> restores the state before.
/// </remarks>
internal sealed class Swap(
    WritePlan plan, IReadOnlyList<Slot> slots, WorktreeDirectories directories, long racyAfterNanoseconds)
{
    private readonly List<Step> _done = [];
    private readonly Dictionary<RepoPath, Fingerprint> _placed = [];
    private readonly HashSet<RepoPath> _toMake = [.. plan.DirectoriesToMake];
    private readonly List<PlannedDirectory> _toRemove = [.. plan.DirectoriesToRemove];

    /// <summary>Fallbacks that were taken.</summary>
    internal HashSet<string> Warnings { get; } = new(StringComparer.Ordinal);

    /// <summary>A file whose bytes somebody wrote late, through a descriptor that was open: its slot must be rescued.</summary>
    internal List<(RepoPath Path, Slot Slot)> WrittenLate { get; } = [];

    /// <summary>Paths that <see cref="Undo"/> left as they are, since somebody wrote there after our swap.</summary>
    internal List<RepoPath> LeftToOthers { get; } = [];

    /// <summary>Puts every path into place.</summary>
    internal void Forward(Action<int>? progress = null)
    {
        for (var i = 0; i < plan.Changes.Count; i++)
        {
            var change = plan.Changes[i];
            if (change.After is not PathState.Absent)
            {
                MakeRoom(change.Path);
            }

            var directory = directories.Parent(change.Path) ?? throw Drift(change.Path, "its directory is gone");
            Place(change, slots[i], directory);
            progress?.Invoke(i + 1);
        }

        foreach (var left in _toRemove.ToList())
        {
            Remove(left);
        }

        foreach (var left in plan.DirectoriesToMake.Where(_toMake.Contains).ToList())
        {
            Make(left);
        }
    }

    /// <summary>Reads every path back and compares it with the plan, bytes, kind and mode.</summary>
    internal void Verify()
    {
        foreach (var change in plan.Changes)
        {
            var directory = directories.ParentUnlessLinked(change.Path);
            if (directory is null)
            {
                if (change.After is PathState.Absent)
                {
                    continue;
                }

                throw Mismatch(change.Path);
            }

            var found = directory.Look(change.Path.Name);
            if (change.After is PathState.Absent)
            {
                // A directory may have taken the place of a file.
                if (found.Kind is FileKind.File or FileKind.Link)
                {
                    throw Mismatch(change.Path);
                }
            }
            else if (!found.SameFile(_placed[change.Path])
                || (change.After is not PathState.File { Content: Operations.Content.InFile }
                    && !TempFile.Holds(directory, change.Path.Name, change.After)))
            {
                throw Mismatch(change.Path);
            }
            else if (change.After is PathState.File { Permissions: { } wanted } && found.Permissions != wanted && !OperatingSystem.IsWindows())
            {
                Warnings.Add($"\"{change.Path}\" has the permission bits {Convert.ToString(found.Permissions, 8)}: its file system did "
                    + $"not take {Convert.ToString(wanted, 8)}");
            }
        }
    }

    /// <summary>Removes what was displaced, after the commit point; what was written late is left in its slot.</summary>
    internal void Clean()
    {
        foreach (var step in _done)
        {
            if (step is not Step.Placed { Change.Before: not PathState.Absent } placed)
            {
                continue;
            }

            if (placed.Slot.Look().SameFile(placed.Change.Found))
            {
                placed.Slot.Directory.Unlink(placed.Slot.Name);
            }
            else if (placed.Slot.Look().Kind != FileKind.Absent)
            {
                WrittenLate.Add((placed.Change.Path, placed.Slot));
            }
        }
    }

    /// <summary>Takes every step back, newest first. Every byte that is displaced by it is still in a slot.</summary>
    internal void Undo()
    {
        while (_done.Count > 0)
        {
            switch (_done[^1])
            {
                case Step.Placed placed:
                    TakeBack(placed.Change, placed.Slot);
                    break;
                case Step.Made made:
                    directories.Forget(made.Path);
                    directories.Parent(made.Path)?.RemoveDirectory(made.Path.Name);
                    break;
                case Step.Removed removed:
                    directories.Parent(removed.Directory.Path)!
                        .MakeDirectory(removed.Directory.Path.Name, removed.Directory.Permissions);
                    break;
            }

            _done.RemoveAt(_done.Count - 1);
        }
    }

    private void Place(PlannedChange change, Slot slot, OpenDirectory directory)
    {
        var name = change.Path.Name;
        var here = directory.Look(name);
        var expected = change.Before is PathState.Absent ? FileKind.Absent : change.Found.Kind;
        if (here.Kind != expected || (expected != FileKind.Absent
            && (!here.SameFile(change.Found) || here.ChangedNanoseconds != change.Found.ChangedNanoseconds)))
        {
            throw Drift(change.Path, "it was changed by somebody else since the plan was made");
        }

        if (change.After is not PathState.Absent)
        {
            slot.Directory.Touch(slot.Name);
            _placed[change.Path] = slot.Look();
        }

        var result = (change.Before, change.After) switch
        {
            (PathState.Absent, _) => slot.Directory.MoveNew(slot.Name, directory, name),
            (_, PathState.Absent) => directory.MoveNew(name, slot.Directory, slot.Name),
            _ => Replace(slot, directory, name),
        };
        if (result != MoveResult.Done)
        {
            throw result == MoveResult.CrossDevice
                ? new StoreException(new WriteError(ErrorCategory.System, "cross-device",
                    $"\"{change.Path}\" lies on another file system than its temp, although both have one number")
                {
                    Path = change.Path.Value,
                    Suggestion = "a bind mount lies inside the worktree; write below it with the repository that owns it",
                })
                : Drift(change.Path, "it was changed by somebody else at this moment");
        }

        _done.Add(new Step.Placed(change, slot));
        if (change.Before is not PathState.Absent)
        {
            CheckDisplaced(change, slot);
        }
    }

    private MoveResult Replace(Slot slot, OpenDirectory directory, string name)
    {
        var (result, slower) = Displacement.Replace(slot, directory, name);
        if (slower)
        {
            Warnings.Add("this file system cannot exchange two files; each was renamed over the old one instead");
        }

        return result;
    }

    private void CheckDisplaced(PlannedChange change, Slot slot)
    {
        var displaced = slot.Look();
        var same = displaced.SameFile(change.Found);

        // A write in the same tick of the file system's clock as our reading of it leaves no trace in its times.
        if (same && change.Found.ModifiedNanoseconds >= racyAfterNanoseconds
            && change.Before is not PathState.File { Content: Operations.Content.InFile })
        {
            same = TempFile.Holds(slot.Directory, slot.Name, change.Before);
        }

        if (!same)
        {
            throw Drift(change.Path, "somebody else saved it at this moment; their version is back in place");
        }
    }

    private void TakeBack(PlannedChange change, Slot slot)
    {
        var name = change.Path.Name;
        if (directories.Parent(change.Path) is not { } directory)
        {
            LeftToOthers.Add(change.Path);
            return;
        }

        if (change.After is not PathState.Absent && !directory.Look(name).SameFile(_placed[change.Path]))
        {
            LeftToOthers.Add(change.Path);
            return;
        }

        var result = (change.Before, change.After) switch
        {
            (PathState.Absent, _) => directory.MoveNew(name, slot.Directory, slot.Name),
            (_, PathState.Absent) => slot.Directory.MoveNew(slot.Name, directory, name),
            _ => Displacement.Replace(slot, directory, name).Result,
        };
        if (result is MoveResult.Gone or MoveResult.Taken)
        {
            LeftToOthers.Add(change.Path);
            return;
        }

        if (result != MoveResult.Done)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "rollback-blocked",
                $"\"{change.Path}\" could not be taken back: {result}")
            { Path = change.Path.Value });
        }

        // Somebody may have saved between our look and our move: what we took away is then theirs, and goes back.
        if (change.After is not PathState.Absent && slot.Look() is { Kind: not FileKind.Absent } taken
            && !taken.SameFile(_placed[change.Path]))
        {
            _ = change.Before is PathState.Absent
                ? slot.Directory.MoveNew(slot.Name, directory, name)
                : Displacement.Replace(slot, directory, name).Result;
            LeftToOthers.Add(change.Path);
            return;
        }

        if (change.Before is not PathState.Absent)
        {
            directory.Touch(name);
        }
    }

    private void MakeRoom(RepoPath path)
    {
        foreach (var inTheWay in _toRemove.Where(d => d.Path == path || d.Path.IsBelow(path)).ToList())
        {
            Remove(inTheWay);
        }

        if (_toMake.Count == 0)
        {
            return;
        }

        foreach (var ancestor in path.Ancestors().Where(_toMake.Contains).ToList())
        {
            Make(ancestor);
        }
    }

    private void Make(RepoPath directory)
    {
        var parent = directories.Parent(directory) ?? throw Drift(directory, "the directory above it is gone");
        int? permissions = plan.DirectoryPermissions.TryGetValue(directory, out var bits) ? bits : null;
        try
        {
            if (parent.MakeDirectory(directory.Name, permissions))
            {
                _done.Add(new Step.Made(directory));
            }
        }
        catch (StoreException) when (parent.Look(directory.Name).Kind == FileKind.Directory)
        {
            // Made, without its mode, and not removed again: the way back must not be closed over it.
            _done.Add(new Step.Made(directory));
            throw;
        }

        _toMake.Remove(directory);
    }

    private void Remove(PlannedDirectory directory)
    {
        _toRemove.Remove(directory);
        directories.Forget(directory.Path);
        if (directories.Parent(directory.Path)?.RemoveDirectory(directory.Path.Name) == true)
        {
            _done.Add(new Step.Removed(directory));
        }
    }

    private static RefusedException Drift(RepoPath path, string what) =>
        new(new WriteError(ErrorCategory.Conflict, "changed-meanwhile", $"\"{path}\": {what}")
        {
            Path = path.Value,
            Suggestion = "run the batch again; it is planned anew on what is there now",
        });

    private static StoreException Mismatch(RepoPath path) =>
        new(new WriteError(ErrorCategory.System, "read-back-mismatch",
            $"\"{path}\" does not hold what was just written to it")
        {
            Path = path.Value,
            Suggestion = "somebody else wrote to it, or the disk is failing",
        });

    /// <summary>What was done, to be taken back.</summary>
    private abstract record Step
    {
        private Step()
        {
        }

        /// <summary>A path was put into place.</summary>
        /// <param name="Change">Which.</param>
        /// <param name="Slot">Where the displaced file is.</param>
        internal sealed record Placed(PlannedChange Change, Slot Slot) : Step;

        /// <summary>A directory was made.</summary>
        internal sealed record Made(RepoPath Path) : Step;

        /// <summary>A directory was removed.</summary>
        internal sealed record Removed(PlannedDirectory Directory) : Step;
    }
}
