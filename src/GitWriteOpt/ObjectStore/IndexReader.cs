using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The index as it was when it was opened. Own code reads versions 2 and 3; anything else is listed by git (slower, the
/// same answers). A missing index is an empty one. Reading never locks, refreshes or writes.
/// </summary>
public sealed class IndexReader
{
    private readonly IndexBytes _bytes;

    private IndexReader(IndexBytes bytes, string readBy, DateTime modified)
    {
        _bytes = bytes;
        ReadBy = readBy;
        ModifiedUtc = modified;
    }

    /// <summary>Which way was taken: <c>own</c>, <c>none</c> for a missing index, or <c>git: </c> and the reason.</summary>
    public string ReadBy { get; }

    /// <summary>
    /// When the file was last written, UTC: an entry whose mtime is not older is racy, its stat says nothing.
    /// </summary>
    public DateTime ModifiedUtc { get; }

    /// <summary>The number of entries, all stages, sparse directories expanded.</summary>
    public int Count => _bytes.Count;

    /// <summary>The trees that git knows parts of the index to have; null where it noted none.</summary>
    internal CachedTree? CachedTrees(ObjectFormat format) => CachedTree.Parse(_bytes.Extension("TREE").Span, format);

    /// <summary>Opens the repository's index.</summary>
    /// <exception cref="StoreException">Neither we nor git can read it.</exception>
    public static IndexReader Open(RepositoryLayout layout)
    {
        byte[] data;
        DateTime modified;
        try
        {
            modified = File.GetLastWriteTimeUtc(layout.IndexFile);
            data = File.ReadAllBytes(layout.IndexFile);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            var none = IndexWriter.Bytes([], layout.ObjectFormat);
            var empty = IndexBytes.TryRead(none, layout.ObjectFormat, layout.IndexFile, out _);
            return new IndexReader(empty!, "none", DateTime.MinValue);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", layout.IndexFile, cause);
        }

        return IndexBytes.TryRead(data, layout.ObjectFormat, layout.IndexFile, out var objection) is { } bytes
            ? new IndexReader(bytes, "own", modified)
            : new IndexReader(IndexListing.Read(layout), "git: " + objection, modified);
    }

    /// <summary>The merged entry of a path, or null where it has none.</summary>
    public IndexEntry? Find(RepoPath path) => Stages(path) is [{ Stage: 0 } entry, ..] ? entry : null;

    /// <summary>The merged entries of those of these paths that have one.</summary>
    public IReadOnlyDictionary<RepoPath, IndexEntry> Lookup(IEnumerable<RepoPath> paths)
    {
        var found = new Dictionary<RepoPath, IndexEntry>();
        foreach (var path in paths)
        {
            if (Find(path) is { } entry)
            {
                found[path] = entry;
            }
        }

        return found;
    }

    /// <summary>All entries of a path, by stage: one, or up to three where it is unmerged, or none.</summary>
    public IReadOnlyList<IndexEntry> Stages(RepoPath path)
    {
        var name = Encoding.UTF8.GetBytes(path.Value);
        var entries = new List<IndexEntry>(1);
        for (var at = _bytes.Seek(name);
            at.Ordinal < _bytes.Count && _bytes.NameAt(at).SequenceEqual(name);
            at = _bytes.Next(at))
        {
            entries.Add(_bytes.EntryAt(at));
        }

        return entries;
    }

    /// <summary>Whether a path is in conflict.</summary>
    public bool HasUnmerged(RepoPath path) => Stages(path).Any(e => e.Stage != 0);

    /// <summary>Whether a path is a submodule.</summary>
    public bool IsGitlink(RepoPath path) => Stages(path).Any(e => e.IsGitlink);

    /// <summary>The submodule that a path lies in, or null. The path itself does not count.</summary>
    public RepoPath? GitlinkAbove(RepoPath path) => path.Ancestors().FirstOrDefault(IsGitlink);

    /// <summary>All entries below a directory, in index order.</summary>
    public IEnumerable<IndexEntry> Below(RepoPath directory)
    {
        var prefix = Encoding.UTF8.GetBytes(directory.Value + "/");
        for (var at = _bytes.Seek(prefix);
            at.Ordinal < _bytes.Count && _bytes.NameAt(at).StartsWith(prefix);
            at = _bytes.Next(at))
        {
            yield return _bytes.EntryAt(at);
        }
    }

    /// <summary>All entries by number, none of which is made before it is asked for.</summary>
    internal IndexTable Table() => new(_bytes);

    /// <summary>All entries, in index order.</summary>
    public IEnumerable<IndexEntry> Entries()
    {
        for (var at = IndexBytes.First; at.Ordinal < _bytes.Count; at = _bytes.Next(at))
        {
            yield return _bytes.EntryAt(at);
        }
    }
}
