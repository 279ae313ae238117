using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// The directories of the worktree, opened from the root step by step without following links, checked once (I5) and
/// kept open, least recently used first out. A name below a link, in a nested repository or in a submodule is refused.
/// </summary>
internal sealed class WorktreeDirectories : IDisposable
{
    // Well below the usual limit of 1,024 open files.
    private const int MostOpen = 384;

    private readonly Dictionary<string, LinkedListNode<Entry>> _open = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _recent = new();
    private readonly HashSet<OpenDirectory> _pinned = [];
    private readonly HashSet<string> _ownLinks = new(StringComparer.Ordinal);

    /// <summary>The directories below the root of a worktree, which is disposed of with them.</summary>
    internal WorktreeDirectories(OpenDirectory root) => Root = root;

    /// <summary>The worktree's root.</summary>
    internal OpenDirectory Root { get; }

    /// <summary>Whether more directories were asked for than are kept open: a reference may have been closed.</summary>
    internal bool HasEvicted { get; private set; }

    /// <summary>The directory of a path, or null where it is not there (or a file is in its way).</summary>
    /// <exception cref="RefusedException">A parent is a link, or belongs to another repository.</exception>
    internal OpenDirectory? Parent(RepoPath path) => path.Parent is { } parent ? Open(parent) : Root;

    /// <summary>
    /// The directory of a path, or null where it is not there, or a file or a link is in its way: for looking at what a
    /// transaction did, where a link may have taken a directory's place.
    /// </summary>
    internal OpenDirectory? ParentUnlessLinked(RepoPath path)
    {
        foreach (var ancestor in path.Ancestors())
        {
            if (Parent(ancestor)?.Look(ancestor.Name).Kind != FileKind.Directory)
            {
                return null;
            }
        }

        return Parent(path);
    }

    /// <summary>The innermost directory above a path that is there; the root where none is.</summary>
    /// <param name="path">The path.</param>
    /// <param name="leaving">Directories that count as gone, with what is below them; null for none.</param>
    internal OpenDirectory Nearest(RepoPath path, IReadOnlySet<RepoPath>? leaving = null)
    {
        var nearest = Root;
        foreach (var ancestor in path.Ancestors())
        {
            if (leaving?.Contains(ancestor) == true || nearest.Look(ancestor.Name).Kind != FileKind.Directory
                || Open(ancestor) is not { } open)
            {
                break;
            }

            nearest = open;
        }

        return nearest;
    }

    /// <summary>A directory, or null where it is not there (or a file is in its way).</summary>
    /// <exception cref="RefusedException">It or a parent is a link, or belongs to another repository.</exception>
    internal OpenDirectory? Open(RepoPath directory)
    {
        if (_open.TryGetValue(directory.Value, out var node))
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Directory;
        }

        var above = directory.Parent is { } parent ? Open(parent) : Root;
        if (above is null)
        {
            return null;
        }

        var (kind, opened) = above.Descend(directory.Name);
        if (kind == FileKind.Link && _ownLinks.Contains(directory.Value))
        {
            return null;
        }

        if (kind == FileKind.Link)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Permission, "beyond-symlink",
                $"\"{directory}\" is a symbolic link; nothing is written through links")
            {
                Path = directory.Value,
                Suggestion = "name the file by its real path, or delete the link in the same batch first",
            });
        }

        if (opened is null)
        {
            return null;
        }

        if (opened.Look(".git").Kind != FileKind.Absent)
        {
            opened.Dispose();
            throw new RefusedException(new WriteError(ErrorCategory.Permission, "nested-repository",
                $"\"{directory}\" belongs to another repository (a submodule or a nested one)")
            {
                Path = directory.Value,
                Suggestion = $"run git writeopt in \"{directory}\" itself",
            });
        }

        Keep(directory.Value, opened);
        return opened;
    }

    /// <summary>
    /// Names paths where a transaction itself has a link before or after, and maybe a directory on the other side: while
    /// the link is there, no directory is (it is still never followed), and that is no reason to refuse.
    /// </summary>
    internal void KnowLinks(IEnumerable<RepoPath> links)
    {
        foreach (var link in links)
        {
            KnowLink(link);
        }
    }

    /// <summary>The same of one.</summary>
    internal void KnowLink(RepoPath link) => _ownLinks.Add(link.Value);

    /// <summary>Keeps a directory open until the end, since something of ours lies in it.</summary>
    internal void Pin(OpenDirectory directory) => _pinned.Add(directory);

    /// <summary>Forgets a directory and all below it, after it was removed or replaced.</summary>
    internal void Forget(RepoPath directory)
    {
        var below = directory.Value + "/";
        foreach (var key in _open.Keys.Where(k => k == directory.Value || k.StartsWith(below, StringComparison.Ordinal)).ToList())
        {
            _open.Remove(key, out var node);
            _recent.Remove(node!);
            node!.Value.Directory.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var entry in _recent)
        {
            entry.Directory.Dispose();
        }

        Root.Dispose();
    }

    private void Keep(string key, OpenDirectory directory)
    {
        _open[key] = _recent.AddFirst(new Entry(key, directory));
        if (_recent.Count <= MostOpen)
        {
            return;
        }

        HasEvicted = true;
        var oldest = _recent.Last;
        while (oldest is not null && _pinned.Contains(oldest.Value.Directory))
        {
            oldest = oldest.Previous;
        }

        if (oldest is not null)
        {
            _recent.Remove(oldest);
            _open.Remove(oldest.Value.Key);
            oldest.Value.Directory.Dispose();
        }
    }

    private sealed record Entry(string Key, OpenDirectory Directory);
}
