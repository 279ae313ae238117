using System.Text;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>What a path becomes in a tree.</summary>
/// <param name="Path">The path.</param>
/// <param name="Mode">git's mode; of no meaning where it goes.</param>
/// <param name="Id">The blob; null where the path goes.</param>
internal readonly record struct TreeChange(RepoPath Path, int Mode, ObjectId? Id);

/// <summary>Changes a tree at some paths: only the directories above them are read and made anew.</summary>
internal sealed class TreeUpdate(TreeStore trees, IReadOnlyList<TreeChange> changes)
{
    /// <summary>The changed tree. Each path once; a file may take a directory's place where all in it goes, and the reverse.</summary>
    public static ObjectId Make(TreeStore trees, ObjectId root, IEnumerable<TreeChange> changes)
    {
        var sorted = changes.OrderBy(c => c.Path).ToList();
        return sorted.Count == 0 ? root : new TreeUpdate(trees, sorted).Directory(root, 0, sorted.Count, 0) ?? trees.Add([]);
    }

    // The changes from start to end lie below one directory; depth is the length of its path with the slash.
    private ObjectId? Directory(ObjectId? root, int start, int end, int depth)
    {
        var lines = new Dictionary<string, RawTreeEntry>(StringComparer.Ordinal);
        foreach (var line in root is { } id ? trees.Read(id) : [])
        {
            // Latin-1 keeps every byte apart, whatever the name's encoding is.
            lines[Encoding.Latin1.GetString(line.Name.Span)] = line;
        }

        foreach (var (name, at, upTo) in Groups(start, end, depth))
        {
            var bytes = Encoding.UTF8.GetBytes(name);
            var key = Encoding.Latin1.GetString(bytes);
            var itself = changes[at].Path.Value.Length == depth + name.Length ? changes[at] : default(TreeChange?);
            var first = itself is null ? at : at + 1;
            var there = lines.TryGetValue(key, out var found) ? found : default(RawTreeEntry?);
            var below = there is { IsDirectory: true } directory ? directory.Id : default(ObjectId?);
            if (first < upTo)
            {
                below = Directory(below, first, upTo, depth + name.Length + 1);
            }
            else if (itself is not null)
            {
                below = null; // a file, or nothing, in the directory's place
            }

            if (below is { } tree)
            {
                lines[key] = new RawTreeEntry(RawTreeEntry.DirectoryMode, bytes, tree);
            }
            else if (itself is { Id: { } blob, Mode: var mode })
            {
                lines[key] = new RawTreeEntry(mode, bytes, blob);
            }
            else if (itself is not null || there is { IsDirectory: true })
            {
                lines.Remove(key);
            }
        }

        return lines.Count == 0 ? null : trees.Add([.. lines.Values]);
    }

    // In byte order "a", "a.txt" and "a/b" may be apart, so what has one first component is brought together.
    private IEnumerable<(string Name, int Start, int End)> Groups(int start, int end, int depth)
    {
        for (var i = start; i < end;)
        {
            var path = changes[i].Path.Value;
            var slash = path.IndexOf('/', depth);
            var name = slash < 0 ? path[depth..] : path[depth..slash];
            var prefix = path[..depth] + name + "/";
            var next = i + 1;
            while (next < end && changes[next].Path.Value.StartsWith(prefix, StringComparison.Ordinal))
            {
                next++;
            }

            yield return (name, i, next);
            i = next;
        }
    }
}
