using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>What templates wrote, as the transactions tell it.</summary>
internal static class TemplateTransactions
{
    /// <summary>The beginning of the message of a transaction that a template made; its name follows.</summary>
    internal const string Message = "Template ";

    private const int Most = 500;

    /// <summary>The newest transactions of a template.</summary>
    internal static IEnumerable<CommitObject> Of(string name, RefStore refs, ObjectReader objects) =>
        refs.LastFirst(RefNames.Transactions).Take(Most).Select(r => objects.ReadCommit(r.Id))
            .Where(c => c.Trailer("Writeopt-Format") == "template" && c.Message.StartsWith($"{Message}{name}:", StringComparison.Ordinal));

    /// <summary>The files of a transaction's after tree that its before tree does not have.</summary>
    internal static IEnumerable<(string Path, ObjectId Blob)> Files(CommitObject commit, ObjectReader objects)
    {
        var before = commit.Parents.Count > 0 ? Walk(objects.ReadCommit(commit.Parents[0]).Tree, "", objects).Select(f => f.Path).ToHashSet(StringComparer.Ordinal) : [];
        return Walk(commit.Tree, "", objects).Where(f => !before.Contains(f.Path));
    }

    /// <summary>The blob at a path of a commit, or null.</summary>
    internal static ObjectId? Find(ObjectId commit, string path, ObjectReader objects)
    {
        var tree = objects.ReadCommit(commit).Tree;
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var entry = TreeObject.Parse(objects.ReadTree(tree), tree).FirstOrDefault(e => TreeObject.Name(e) == parts[i]);
            if (entry.Name.IsEmpty || entry.IsDirectory != i < parts.Length - 1)
            {
                return null;
            }

            tree = entry.Id;
        }

        return tree;
    }

    private static IEnumerable<(string Path, ObjectId Blob)> Walk(ObjectId tree, string prefix, ObjectReader objects)
    {
        foreach (var entry in TreeObject.Parse(objects.ReadTree(tree), tree))
        {
            var path = prefix + TreeObject.Name(entry);
            if (entry.IsDirectory)
            {
                foreach (var below in Walk(entry.Id, path + "/", objects))
                {
                    yield return below;
                }
            }
            else
            {
                yield return (path, entry.Id);
            }
        }
    }
}
