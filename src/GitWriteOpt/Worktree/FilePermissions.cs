namespace GitWriteOpt.Worktree;

/// <summary>
/// The permission bits of many files, told briefly: those that most have, which the umask gave them, and the exceptions.
/// </summary>
/// <param name="tracked">The bits of the index's entries by their number; -1 where no file is.</param>
/// <param name="name">The path of an entry; only exceptions are asked for.</param>
internal sealed class FilePermissions(short[] tracked, Func<int, string> name)
{
    private const int PlainBits = 0x1a4;
    private const int ExecutableBits = 0x1ed;
    private const int OwnerMayExecute = 0x40;
    private const int AllBits = 0xfff;

    private readonly List<(string Path, int Permissions)> _others = [];

    /// <summary>Notes those of a file without an entry; links have none.</summary>
    internal void Note(string path, in Fingerprint found)
    {
        if (found.Kind == FileKind.File)
        {
            _others.Add((path, found.Permissions));
        }
    }

    /// <summary>The usual bits of plain and of executable files, and the files that have others.</summary>
    internal ((int Plain, int Executable) Usual, IReadOnlyList<(string Path, int Permissions)> Odd) Sorted()
    {
        var counts = new int[AllBits + 1];
        foreach (var bits in tracked)
        {
            if (bits >= 0)
            {
                counts[bits]++;
            }
        }

        _others.ForEach(other => counts[other.Permissions]++);
        var plain = Usual(counts, executable: false, PlainBits);
        var executable = Usual(counts, executable: true, ExecutableBits);
        var odd = _others.Where(o => o.Permissions != plain && o.Permissions != executable).ToList();
        for (var i = 0; i < tracked.Length; i++)
        {
            if (tracked[i] >= 0 && tracked[i] != plain && tracked[i] != executable)
            {
                odd.Add((name(i), tracked[i]));
            }
        }

        odd.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return ((plain, executable), odd);
    }

    private static int Usual(int[] counts, bool executable, int otherwise)
    {
        var most = -1;
        for (var bits = 0; bits <= AllBits; bits++)
        {
            if ((bits & OwnerMayExecute) != 0 == executable && counts[bits] > (most < 0 ? 0 : counts[most]))
            {
                most = bits;
            }
        }

        return most < 0 ? otherwise : most;
    }
}
