using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>Which paths a commit has; opens the directories that are asked for, once.</summary>
internal sealed class HeadTree(ObjectReader objects, ObjectId commit)
{
    private readonly Dictionary<string, Dictionary<string, RawTreeEntry>?> _directories = new(StringComparer.Ordinal);

    /// <summary>Whether there is a file of this path.</summary>
    /// <exception cref="StoreException">A tree is damaged.</exception>
    internal bool Has(string path)
    {
        var slash = path.LastIndexOf('/');
        return Directory(slash < 0 ? "" : path[..slash]) is { } entries
            && entries.TryGetValue(path[(slash + 1)..], out var entry) && !entry.IsDirectory;
    }

    /// <summary>The paths of all files, up to so many.</summary>
    /// <exception cref="StoreException">A tree is damaged.</exception>
    internal List<string> Paths(int most)
    {
        var paths = new List<string>();
        Collect(objects.ReadCommit(commit).Tree, "");
        return paths;

        void Collect(ObjectId tree, string prefix)
        {
            foreach (var entry in TreeObject.Parse(objects.ReadTree(tree), tree))
            {
                if (paths.Count == most)
                {
                    return;
                }

                var path = prefix + Encoding.UTF8.GetString(entry.Name.Span);
                if (entry.IsDirectory)
                {
                    Collect(entry.Id, path + "/");
                }
                else if (GitModes.IsFile(entry.Mode))
                {
                    paths.Add(path);
                }
            }
        }
    }

    private Dictionary<string, RawTreeEntry>? Directory(string path)
    {
        if (!_directories.TryGetValue(path, out var entries))
        {
            entries = TreeOf(path) is { } tree
                ? TreeObject.Parse(objects.ReadTree(tree), tree).ToDictionary(e => Encoding.UTF8.GetString(e.Name.Span)) : null;
            _directories.Add(path, entries);
        }

        return entries;
    }

    private ObjectId? TreeOf(string path)
    {
        if (path.Length == 0)
        {
            return objects.ReadCommit(commit).Tree;
        }

        var slash = path.LastIndexOf('/');
        return Directory(slash < 0 ? "" : path[..slash]) is { } above
            && above.TryGetValue(path[(slash + 1)..], out var entry) && entry.IsDirectory ? entry.Id : null;
    }
}
