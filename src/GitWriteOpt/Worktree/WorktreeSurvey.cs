using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Looks at the whole worktree and makes its tree: <c>lstat</c> everywhere, bytes only where neither the index nor the
/// last survey knows them. Tracked files, and untracked ones that are not ignored, within limits. Changes nothing in the
/// worktree and nothing of git's; new blobs and trees go into the pack that is given, or are only calculated.
/// </summary>
internal sealed class WorktreeSurvey(
    RepositoryLayout layout, WorktreeReader worktree, ObjectReader objects, AttributeSettings settings, SurveyLimits limits)
{
    private const long ClockTickNanoseconds = 50_000_000;

    private readonly List<LeftOut> _leftOut = [];
    private readonly List<TreeChange> _changes = [];
    private readonly List<KnownFile> _known = [];
    private readonly List<string> _private = [];
    private readonly FilePermissions _permissions = new();
    private readonly long _startedAt = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>Makes the survey.</summary>
    /// <param name="pack">Where new objects go; null to calculate ids alone.</param>
    /// <param name="earlier">The last survey; null where there was none.</param>
    /// <exception cref="WriteException">The index or a directory cannot be read, or git failed.</exception>
    internal Survey Make(PackWriter? pack, SurveyCache? earlier)
    {
        var listing = Task.Run(() => UntrackedFiles.List(layout, limits.Private));
        var index = IndexReader.Open(layout);
        List<IndexEntry> entries = [.. index.Entries()];
        var found = FirstLook.At(worktree, entries);
        var untracked = listing.GetAwaiter().GetResult();
        var known = (earlier?.Files ?? []).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var conversions = new Conversions(new Attributes(layout, settings), earlier, known);
        conversions.Look(entries, untracked.Files);

        var reading = new SurveyReading(worktree, pack, layout.ObjectFormat, _leftOut);
        var indexWritten = (index.ModifiedUtc - DateTime.UnixEpoch).Ticks * 100;
        for (var i = 0; i < entries.Count; i++)
        {
            if (!entries[i].IsGitlink && (i == 0 || entries[i].Path != entries[i - 1].Path))
            {
                Tracked(entries[i], found[i], indexWritten, known, conversions, reading);
            }
        }

        Untracked(untracked.Files, known, reading);
        reading.Finish(Take);

        var trees = new TreeStore(objects, pack, layout.ObjectFormat, earlier?.Trees);
        var indexTree = IndexTree.Make(trees, entries, index.CachedTrees(layout.ObjectFormat));
        var (usual, odd) = _permissions.Sorted();
        return new Survey
        {
            IndexTree = indexTree,
            Tree = TreeUpdate.Make(trees, indexTree, _changes),
            LeftOut = _leftOut,
            Nested = [.. untracked.NestedRepositories, .. entries.Where(e => e.IsGitlink).Select(e => e.Path)],
            Private = _private,
            UsualPermissions = usual,
            OddPermissions = odd,
            Looked = entries.Count + untracked.Files.Count,
            Hashed = reading.Count,
            Trees = trees,
            CacheFor = (name, commit) => new SurveyCache(name, commit, _startedAt, conversions.Key, _known, trees.Made.ToHashSet()),
        };
    }

    private void Tracked(IndexEntry entry, in Fingerprint found, long indexWritten,
        Dictionary<string, KnownFile> known, Conversions conversions, SurveyReading reading)
    {
        if (found.Kind is not (FileKind.File or FileKind.Link))
        {
            if (!entry.Flags.HasFlag(IndexFlags.SkipWorktree) && Path(entry.Path, 0) is { } gone)
            {
                _changes.Add(new TreeChange(gone, 0, null));
            }

            if (found.Kind == FileKind.Special)
            {
                _leftOut.Add(new LeftOut(entry.Path, 0, 0, "special-file"));
            }

            return;
        }

        var converted = conversions.Concern(entry);
        var isMerged = entry.Stage == 0 && !entry.Flags.HasFlag(IndexFlags.IntentToAdd);
        var mode = Mode(found, entry);
        _permissions.Note(entry.Path, found);
        if (isMerged && mode == entry.Mode && Same(entry.Stat, found) && found.ModifiedNanoseconds < indexWritten)
        {
            if (!converted)
            {
                return;
            }

            // Unchanged and kept by a filter of the user's (Git LFS): not worth a second copy of that size.
            if (found.Size > limits.FileBytes)
            {
                _leftOut.Add(new LeftOut(entry.Path, found.Size, found.ModifiedNanoseconds, "larger-than-limit"));
                return;
            }
        }

        if (Path(entry.Path, found.Size) is { } path)
        {
            var file = new SurveyedFile(path, mode, found, isMerged ? entry.Id : null, isMerged ? entry.Mode : 0, converted);
            Resolve(file, known, reading);
        }
    }

    private void Untracked(IReadOnlyList<string> files, Dictionary<string, KnownFile> known, SurveyReading reading)
    {
        var total = 0L;
        foreach (var name in files)
        {
            if (Path(name, 0) is not { } path)
            {
                continue;
            }

            Fingerprint found;
            try
            {
                found = worktree.Directories.ParentUnlessLinked(path)?.Look(path.Name) ?? Fingerprint.Absent;
            }
            catch (RefusedException cause)
            {
                _leftOut.Add(new LeftOut(name, 0, 0, cause.Error.Code));
                continue;
            }

            if (found.Kind is not (FileKind.File or FileKind.Link))
            {
                continue; // gone since it was listed; git lists nothing else
            }

            if (found.Size > limits.FileBytes || total + found.Size > limits.TotalBytes)
            {
                _leftOut.Add(new LeftOut(name, found.Size, found.ModifiedNanoseconds, found.Size > limits.FileBytes
                    ? "larger-than-limit" : "beyond-total-limit"));
                continue;
            }

            total += found.Size;
            _permissions.Note(name, found);
            if (limits.IsPrivate(name))
            {
                _private.Add(name);
            }

            Resolve(new SurveyedFile(path, Mode(found, null), found, null, 0, false), known, reading);
        }
    }

    private void Resolve(SurveyedFile file, Dictionary<string, KnownFile> known, SurveyReading reading)
    {
        if (known.TryGetValue(file.Path.Value, out var earlier) && Same(earlier.Stat, file.Found))
        {
            Take(file, earlier.Id);
        }
        else
        {
            reading.Add(file, Take);
        }
    }

    private void Take(SurveyedFile file, ObjectId id)
    {
        if (id != file.IndexId || file.Mode != file.IndexMode)
        {
            _changes.Add(new TreeChange(file.Path, file.Mode, id));
        }

        // What was written while, or just before, we looked may be written again without lstat showing it.
        if (file.Found.ModifiedNanoseconds < _startedAt - ClockTickNanoseconds)
        {
            _known.Add(new KnownFile(file.Path.Value, id, Stat(file.Found), file.IsConverted));
        }
    }

    private RepoPath? Path(string name, long bytes)
    {
        if (PathRules.Objection(name) is null && !name.Contains('\ufffd', StringComparison.Ordinal))
        {
            return RepoPath.Parse(name);
        }

        _leftOut.Add(new LeftOut(name, bytes, 0, "unsafe-name"));
        return null;
    }

    private int Mode(in Fingerprint found, IndexEntry? entry)
    {
        const int ownerMayExecute = 0x40;
        if (found.Kind == FileKind.Link)
        {
            return GitModes.Link;
        }

        if (entry is { Mode: GitModes.Regular or GitModes.Executable } && !layout.FileModeIsTrusted)
        {
            return entry.Mode;
        }

        // Where links cannot be made, git checks one out as a file.
        return entry is { Mode: GitModes.Link } && !layout.SymbolicLinks ? GitModes.Link
            : (found.Permissions & ownerMayExecute) != 0 ? GitModes.Executable : GitModes.Regular;
    }

    private static bool Same(in IndexStat stat, in Fingerprint found) => stat == Stat(found) with { Device = stat.Device };

    private static IndexStat Stat(in Fingerprint found) => new(found.ChangedNanoseconds, found.ModifiedNanoseconds,
        (uint)found.Device, (uint)found.Inode, found.Owner, found.Group, (uint)found.Size);
}
