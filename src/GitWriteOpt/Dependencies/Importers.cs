using System.Diagnostics;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Dependencies;

/// <summary>How far a search for importers goes.</summary>
/// <param name="Files">So many files are read at most; what the cache knows costs nothing of it.</param>
/// <param name="Time">No further file is read after this time; null for no limit.</param>
internal readonly record struct ImporterBudget(int Files, TimeSpan? Time)
{
    /// <summary>For a person who waits for a plan.</summary>
    public static readonly ImporterBudget Plan = new(20_000, TimeSpan.FromMilliseconds(300));

    /// <summary>For a check, which shall be right first of all.</summary>
    public static readonly ImporterBudget Check = new(int.MaxValue, null);
}

/// <summary>One file's use of another.</summary>
/// <param name="File">The importer.</param>
/// <param name="Reference">How it says so; null where it mentions a type.</param>
/// <param name="Type">That type.</param>
internal readonly record struct ImportUse(string File, Reference? Reference, string? Type);

/// <summary>
/// Finds the tracked files that import given ones. Nothing is looked at before the first question; then the index is read
/// once and the references of each file that may be an importer, nearest first, out of the <see cref="ReferenceCache"/>
/// where its blob was read before. When the budget is spent the rest is left out, and <see cref="Warning"/> says so.
/// </summary>
internal sealed class Importers
{
    private readonly Lazy<ReferenceIndex> _index;

    /// <summary>Importers among given files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="focus">The paths that will be asked for.</param>
    /// <param name="read">A file's bytes, or null.</param>
    /// <param name="cache">What is known of blobs.</param>
    /// <param name="budget">How far to go.</param>
    public Importers(Func<IReadOnlyList<CandidateFile>> files, IReadOnlyList<RepoPath> focus,
        Func<string, ReadOnlyMemory<byte>?> read, ReferenceCache cache, ImporterBudget budget) =>
        _index = new(() => Load(files(), [.. focus.Select(p => p.Value)], read, cache, budget));

    /// <summary>Importers in a worktree.</summary>
    public static Importers In(RepositoryLayout layout, WorktreeReader worktree, IReadOnlyList<RepoPath> focus, ImporterBudget budget) =>
        new(() => CandidateFile.Tracked(layout, worktree), focus, path => Bytes(worktree, path), ReferenceCache.Of(layout), budget);

    /// <summary>What to tell where the search stopped early; null where it did not, or was never begun.</summary>
    public string? Warning => _index.IsValueCreated && _index.Value.Unread is > 0 and var unread
        ? $"importers were not looked for in {unread} files: reading them all takes too long for a plan; git writeopt check reads them once" : null;

    /// <summary>The files that import a path, in path order.</summary>
    public IReadOnlyList<RepoPath> Of(RepoPath path) =>
        [.. UsesOf(path.Value).Select(use => use.File).Distinct(StringComparer.Ordinal).Select(RepoPath.Parse).Order()];

    /// <summary>Each use of a path, by importers' paths.</summary>
    public IReadOnlyList<ImportUse> UsesOf(string path) => _index.Value.UsesOf(path);

    /// <summary>Whether any of the files that were looked at declares a type, but for those given.</summary>
    public bool Declares(string type, Func<string, bool> except) => _index.Value.Declares(type, except);

    /// <summary>The paths that were looked at.</summary>
    public FileView View => _index.Value.View;

    private static ReferenceIndex Load(IReadOnlyList<CandidateFile> files, IReadOnlyList<string> focus,
        Func<string, ReadOnlyMemory<byte>?> read, ReferenceCache cache, ImporterBudget budget)
    {
        var clock = Stopwatch.StartNew();
        var folders = focus.SelectMany(f => RelativePaths.Upward(RelativePaths.Folder(f)).Select((above, steps) => (above, steps)))
            .GroupBy(a => a.above, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Min(a => a.steps), StringComparer.Ordinal);
        var candidates = files.Where(f => Language.Of(f.Path) is { } language && focus.Any(language.MayReferTo))
            .OrderBy(f => RelativePaths.Upward(RelativePaths.Folder(f.Path)).Select((above, down) => folders.TryGetValue(above, out var up)
                ? up + down : int.MaxValue).Min()).ThenBy(f => f.Path, StringComparer.Ordinal).ToList();
        var references = new List<(string, FileReferences)>(candidates.Count);
        var (unread, pending) = (0, new List<CandidateFile>());
        foreach (var file in candidates)
        {
            if (file.Blob is { } blob && cache.TryGet(blob, Language.Of(file.Path)!) is { } known)
            {
                references.Add((file.Path, known));
            }
            else
            {
                pending.Add(file);
            }
        }

        foreach (var chunk in pending.Chunk(128))
        {
            if (references.Count - (candidates.Count - pending.Count) >= budget.Files || clock.Elapsed > budget.Time)
            {
                unread += chunk.Length;
                continue;
            }

            references.AddRange(Read(chunk, read, cache));
        }

        cache.Save();
        var paths = files.Select(f => f.Path).Concat(focus).ToHashSet(StringComparer.Ordinal);
        return new ReferenceIndex(references, new FileView(new FileSource(paths.Contains, read, () => paths))) { Unread = unread };
    }

    private static (string, FileReferences)[] Read(CandidateFile[] files, Func<string, ReadOnlyMemory<byte>?> read, ReferenceCache cache)
    {
        var bytes = Array.ConvertAll(files, f => read(f.Path));
        var references = new (string, FileReferences)[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            var found = bytes[i] is { } text ? Language.ScanAny(files[i].Path, text.Span) : FileReferences.None;
            references[i] = (files[i].Path, found);
            if (files[i].Blob is { } blob && bytes[i] is not null)
            {
                cache.Put(blob, Language.Of(files[i].Path)!, found);
            }
        });
        return references;
    }

    private static ReadOnlyMemory<byte>? Bytes(WorktreeReader worktree, string path)
    {
        try
        {
            return worktree.ReadUnlessLinked(RepoPath.Parse(path)).State is PathState.File { Content: Content.Memory memory }
                ? memory.Bytes : null;
        }
        catch (WriteException)
        {
            return null; // what cannot be read imports nothing that could be told
        }
    }
}
