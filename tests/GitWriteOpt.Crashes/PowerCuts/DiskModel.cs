using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.PowerCuts;

/// <summary>How names reach the disk that nobody has synced.</summary>
public enum NameOrder
{
    /// <summary>In the order in which they were made: one journal for all metadata, as ext4, xfs and btrfs have.</summary>
    Kept,

    /// <summary>In any order.</summary>
    Any,
}

/// <summary>
/// What of a traced run would be on the disk after a power cut. Data is there only after fsync, fdatasync or a syncfs of
/// its file system; a name only after an fsync of its directory or such a syncfs. Anything else may be there or not:
/// the system writes back when it likes. One file system is assumed.
/// </summary>
public sealed class DiskModel
{
    private const long RenameExchange = 2;

    // The file (a number) at each path, and the files whose bytes were not synced.
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly HashSet<int> _unsynced = [];
    private readonly HashSet<string> _pendingNames = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Names that were made, moved or removed, and are not known to be on the disk.</summary>
    public IReadOnlySet<string> PendingNames => _pendingNames;

    /// <summary>Whether the bytes at a path are on the disk.</summary>
    public bool HasData(string path) => !_files.TryGetValue(path, out var file) || !_unsynced.Contains(file);

    /// <summary>Whether the name itself is.</summary>
    public bool HasName(string path) => !_pendingNames.Contains(path);

    /// <summary>Whether the run has touched a file that is at this path now.</summary>
    public bool Knows(string path) => _files.ContainsKey(path);

    /// <summary>Follows one call. Calls that failed change nothing.</summary>
    public void Follow(TracedCall call)
    {
        if (!call.Succeeded)
        {
            return;
        }

        switch (call.Class)
        {
            case CallClass.Create:
                Make(call.Paths[0]);
                break;
            case CallClass.Write or CallClass.Resize:
                _unsynced.Add(FileAt(call.Paths[0]));
                break;
            case CallClass.MakeDirectory or CallClass.SymbolicLink:
                _pendingNames.Add(call.Paths[0]);
                break;
            case CallClass.Remove:
                // A directory that goes was empty: once that is on the disk, so is all that left it before.
                _pendingNames.RemoveWhere(name => name.StartsWith(call.Paths[0] + "/", StringComparison.Ordinal));
                _files.Remove(call.Paths[0]);
                _pendingNames.Add(call.Paths[0]);
                break;
            case CallClass.HardLink:
                _files[call.Paths[1]] = FileAt(call.Paths[0]);
                _pendingNames.Add(call.Paths[1]);
                break;
            case CallClass.Rename:
                Rename(call);
                break;
            case CallClass.Sync:
                SyncOf(call);
                break;
            default:
                break;
        }
    }

    private void Make(string path)
    {
        if (!_files.ContainsKey(path))
        {
            _files[path] = ++_count;
            _pendingNames.Add(path);
        }
    }

    private int FileAt(string path)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            file = _files[path] = ++_count;
        }

        return file;
    }

    private void Rename(TracedCall call)
    {
        var (from, to) = (call.Paths[0], call.Paths[1]);
        _pendingNames.Add(from);
        _pendingNames.Add(to);
        var knew = _files.Remove(from, out var moved);
        var replaced = _files.Remove(to, out var there);
        if (knew)
        {
            _files[to] = moved;
        }

        if (replaced && call.Flags == RenameExchange)
        {
            _files[from] = there;
        }

        // A directory takes along what is below it.
        foreach (var (path, file) in _files.Where(f => f.Key.StartsWith(from + "/", StringComparison.Ordinal)).ToList())
        {
            _files.Remove(path);
            _files[to + path[from.Length..]] = file;
        }
    }

    private void SyncOf(TracedCall call)
    {
        if (call.Name is "syncfs" or "sync")
        {
            _unsynced.Clear();
            _pendingNames.Clear();
            return;
        }

        var path = call.Paths[0];
        if (_files.TryGetValue(path, out var file))
        {
            _unsynced.Remove(file);
        }

        _pendingNames.RemoveWhere(name => Path.GetDirectoryName(name) == path);
    }
}
