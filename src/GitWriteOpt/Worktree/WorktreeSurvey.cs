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
    RepositoryLayout layout, WorktreeReader worktree, ObjectReader objects, AttributeSettings settings, SurveyLimits limits,
    string listing)
{
    private const long ClockTickNanoseconds = 50_000_000;

    private readonly List<LeftOut> _leftOut = [];
    private readonly List<TreeChange> _changes = [];
    private readonly List<KnownFile> _known = [];
    private readonly List<string> _private = [];
    private FilePermissions _permissions = new([], _ => "");
    private readonly long _startedAt = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>Makes the survey.</summary>
    /// <param name="pack">Where new objects go; null to calculate ids alone.</param>
    /// <param name="earlier">The last survey; null where there was none.</param>
    /// <exception cref="WriteException">The index or a directory cannot be read, or git failed.</exception>
    internal Survey Make(PackWriter? pack, SurveyCache? earlier)
    {
        var index = IndexReader.Open(layout);
        var entries = index.Table();
        var root = worktree.Directories.Root;
        var untrackedListing = new UntrackedListing(layout, root, entries, limits, listing, _startedAt);
        var listed = Task.Run(untrackedListing.List);
        var indexWritten = (index.ModifiedUtc - DateTime.UnixEpoch).Ticks * 100;
        var known = (earlier?.Files ?? []).ToDictionary(f => f.Path, StringComparer.Ordinal);
        var conversions = new Conversions(new Attributes(layout, settings), entries, earlier, known);
        var mayConvert = conversions.MayConcernAny([]);
        var look = FirstLook.At(root, layout, entries, indexWritten, all: mayConvert);
        var untracked = listed.GetAwaiter().GetResult();
        var remembering = pack is null ? Task.CompletedTask : Task.Run(untrackedListing.Remember);
        if (!mayConvert && conversions.MayConcernAny(untracked.Files))
        {
            look = FirstLook.At(root, layout, entries, indexWritten, all: true);
        }

        conversions.Look(untracked.Files);
        _permissions = new FilePermissions(look.Permissions, i => entries[i].Path);
        var reading = new SurveyReading(worktree, pack, layout.ObjectFormat, _leftOut);
        foreach (var seen in look.Seen)
        {
            Tracked(entries, seen, known, conversions, reading);
        }

        Untracked(untracked.Files, known, reading);
        reading.Finish(Take);

        var trees = new TreeStore(objects, pack, layout.ObjectFormat, earlier?.Trees);
        var indexTree = IndexTree.Make(trees, entries, index.CachedTrees(layout.ObjectFormat));
        var tree = SurveyedTree.Of(trees, indexTree, _changes, earlier);
        remembering.GetAwaiter().GetResult();
        var (usual, odd) = _permissions.Sorted();
        return new Survey
        {
            IndexTree = indexTree,
            Tree = tree.Tree,
            LeftOut = _leftOut,
            Nested = [.. untracked.NestedRepositories, .. Submodules(entries)],
            Private = _private,
            UsualPermissions = usual,
            OddPermissions = odd,
            Looked = entries.Count + untracked.Files.Count,
            Hashed = reading.Count,
            Trees = trees,
            CacheFor = (name, commit) => new SurveyCache(name, commit, _startedAt, conversions.Key, _known, tree.Fresh)
            {
                Made = tree.Made,
                Tree = tree.Tree,
            },
        };
    }

    private static IEnumerable<string> Submodules(IndexTable entries) =>
        Enumerable.Range(0, entries.Count).Where(i => entries.Mode(i) == GitModes.Gitlink).Select(i => entries[i].Path);

    private void Tracked(IndexTable entries, in SeenEntry seen,
        Dictionary<string, KnownFile> known, Conversions conversions, SurveyReading reading)
    {
        var converted = conversions.Concern(seen.Number);
        if (seen.IsClean && !converted)
        {
            return;
        }

        var (entry, found) = (entries[seen.Number], seen.Found);
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

        // Unchanged and kept by a filter of the user's (Git LFS): not worth a second copy of that size.
        if (seen.IsClean && found.Size > limits.FileBytes)
        {
            _leftOut.Add(new LeftOut(entry.Path, found.Size, found.ModifiedNanoseconds, "larger-than-limit"));
            return;
        }

        if (Path(entry.Path, found.Size) is { } path)
        {
            var isMerged = entries.IsMerged(seen.Number);
            Resolve(new SurveyedFile(path, FirstLook.Mode(layout, found, entry.Mode), found, isMerged ? entry.Id : null,
                isMerged ? entry.Mode : 0, converted), known, reading);
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

            Resolve(new SurveyedFile(path, FirstLook.Mode(layout, found, 0), found, null, 0, false), known, reading);
        }
    }

    private void Resolve(SurveyedFile file, Dictionary<string, KnownFile> known, SurveyReading reading)
    {
        if (known.TryGetValue(file.Path.Value, out var earlier) && earlier.Stat.Matches(file.Found))
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
            _known.Add(new KnownFile(file.Path.Value, id, file.Found.AsIndexStat(), file.IsConverted));
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
}
