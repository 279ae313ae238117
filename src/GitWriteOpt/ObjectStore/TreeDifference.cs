using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>A path that two trees do not have alike.</summary>
/// <param name="Path">The path; bytes that are not UTF-8 are shown as U+FFFD.</param>
/// <param name="Old">What the first tree has there; null for nothing. Never a directory.</param>
/// <param name="New">What the second tree has there; null for nothing. Never a directory.</param>
internal readonly record struct TreeDelta(string Path, RawTreeEntry? Old, RawTreeEntry? New);

/// <summary>Compares two trees; directories that are the same are not opened, so the cost is that of the difference.</summary>
internal static class TreeDifference
{
    /// <summary>What differs, in no promised order.</summary>
    public static IEnumerable<TreeDelta> Between(TreeStore trees, ObjectId before, ObjectId after) =>
        Between(trees, before, after, "");

    private static IEnumerable<TreeDelta> Between(TreeStore trees, ObjectId? before, ObjectId? after, string prefix)
    {
        if (before == after)
        {
            yield break;
        }

        var old = Lines(trees, before);
        var now = Lines(trees, after);
        foreach (var key in old.Keys.Union(now.Keys))
        {
            var left = old.TryGetValue(key, out var l) ? l : default(RawTreeEntry?);
            var right = now.TryGetValue(key, out var r) ? r : default(RawTreeEntry?);
            if (left is { } a && right is { } b && a.Id == b.Id && a.Mode == b.Mode)
            {
                continue;
            }

            var path = prefix + Encoding.UTF8.GetString((left ?? right)!.Value.Name.Span);
            var (oldTree, newTree) = (Directory(left), Directory(right));
            foreach (var inner in Between(trees, oldTree, newTree, path + "/"))
            {
                yield return inner;
            }

            var (oldFile, newFile) = (oldTree is null ? left : null, newTree is null ? right : null);
            if (oldFile is not null || newFile is not null)
            {
                yield return new TreeDelta(path, oldFile, newFile);
            }
        }
    }

    private static ObjectId? Directory(RawTreeEntry? line) => line is { IsDirectory: true } tree ? tree.Id : null;

    private static Dictionary<string, RawTreeEntry> Lines(TreeStore trees, ObjectId? id) =>
        id is { } tree ? trees.Read(tree).ToDictionary(line => Encoding.Latin1.GetString(line.Name.Span)) : [];
}
