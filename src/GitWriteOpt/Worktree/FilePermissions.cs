namespace GitWriteOpt.Worktree;

/// <summary>
/// The permission bits of many files, told briefly: those that most have, which the umask gave them, and the exceptions.
/// </summary>
internal sealed class FilePermissions
{
    private const int PlainBits = 0x1a4;
    private const int ExecutableBits = 0x1ed;
    private const int OwnerMayExecute = 0x40;

    private readonly Dictionary<int, List<string>> _byBits = [];

    /// <summary>Notes a file's; links have none.</summary>
    internal void Note(string path, in Fingerprint found)
    {
        if (found.Kind != FileKind.File)
        {
            return;
        }

        if (!_byBits.TryGetValue(found.Permissions, out var paths))
        {
            _byBits[found.Permissions] = paths = [];
        }

        paths.Add(path);
    }

    /// <summary>The usual bits of plain and of executable files, and the files that have others.</summary>
    internal ((int Plain, int Executable) Usual, IReadOnlyList<(string Path, int Permissions)> Odd) Sorted()
    {
        var plain = Usual(executable: false, PlainBits);
        var executable = Usual(executable: true, ExecutableBits);
        return ((plain, executable),
        [
            .. _byBits.Where(b => b.Key != plain && b.Key != executable)
                .SelectMany(b => b.Value.Select(path => (path, b.Key))).OrderBy(o => o.path, StringComparer.Ordinal),
        ]);
    }

    private int Usual(bool executable, int otherwise) =>
        _byBits.Where(b => (b.Key & OwnerMayExecute) != 0 == executable).OrderByDescending(b => b.Value.Count)
            .Select(b => (int?)b.Key).FirstOrDefault() ?? otherwise;
}
