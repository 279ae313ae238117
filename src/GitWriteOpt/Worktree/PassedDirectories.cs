using System.Text;

namespace GitWriteOpt.Worktree;

/// <summary>
/// The directories above the entry that is looked at, open one inside the other: entries come in the index's order, so
/// the next one mostly lies in the same. What lies below a name that is no directory of this worktree (gone, a link, a
/// file) is absent, as git sees it. One thread's.
/// </summary>
internal sealed class PassedDirectories(OpenDirectory root) : IDisposable
{
    private readonly List<(int End, OpenDirectory? Directory)> _open = [];
    private byte[] _path = [];

    /// <summary>What is at an entry's path.</summary>
    internal Fingerprint Look(ReadOnlySpan<byte> terminated)
    {
        var slash = terminated.LastIndexOf((byte)'/');
        return slash < 0 ? root.Look(terminated)
            : Enter(terminated[..(slash + 1)])?.Look(terminated[(slash + 1)..]) ?? Fingerprint.Absent;
    }

    /// <inheritdoc/>
    public void Dispose() => Leave(0);

    // The path of a directory, with the slash at its end.
    private OpenDirectory? Enter(ReadOnlySpan<byte> path)
    {
        if (path.SequenceEqual(_path))
        {
            return _open[^1].Directory;
        }

        var kept = 0;
        while (kept < _open.Count && path.StartsWith(_path.AsSpan(0, _open[kept].End)))
        {
            kept++;
        }

        Leave(kept);
        for (var start = kept == 0 ? 0 : _open[^1].End; start < path.Length;)
        {
            var above = _open.Count == 0 ? root : _open[^1].Directory;
            var end = start + path[start..].IndexOf((byte)'/');
            _open.Add((end + 1, above?.Pass(Encoding.UTF8.GetString(path[start..end])).Directory));
            start = end + 1;
        }

        _path = path.ToArray();
        return _open[^1].Directory;
    }

    private void Leave(int kept)
    {
        while (_open.Count > kept)
        {
            _open[^1].Directory?.Dispose();
            _open.RemoveAt(_open.Count - 1);
        }
    }
}
