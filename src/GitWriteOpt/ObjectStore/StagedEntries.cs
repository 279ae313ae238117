using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>Which entries of an index change, and what they were: decided from an index as read, nothing is done.</summary>
/// <param name="Changes">What the new index shall have.</param>
/// <param name="Recorded">The same for the journal, with what was there.</param>
internal sealed record StagedEntries(IReadOnlyList<IndexChange> Changes, IReadOnlyList<RecordedEntry> Recorded)
{
    /// <summary>The entries for these paths.</summary>
    /// <exception cref="RefusedException">A path may not be staged.</exception>
    public static StagedEntries Decide(
        IReadOnlyList<StagedPath> paths, IndexReader index, CheckIn checkIn, RepositoryLayout layout)
    {
        var objections = paths.Select(p => Objection(p.Path, index)).OfType<WriteError>().ToList();
        if (objections.Count > 0)
        {
            throw new RefusedException(objections[0]) { All = objections };
        }

        var ids = checkIn.Ids(paths, index);
        var old = index.Lookup(paths.Select(p => p.Path));
        var skipIsSparse = new Lazy<bool>(() => SparseCheckout(layout));
        var recorded = new List<RecordedEntry>();
        var changes = new List<IndexChange>();
        foreach (var path in paths)
        {
            var before = old.GetValueOrDefault(path.Path);
            var (mode, id) = path.After is { } after ? (after.Mode, ids[path.Path]) : (0, (ObjectId?)null);
            var isIntent = before is not null && before.Flags.HasFlag(IndexFlags.IntentToAdd);
            if ((before is null && id is null) || (before?.Id == id && before?.Mode == mode && !isIntent))
            {
                continue;
            }

            recorded.Add(Record(path.Path, before, mode, id));
            changes.Add(new IndexChange(path.Path, mode, id, Kept(before, skipIsSparse)));
        }

        foreach (var (path, entry) in Displaced(paths, index))
        {
            recorded.Add(Record(path, entry, 0, null));
            changes.Add(new IndexChange(path, 0, null, IndexFlags.None));
        }

        return new StagedEntries(changes, recorded);
    }

    /// <summary>The way back for recorded entries.</summary>
    public static StagedEntries Undo(IReadOnlyList<RecordedEntry> recorded, IndexReader index) => new(
        [.. recorded.Select(r => new IndexChange(r.Path, r.OldMode, r.OldId, r.OldFlags))],
        [.. recorded.Select(r => Record(r.Path, index.Find(r.Path), r.OldMode, r.OldId))]);

    /// <summary>Whether an entry is still what we recorded as written.</summary>
    public static bool IsAsWritten(RecordedEntry recorded, IndexReader index) => index.Stages(recorded.Path) switch
    {
        [] => recorded.NewId is null,
        [{ Stage: 0 } entry] => entry.Id == recorded.NewId && entry.Mode == recorded.NewMode
            && !entry.Flags.HasFlag(IndexFlags.IntentToAdd),
        _ => false,
    };

    private static RecordedEntry Record(RepoPath path, IndexEntry? before, int mode, ObjectId? id) =>
        new(path, before?.Mode ?? 0, before?.Id, mode, id) { OldFlags = before?.Flags ?? IndexFlags.None };

    // A file that was written is present: in a sparse checkout git itself drops the bit then. Without a sparse checkout
    // the bit is the user's own and stays. Intent-to-add is fulfilled.
    private static IndexFlags Kept(IndexEntry? before, Lazy<bool> skipIsSparse)
    {
        var flags = (before?.Flags ?? IndexFlags.None) & ~IndexFlags.IntentToAdd;
        return flags.HasFlag(IndexFlags.SkipWorktree) && skipIsSparse.Value ? flags & ~IndexFlags.SkipWorktree : flags;
    }

    private static bool SparseCheckout(RepositoryLayout layout) => new GitProcess(layout)
        .Try(["config", "--type=bool", "--get", "core.sparseCheckout"]).Text.Trim() == "true";

    private static WriteError? Objection(RepoPath path, IndexReader index)
    {
        if (index.HasUnmerged(path))
        {
            return new WriteError(ErrorCategory.Conflict, "unmerged-path",
                $"\"{path}\" cannot be staged: it is unmerged, and staging would resolve the conflict")
            {
                Path = path.Value,
                Suggestion = "apply without --stage, look at the result, then `git add` it to resolve the conflict",
            };
        }

        var submodule = index.IsGitlink(path) ? path : index.GitlinkAbove(path);
        return submodule is null ? null : new WriteError(ErrorCategory.Permission, "inside-submodule",
            $"\"{path}\" cannot be staged: \"{submodule}\" is a submodule")
        {
            Path = path.Value,
            Suggestion = $"run the batch inside \"{submodule}\"",
        };
    }

    // A file cannot stand where a directory is, nor the reverse: git drops the entries in the way, so we record them.
    private static IEnumerable<(RepoPath Path, IndexEntry Entry)> Displaced(
        IReadOnlyList<StagedPath> paths, IndexReader index)
    {
        var named = paths.Select(p => p.Path).ToHashSet();
        foreach (var path in paths.Where(p => p.After is not null).Select(p => p.Path))
        {
            foreach (var above in path.Ancestors().Where(a => !named.Contains(a)))
            {
                if (index.Find(above) is { } file && named.Add(above))
                {
                    yield return (above, file);
                }
            }

            foreach (var below in index.Below(path))
            {
                if (RepoPath.Parse(below.Path) is var inner && named.Add(inner))
                {
                    yield return (inner, below);
                }
            }
        }
    }
}
