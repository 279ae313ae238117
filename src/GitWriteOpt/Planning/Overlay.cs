using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// The batch's own view of the worktree: the disk, read once a path, with the results of the operations so far on top.
/// Operations look here, never at the disk. <see cref="Mark"/> and <see cref="Revert"/> make each of them all or nothing.
/// Not thread-safe.
/// </summary>
public sealed class Overlay(
    Func<RepoPath, (Fingerprint Found, PathState State)> read, Func<RepoPath?, IReadOnlyList<string>> list,
    bool ignoreCase = false)
{
    private readonly Dictionary<string, OverlayEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _spellings = new(StringComparer.Ordinal);
    private readonly List<(OverlayEntry Entry, PathState Now, RepoPath? From, RepoPath? MovedTo)> _log = [];
    private readonly HashSet<string> _holders = new(StringComparer.Ordinal);
    private readonly HashSet<RepoPath> _emptied = [];
    private readonly HashSet<RepoPath> _wanted = [];

    /// <summary>Every path that was looked at, in the order in which that happened first.</summary>
    public IReadOnlyCollection<OverlayEntry> Entries => _entries.Values;

    /// <summary>Directories that an operation removed by name, empty ones too.</summary>
    internal IReadOnlyCollection<RepoPath> EmptiedDirectories => _emptied;

    /// <summary>Directories without files that moved along with their parent.</summary>
    internal IReadOnlyCollection<RepoPath> WantedDirectories => _wanted;

    /// <summary>A place in the sequence of changes.</summary>
    public int Mark => _log.Count;

    /// <summary>The path as it is now.</summary>
    /// <exception cref="RefusedException">The reader refused the path (a link above it, a nested repository, a device).</exception>
    public OverlayEntry At(RepoPath path)
    {
        if (_entries.TryGetValue(path.Value, out var entry))
        {
            return entry;
        }

        var (found, state) = IsBelowNoDirectory(path.Value) ? (Fingerprint.Absent, PathState.Nothing) : read(path);
        if (ignoreCase && found.Kind != FileKind.Absent && !IsSpelledSo(path))
        {
            // Another name of something that is there: a collision, or the new name of a rename in case alone.
            (found, state) = (Fingerprint.Absent, PathState.Nothing);
        }

        if (found.Kind == FileKind.Special)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Permission, "special-file",
                $"\"{path}\" is a FIFO, socket or device, which is never written")
            {
                Path = path.Value,
            });
        }

        entry = new OverlayEntry(path, found, state);
        _entries.Add(path.Value, entry);
        return entry;
    }

    /// <summary>Puts a state at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="state">What shall be there.</param>
    /// <param name="from">Where its content was before the batch, for a move.</param>
    public void Set(RepoPath path, PathState state, RepoPath? from = null)
    {
        var entry = At(path);
        _log.Add((entry, entry.Now, entry.From, entry.MovedTo));
        (entry.Now, entry.From, entry.MovedTo) = (state, from, null);
        if (entry.IsPresent)
        {
            AddHolders(path.Value);
        }
    }

    /// <summary>Takes the state away from a path that goes elsewhere.</summary>
    public void SetMoved(RepoPath path, RepoPath to)
    {
        Set(path, PathState.Nothing);
        At(path).MovedTo = to;
    }

    /// <summary>Takes back everything since a mark.</summary>
    public void Revert(int mark)
    {
        for (var i = _log.Count - 1; i >= mark; i--)
        {
            var (entry, now, from, movedTo) = _log[i];
            (entry.Now, entry.From, entry.MovedTo) = (now, from, movedTo);
        }

        _log.RemoveRange(mark, _log.Count - mark);
    }

    /// <summary>The paths that were set since a mark.</summary>
    public IEnumerable<RepoPath> SetSince(int mark) => _log.Skip(mark).Select(change => change.Entry.Path);

    /// <summary>Takes back everything, keeping what was read.</summary>
    public void Reset()
    {
        Revert(0);
        _emptied.Clear();
        _wanted.Clear();
    }

    /// <summary>Whether a directory with files is at a path now, on disk or made by the batch.</summary>
    public bool IsDirectory(RepoPath path)
    {
        var entry = At(path);
        return !entry.IsPresent && (entry.Found.Kind == FileKind.Directory || FilesSetBelow(path).Any());
    }

    /// <summary>Whether the operations so far take the last file of a directory on disk, which then goes itself.</summary>
    internal bool IsEmptied(RepoPath directory)
    {
        if (At(directory).Found.Kind != FileKind.Directory || FilesSetBelow(directory).Any())
        {
            return false;
        }

        var names = Names(directory);
        return names.Count > 0 && names.All(name => !PathRules.IsDotGit(name) && IsGone(directory.Join(name)));
    }

    /// <summary>The files and links below a directory now, in path order; disk and overlay.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="directories">Gets the directories on disk that were visited, this one first.</param>
    /// <exception cref="RefusedException">A nested repository lies below it.</exception>
    public IReadOnlyList<RepoPath> FilesBelow(RepoPath directory, ICollection<RepoPath> directories)
    {
        Visit(directory, directories);
        return [.. FilesSetBelow(directory).Order()];
    }

    /// <summary>A path that was looked at before, or null.</summary>
    internal OverlayEntry? Known(string path) => _entries.GetValueOrDefault(path);

    /// <summary>The names on disk in a directory; null is the root. Read once.</summary>
    internal IReadOnlyList<string> Names(RepoPath? directory)
    {
        var key = directory?.Value ?? "";
        if (!_lists.TryGetValue(key, out var names))
        {
            _lists.Add(key, names = list(directory));
        }

        return names;
    }

    /// <summary>Remembers directories that an operation removes by name.</summary>
    internal void Empty(IEnumerable<RepoPath> directories) => _emptied.UnionWith(directories);

    /// <summary>Remembers a directory that has to be there though it gets no file.</summary>
    internal void Want(RepoPath directory) => _wanted.Add(directory);

    private IEnumerable<RepoPath> FilesSetBelow(RepoPath directory) => !_holders.Contains(directory.Value)
        && At(directory).Found.Kind != FileKind.Directory
        ? []
        : _entries.Values.Where(e => e.IsPresent && e.Path.IsBelow(directory)).Select(e => e.Path);

    // The directories that operations have put files below: without them every question for one would look at all paths.
    private void AddHolders(string path)
    {
        var lookup = _holders.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = path.LastIndexOf('/'); slash > 0 && lookup.Add(path.AsSpan(0, slash));)
        {
            slash = path.LastIndexOf('/', slash - 1);
        }
    }

    private void Visit(RepoPath directory, ICollection<RepoPath> directories)
    {
        if (At(directory).Found.Kind != FileKind.Directory)
        {
            return;
        }

        directories.Add(directory);
        foreach (var name in Names(directory))
        {
            if (PathRules.IsDotGit(name))
            {
                throw new RefusedException(new WriteError(ErrorCategory.Permission, "nested-repository",
                    $"\"{directory}\" is a repository of its own or a submodule")
                {
                    Path = directory.Value,
                    Suggestion = "run git writeopt inside it",
                });
            }

            Visit(directory.Join(name), directories);
        }
    }

    private bool IsGone(RepoPath path) => Known(path.Value) switch
    {
        { Found.Kind: FileKind.File or FileKind.Link } entry => !entry.IsPresent,
        null when !_entries.Values.Any(e => e.Path.IsBelow(path)) => false,
        _ => IsEmptied(path),
    };

    private bool IsSpelledSo(RepoPath path)
    {
        var key = path.Parent?.Value ?? "";
        if (!_spellings.TryGetValue(key, out var names))
        {
            _spellings.Add(key, names = [.. Names(path.Parent).Select(PathFolding.Canonical)]);
        }

        return names.Contains(PathFolding.Canonical(path.Name));
    }

    // What was below a file or link that this batch may have removed cannot be on disk, and the reader would refuse it.
    private bool IsBelowNoDirectory(string path)
    {
        var lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (lookup.TryGetValue(path.AsSpan(0, slash), out var above) && above.Found.Kind != FileKind.Directory
                && (above.Found.Kind == FileKind.Absent || !above.IsPresent))
            {
                return true;
            }
        }

        return false;
    }
}
