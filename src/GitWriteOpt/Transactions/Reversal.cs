using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Which of a transaction's states is wanted.</summary>
internal enum TransactionSide
{
    /// <summary>What was there before it.</summary>
    Before,

    /// <summary>What it put there.</summary>
    After,
}

/// <summary>
/// Plans rollbacks, redos and restores: the same primitive, a recorded state to be brought back. What was changed since
/// is never overwritten silently (I9): text is merged three ways, anything else is a conflict that refuses, unless
/// forced, where the state that is overwritten is in the new transaction's backup. Only the transactions' own paths are
/// touched.
/// </summary>
internal sealed class Reversal(TransactionContext context, WorktreeReader worktree)
{
    private readonly DiskState _disk = new(context.Layout, worktree);
    private readonly RecordedContents _contents = new(context);
    private readonly Dictionary<RepoPath, (Fingerprint Found, PathState Before, RecordedState? Recorded)> _found = [];
    private readonly Dictionary<RepoPath, (PathState State, RecordedState? Recorded)> _wanted = [];
    private readonly List<WriteError> _conflicts = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<RepoPath, WriteError> _kept = [];

    /// <summary>Leaves what conflicts as it is and names it, instead of refusing the whole.</summary>
    internal bool KeepsConflicts { get; init; }

    /// <summary>The parts that a person chose; null for all.</summary>
    internal ChosenHunks? Chosen { get; init; }

    /// <summary>The index entries to take back.</summary>
    internal List<RecordedEntry> IndexEntries { get; } = [];

    /// <summary>Plans to bring one side of each transaction back, in this order, each on the result of those before.</summary>
    /// <param name="transactions">Newest first for a rollback.</param>
    /// <param name="side">The state wanted.</param>
    /// <param name="paths">Only these files and what is below these directories; empty for all.</param>
    /// <param name="force">Overwrite what was changed since.</param>
    /// <param name="message">The new transaction's message.</param>
    /// <exception cref="RefusedException">Something was changed since and cannot be merged.</exception>
    internal WritePlan Plan(IReadOnlyList<RecordedTransaction> transactions, TransactionSide side,
        IReadOnlyList<RepoPath> paths, bool force, string message)
    {
        worktree.Directories.KnowLinks(transactions.SelectMany(t => t.Changes).Where(c => c.HasLink).Select(c => c.Path));
        var directoryBits = new Dictionary<RepoPath, int>();
        foreach (var transaction in transactions)
        {
            foreach (var change in transaction.Changes.Where(c => IsChosen(c.Path, paths)))
            {
                Want(change, side, force);
            }

            foreach (var directory in side == TransactionSide.Before ? transaction.DirectoriesBefore : [])
            {
                directoryBits[directory.Path] = directory.Permissions;
            }

            foreach (var entry in transaction.IndexEntries.Where(e => IsChosen(e.Path, paths)))
            {
                TakeBack(entry);
            }
        }

        if (paths.Count > 0 && _found.Count == 0)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-path",
                $"the transaction did not touch {string.Join(", ", paths.Select(p => $"\"{p}\""))}"));
        }

        if (_conflicts.Count > 0)
        {
            throw new RefusedException(_conflicts[0]) { All = _conflicts };
        }

        return Arrange(message, directoryBits);
    }

    /// <summary>Whether what is at a path is what was recorded. It is read once: a plan for the path goes by the same look.</summary>
    internal bool Holds(RepoPath path, RecordedState state) => Find(path).Recorded?.Matches(state) == true;

    /// <summary>Plans to bring these states back, whatever is there now; null is nothing.</summary>
    internal WritePlan Plan(IReadOnlyDictionary<RepoPath, RecordedState?> states, string message)
    {
        foreach (var (path, state) in states)
        {
            _wanted[path] = (_contents.State(state), state);
        }

        return Arrange(message, []);
    }

    /// <summary>What the plan that was made does to each path, for a person to choose from.</summary>
    internal IReadOnlyList<UndoFile> Offers() =>
    [
        .. _wanted.OrderBy(w => w.Key).Select(w => HunkChoice.Offer(w.Key, _found[w.Key].Before, _found[w.Key].Recorded,
            w.Value.State, w.Value.Recorded)).OfType<UndoFile>(),
    ];

    // Newest first: what an older transaction had put there, the newer one found, so the two are one way back. Where
    // somebody staged in between they are not, and only the newer one's entry is as it was written.
    private void TakeBack(RecordedEntry entry)
    {
        var at = IndexEntries.FindIndex(e => e.Path == entry.Path);
        if (at < 0)
        {
            IndexEntries.Add(entry);
        }
        else if (IndexEntries[at] is var newer && newer.OldId == entry.NewId && newer.OldMode == entry.NewMode)
        {
            IndexEntries[at] = newer with { OldMode = entry.OldMode, OldId = entry.OldId, OldFlags = entry.OldFlags };
        }
    }

    private static bool IsChosen(RepoPath path, IReadOnlyList<RepoPath> paths) =>
        paths.Count == 0 || paths.Any(p => p == path || path.IsBelow(p));

    private void Want(RecordedChange change, TransactionSide side, bool force)
    {
        if (_kept.ContainsKey(change.Path))
        {
            return;
        }

        var (target, expected) = side == TransactionSide.Before
            ? (change.Before, change.After) : (change.After, change.Before);
        var (state, now) = Find(change.Path);
        now = Trusted(now, expected, target);
        if (RecordedState.Same(now, target))
        {
            return;
        }

        if (force || RecordedState.Same(now, expected))
        {
            _wanted[change.Path] = (_contents.State(target), target);
            return;
        }

        if (Merge(state, now, expected, target) is { } merged)
        {
            _warnings.Add($"\"{change.Path}\" was changed since and was merged");
            _wanted[change.Path] = (merged, DiskState.Recorded(merged, Fingerprint.Absent, context.Layout.ObjectFormat));
            return;
        }

        var conflict = new WriteError(ErrorCategory.Conflict, "changed-since",
            now is null ? $"\"{change.Path}\" was removed since the transaction"
            : expected is null ? $"\"{change.Path}\" was made anew since the transaction"
            : target is null ? $"\"{change.Path}\", which the transaction made, was changed since"
            : $"\"{change.Path}\" was changed since the transaction, in the same place")
        {
            Path = change.Path.Value,
            Suggestion = "--force overwrites it (what is there is kept in the new transaction's backup), "
                + "or name the other paths after --",
        };
        if (!KeepsConflicts)
        {
            _conflicts.Add(conflict);
            return;
        }

        _kept[change.Path] = conflict;
        _wanted.Remove(change.Path);
        _warnings.Add(conflict.Message + ": it is kept as it is");
    }

    // core.fileMode=false: the executable bit on disk is noise, unless the transaction itself changed it.
    private RecordedState? Trusted(RecordedState? now, RecordedState? expected, RecordedState? target) =>
        !context.Layout.FileModeIsTrusted && now is { IsLink: false } here && expected is { IsLink: false } there
            && (target is null || target.Value.GitMode == there.GitMode)
            ? here with { GitMode = there.GitMode } : now;

    private PathState.File? Merge(PathState state, RecordedState? now, RecordedState? expected, RecordedState? target)
    {
        if (state is not PathState.File ours || expected is not { IsLink: false } from || target is not { IsLink: false } to)
        {
            return null;
        }

        var executable = ours.Executable == from.IsExecutable ? to.IsExecutable : ours.Executable;
        var permissions = now?.Permissions == from.Permissions ? to.Permissions : ours.Permissions;
        var result = new ThreeWayMerge(context.Layout).Merge(
            ours.Content, context.Blob(from.Blob), context.Blob(to.Blob), MergeFavor.Refuse);
        return result is MergeResult.Clean clean ? new PathState.File(clean.Content, permissions, executable) : null;
    }

    private (PathState State, RecordedState? Recorded) Find(RepoPath path)
    {
        if (_wanted.TryGetValue(path, out var wanted))
        {
            return wanted;
        }

        if (!_found.TryGetValue(path, out var found))
        {
            found = _disk.Read(path);
            _found[path] = found;
        }

        return (found.Before, found.Recorded);
    }

    private WritePlan Arrange(string message, Dictionary<RepoPath, int> directoryBits)
    {
        foreach (var (path, (state, recorded)) in Chosen is null ? [] : _wanted.ToList())
        {
            if (HunkChoice.Take(Chosen!, path, _found[path].Before, _found[path].Recorded, state, recorded) is { } part)
            {
                _wanted[path] = (part, recorded);
            }
            else
            {
                _wanted.Remove(path);
            }
        }

        var chosen = directoryBits.Where(d => _wanted.Keys.Any(p => p == d.Key || p.IsBelow(d.Key)))
            .ToDictionary(d => d.Key, d => d.Value);
        var look = new BatchPlanning(context, worktree).Context();
        var plan = StatePlan.Of(message, _wanted.Select(w => KeyValuePair.Create(w.Key, w.Value.State)), chosen,
            look with { Read = path => Seen(path) ?? look.Read(path) });
        return plan with
        {
            Warnings = [.. plan.Warnings, .. _warnings],
            Skipped = [.. plan.Skipped, .. _kept.Select(k => new SkippedChange(k.Key, k.Value))],
        };
    }

    // What was read to be compared is not read again: the swap notices what changed since that look as it does for any
    // other. Where nothing was found the planner looks for itself, since it refuses what lies beyond a link.
    private (Fingerprint Found, PathState State)? Seen(RepoPath path) =>
        _found.TryGetValue(path, out var found) && found.Before is not PathState.Absent ? (found.Found, found.Before) : null;
}
