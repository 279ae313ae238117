using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>The paths of snapshots, with all that they stand on as far as it is ours; each tree at each place once.</summary>
internal static class SnapshotEntries
{
    /// <summary>Reads them, lazily.</summary>
    internal static IEnumerable<(string Path, ObjectId Blob)> Of(TransactionContext context, ObjectId commit)
    {
        var seen = new HashSet<(ObjectId, string)>();
        var left = new Stack<ObjectId>([commit]);
        while (left.TryPop(out var id))
        {
            if (!seen.Add((id, "")) || context.Objects.TryRead(id) is not { Type: ObjectType.Commit } read
                || CommitObject.Parse(read.Bytes, id) is not { } parsed || !HeldObjects.IsOurs(parsed))
            {
                continue;
            }

            foreach (var entry in Below(context.Objects, parsed.Tree, "", seen))
            {
                yield return entry;
            }

            foreach (var parent in parsed.Parents)
            {
                left.Push(parent);
            }
        }
    }

    private static IEnumerable<(string Path, ObjectId Blob)> Below(
        ObjectReader objects, ObjectId tree, string prefix, HashSet<(ObjectId, string)> seen)
    {
        if (!seen.Add((tree, prefix)) || objects.TryRead(tree) is not { Type: ObjectType.Tree } read)
        {
            yield break;
        }

        foreach (var entry in TreeObject.Parse(read.Bytes, tree))
        {
            var path = prefix + Encoding.UTF8.GetString(entry.Name.Span);
            if (!entry.IsDirectory)
            {
                yield return (path, entry.Id);
                continue;
            }

            foreach (var inner in Below(objects, entry.Id, path + "/", seen))
            {
                yield return inner;
            }
        }
    }
}
