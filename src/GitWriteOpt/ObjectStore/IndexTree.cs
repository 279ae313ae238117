using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The tree that the index stands for, as <c>git write-tree</c> would make it: parts that git knows the tree of are
/// taken over, the others made. What is unmerged, only intended to be added or not named in UTF-8 is left out.
/// </summary>
internal sealed class IndexTree(TreeStore trees, IReadOnlyList<IndexEntry> entries)
{
    private int _at;

    /// <summary>Makes the tree.</summary>
    /// <param name="trees">Where trees are read and made.</param>
    /// <param name="entries">All entries, in index order.</param>
    /// <param name="known">What git knows; null for nothing.</param>
    public static ObjectId Make(TreeStore trees, IReadOnlyList<IndexEntry> entries, CachedTree? known)
    {
        var tree = known is { Id: { } whole } && known.Count == entries.Count
            ? whole : new IndexTree(trees, entries).Directory("", known) ?? trees.Empty;

        // git knows the empty tree without having it, but its fsck misses it where a commit names it.
        return tree == trees.Empty ? trees.Add([]) : tree;
    }

    private ObjectId? Directory(string prefix, CachedTree? known)
    {
        var lines = new List<RawTreeEntry>();
        while (_at < entries.Count && entries[_at].Path.StartsWith(prefix, StringComparison.Ordinal))
        {
            var entry = entries[_at];
            var slash = entry.Path.IndexOf('/', prefix.Length);
            if (slash < 0)
            {
                _at++;
                if (entry.Stage == 0 && !entry.Flags.HasFlag(IndexFlags.IntentToAdd)
                    && !entry.Path.Contains('\ufffd', StringComparison.Ordinal))
                {
                    lines.Add(new RawTreeEntry(entry.Mode, Encoding.UTF8.GetBytes(entry.Path[prefix.Length..]), entry.Id));
                }

                continue;
            }

            var name = entry.Path[prefix.Length..slash];
            var below = known?.Below.GetValueOrDefault(name);
            ObjectId? tree;
            if (below is { Id: { } id, Count: > 0 })
            {
                tree = id;
                _at += below.Count;
            }
            else
            {
                tree = Directory(entry.Path[..(slash + 1)], below);
            }

            if (tree is { } made)
            {
                lines.Add(new RawTreeEntry(RawTreeEntry.DirectoryMode, Encoding.UTF8.GetBytes(name), made));
            }
        }

        return lines.Count == 0 ? null : trees.Add(lines);
    }
}
