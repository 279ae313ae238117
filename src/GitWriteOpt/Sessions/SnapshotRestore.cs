using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Plans to bring a snapshot back: only what differs is touched, what is overwritten or removed is in the backup of the
/// transaction that this becomes. Files that the snapshot left out, or that it could not have seen, are never removed.
/// </summary>
internal sealed class SnapshotRestore(TransactionContext context, WorktreeReader worktree, Snapshot snapshot)
{
    private readonly List<string> _warnings = [];

    /// <summary>The index entries to bring back, where that is asked for.</summary>
    internal IReadOnlyList<RecordedEntry> IndexEntries { get; private set; } = [];

    /// <summary>Plans it.</summary>
    /// <param name="paths">Only these files and what is below these directories; empty for all.</param>
    /// <param name="withIndex">Whether the index's entries are brought back too.</param>
    /// <param name="message">The transaction's message.</param>
    /// <exception cref="UsageException">The snapshot shows another worktree.</exception>
    internal WritePlan Plan(IReadOnlyList<RepoPath> paths, bool withIndex, string message)
    {
        if (snapshot.Worktree != context.State.Token())
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "other-worktree",
                $"the snapshot {snapshot.Id} was taken in another worktree, whose files are not here"));
        }

        var reversal = new Reversal(context, worktree);
        if (!withIndex && Named(paths, reversal) is { } named)
        {
            return reversal.Plan(named, message);
        }

        var survey = new Snapshots(context).Look(pack: null);
        var changes = SnapshotDifference.Between(survey.Trees, survey.Tree, snapshot.Tree,
            Bare, snapshot.State);
        var rulesChanged = changes.Any(c => c.Path.Name == ".gitignore");
        var leftOut = snapshot.LeftOut.Select(l => l.Path).Concat(snapshot.Forgotten).ToHashSet(StringComparer.Ordinal);
        var wanted = new Dictionary<RepoPath, RecordedState?>();
        foreach (var change in changes.Where(c => IsChosen(c.Path, paths)))
        {
            if (IsKnown(change.Path, leftOut) && (change.After is not null || MayRemove(change.Path, rulesChanged)))
            {
                wanted[change.Path] = change.After;
            }
        }

        TellWhatWasLeftOut(paths);
        if (withIndex)
        {
            IndexEntries =
            [
                .. SnapshotDifference.Between(survey.Trees, snapshot.IndexTree, survey.IndexTree,
                        Bare, Bare)
                    .Where(c => IsChosen(c.Path, paths))
                    .Select(c => new RecordedEntry(c.Path, c.Before?.GitMode ?? 0, c.Before?.Blob, c.After?.GitMode ?? 0, c.After?.Blob)),
            ];
        }

        var plan = reversal.Plan(wanted, message);
        return plan with { Warnings = [.. plan.Warnings, .. _warnings] };
    }

    // Where every path is a file of the snapshot, nothing else has to be looked at: the cost is that of the paths.
    private Dictionary<RepoPath, RecordedState?>? Named(IReadOnlyList<RepoPath> paths, Reversal reversal)
    {
        var trees = new Dictionary<string, ObjectId>(StringComparer.Ordinal) { [""] = snapshot.Tree };
        var lines = new Dictionary<ObjectId, Dictionary<string, RawTreeEntry>>();
        var store = new TreeStore(context.Objects, null, context.Layout.ObjectFormat);
        var leftOut = snapshot.LeftOut.Select(l => l.Path).Concat(snapshot.Forgotten).ToHashSet(StringComparer.Ordinal);
        var wanted = new Dictionary<RepoPath, RecordedState?>();
        foreach (var path in paths)
        {
            if (Line(path) is not { IsDirectory: false, Mode: not GitModes.Gitlink } line || leftOut.Contains(path.Value)
                || worktree.Look(path).Kind == FileKind.Directory)
            {
                return null;
            }

            var state = snapshot.State(path, line.Mode, line.Id);
            if (!reversal.Holds(path, state))
            {
                wanted[path] = state;
            }
        }

        return paths.Count == 0 ? null : wanted;

        RawTreeEntry? Line(RepoPath path)
        {
            var parent = path.Parent;
            if (!trees.TryGetValue(parent?.Value ?? "", out var tree))
            {
                if (Line(parent!) is not { IsDirectory: true } above)
                {
                    return null;
                }

                tree = trees[parent!.Value] = above.Id;
            }

            if (!lines.TryGetValue(tree, out var known))
            {
                lines[tree] = known = [];
                foreach (var line in store.Read(tree))
                {
                    known[TreeObject.Name(line)] = line;
                }
            }

            return known.TryGetValue(path.Name, out var found) ? found : null;
        }
    }

    // Where only what differs is looked for, permission bits do not count.
    private static RecordedState Bare(RepoPath path, int mode, ObjectId blob) => new(mode, blob, 0);

    private bool IsKnown(RepoPath path, HashSet<string> leftOut)
    {
        if (!leftOut.Contains(path.Value))
        {
            return true;
        }

        _warnings.Add($"\"{path}\" is not in the snapshot, which left it out or had to forget it, and stays as it is");
        return false;
    }

    // Where ignore rules changed since, a file may be older than the snapshot and have been ignored then.
    private bool MayRemove(RepoPath path, bool rulesChanged)
    {
        if (rulesChanged && File.GetCreationTimeUtc($"{context.Layout.WorktreeRoot}/{path.Value}") < snapshot.Time.UtcDateTime)
        {
            _warnings.Add($"\"{path}\" is older than the snapshot, in which it was ignored, and stays as it is");
            return false;
        }

        return true;
    }

    private void TellWhatWasLeftOut(IReadOnlyList<RepoPath> paths)
    {
        foreach (var left in snapshot.LeftOut)
        {
            if (PathRules.Objection(left.Path) is not null || left.Path.Contains('\ufffd', StringComparison.Ordinal)
                || left.ModifiedNanoseconds == 0 || !IsChosen(RepoPath.Parse(left.Path), paths))
            {
                continue;
            }

            var now = worktree.Directories.ParentUnlessLinked(RepoPath.Parse(left.Path))?.Look(Path.GetFileName(left.Path))
                ?? Fingerprint.Absent;
            if (now.Size != left.Bytes || now.ModifiedNanoseconds != left.ModifiedNanoseconds)
            {
                _warnings.Add($"\"{left.Path}\" was left out of the snapshot ({left.Reason}) and has changed since: it cannot be "
                    + "brought back");
            }
        }
    }

    private static bool IsChosen(RepoPath path, IReadOnlyList<RepoPath> paths) =>
        paths.Count == 0 || paths.Any(p => p == path || path.IsBelow(p));
}
