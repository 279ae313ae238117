using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Trees that hold the touched paths and nothing else, so that their cost does not depend on the size of the repository
/// (I12).
/// </summary>
public static class SparseTree
{
    private const int MostEntries = 2_500_000;

    /// <summary>Adds the trees of these paths to a pack, the nested ones first. Without entries: the empty tree.</summary>
    /// <returns>The root.</returns>
    /// <exception cref="ArgumentException">A path is given twice, or is a file and a directory.</exception>
    public static ObjectId Write(PackWriter pack, IEnumerable<TreeEntry> entries)
    {
        // In byte order of the whole paths each directory's entries are together, and in git's order of tree entries,
        // which compares directories as if their names ended in a slash.
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (left, right) => left.Path.CompareTo(right.Path));
        RefuseClashes(sorted);
        return Write(pack, sorted, 0);
    }

    /// <summary>All paths below a tree, in git's order.</summary>
    /// <exception cref="StoreException">A tree is missing or damaged.</exception>
    /// <exception cref="RefusedException">It holds a path that may not be written (such a tree is not of our making).</exception>
    public static IReadOnlyList<TreeEntry> Read(ObjectReader reader, ObjectId root)
    {
        var entries = new List<TreeEntry>();
        var budget = MostEntries;
        Read(reader, root, "", entries, [], ref budget);
        return entries;
    }

    private static ObjectId Write(PackWriter pack, ReadOnlySpan<TreeEntry> entries, int depth)
    {
        var tree = new MemoryStream(entries.Length * 48);
        for (var i = 0; i < entries.Length;)
        {
            var path = entries[i].Path.Value;
            var slash = path.IndexOf('/', depth);
            if (slash < 0)
            {
                Line(tree, entries[i].Mode, path.AsSpan(depth), entries[i].Id);
                i++;
                continue;
            }

            var directory = path.AsSpan(0, slash + 1);
            var end = i + 1;
            while (end < entries.Length && entries[end].Path.Value.AsSpan().StartsWith(directory))
            {
                end++;
            }

            var id = Write(pack, entries[i..end], slash + 1);
            Line(tree, RawTreeEntry.DirectoryMode, path.AsSpan(depth, slash - depth), id);
            i = end;
        }

        return pack.AddTree(tree.GetBuffer().AsSpan(0, (int)tree.Length));
    }

    /// <summary>Appends one line of a tree object.</summary>
    internal static void Line(MemoryStream tree, int mode, ReadOnlySpan<byte> name, ObjectId id)
    {
        Span<byte> buffer = stackalloc byte[8];
        var used = 0;
        for (var shift = mode >= 0x8000 ? 15 : 12; shift >= 0; shift -= 3)
        {
            buffer[used++] = (byte)('0' + ((mode >> shift) & 7));
        }

        buffer[used++] = (byte)' ';
        tree.Write(buffer[..used]);
        tree.Write(name);
        tree.WriteByte(0);
        Span<byte> raw = stackalloc byte[32];
        id.CopyTo(raw);
        tree.Write(raw[..id.Length]);
    }

    private static void Line(MemoryStream tree, int mode, ReadOnlySpan<char> name, ObjectId id)
    {
        Span<byte> bytes = stackalloc byte[PathRules.LongestComponent];
        Line(tree, mode, bytes[..Encoding.UTF8.GetBytes(name, bytes)], id);
    }

    private static void RefuseClashes(ReadOnlySpan<TreeEntry> sorted)
    {
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Path == sorted[i - 1].Path)
            {
                throw new ArgumentException($"\"{sorted[i].Path}\" is given twice");
            }
        }

        // A file "a" and a path "a/b" need not be neighbours: "a.txt" sorts between them.
        var files = new HashSet<string>(sorted.Length, StringComparer.Ordinal);
        foreach (var entry in sorted)
        {
            files.Add(entry.Path.Value);
        }

        var lookup = files.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var entry in sorted)
        {
            var path = entry.Path.Value.AsSpan();
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path[..slash].LastIndexOf('/'))
            {
                if (lookup.Contains(path[..slash]))
                {
                    throw new ArgumentException($"\"{path[..slash]}\" is a file and a directory of \"{path}\"");
                }
            }
        }
    }

    private static void Read(
        ObjectReader reader, ObjectId id, string prefix, List<TreeEntry> entries,
        Dictionary<ObjectId, List<RawTreeEntry>> known, ref int budget)
    {
        // A tree that somebody else made can be nested without end, or hold itself manifold: small, and never read through.
        if (prefix.Length > PathRules.LongestPath)
        {
            throw DamagedObject.Error(id, "it is nested too deeply");
        }

        if (!known.TryGetValue(id, out var lines))
        {
            known.Add(id, lines = TreeObject.Parse(reader.ReadTree(id), id));
        }

        foreach (var entry in lines)
        {
            if (--budget < 0)
            {
                throw DamagedObject.Error(id, $"the tree that it is in has more than {MostEntries} entries");
            }

            var path = prefix + TreeObject.Name(entry);
            if (entry.IsDirectory)
            {
                Read(reader, entry.Id, path + "/", entries, known, ref budget);
            }
            else
            {
                entries.Add(new TreeEntry(RepoPath.Parse(path), entry.Mode, entry.Id));
            }
        }
    }
}
