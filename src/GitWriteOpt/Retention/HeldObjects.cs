using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Retention;

/// <summary>
/// The objects that commits of ours reach, each given to the first that asks for it. Parents are followed as far as they
/// are ours: a snapshot may stand on a commit of the user's, which we do not hold.
/// </summary>
internal sealed class HeldObjects(ObjectReader objects)
{
    private readonly HashSet<ObjectId> _seen = [];

    /// <summary>Those that nobody has asked for yet. What is missing or damaged is passed over.</summary>
    internal List<ObjectId> New(ObjectId commit)
    {
        var found = new List<ObjectId>();
        var left = new Stack<ObjectId>([commit]);
        while (left.TryPop(out var id))
        {
            if (_seen.Contains(id) || objects.TryRead(id) is not { Type: ObjectType.Commit } read
                || CommitObject.Parse(read.Bytes, id) is not { } parsed || !IsOurs(parsed))
            {
                continue;
            }

            Add(id, found);
            Tree(parsed.Tree, found);
            foreach (var parent in parsed.Parents)
            {
                left.Push(parent);
            }
        }

        return found;
    }

    /// <summary>Whether we made a commit.</summary>
    internal static bool IsOurs(CommitObject commit) =>
        commit.Trailers.Any(t => t.Key.StartsWith("Writeopt-", StringComparison.OrdinalIgnoreCase));

    private void Tree(ObjectId tree, List<ObjectId> found)
    {
        if (!Add(tree, found) || objects.TryRead(tree) is not { Type: ObjectType.Tree } read)
        {
            return;
        }

        foreach (var entry in TreeObject.Parse(read.Bytes, tree))
        {
            if (entry.IsDirectory)
            {
                Tree(entry.Id, found);
            }
            else
            {
                Add(entry.Id, found);
            }
        }
    }

    private bool Add(ObjectId id, List<ObjectId> found)
    {
        if (_seen.Add(id))
        {
            found.Add(id);
            return true;
        }

        return false;
    }
}
