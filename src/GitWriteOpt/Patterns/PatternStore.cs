using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Patterns;

/// <summary>
/// Reads and writes what was learned: one commit without parents at <see cref="RefNames.Patterns"/>, whose tree people
/// can read with ordinary git (<c>git show refs/writeopt/patterns:state.json</c>).
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Read"/>, then <see cref="Write"/> with that tree and what changed. Guarantees: a reader
/// sees one whole state; files that did not change cost nothing; of two writers at once the second is told
/// (<c>ref-changed</c> or <c>ref-exists</c>) and nothing of the first is lost. What is damaged reads as empty with
/// <see cref="PatternTree.Damage"/> set, and the next write replaces it: all of it can be mined again. The commit has no
/// parent, since every increment would otherwise stay for good.
/// </remarks>
/// <param name="layout">The repository; may be bare.</param>
/// <param name="refs">Its refs.</param>
/// <param name="objects">Its objects.</param>
/// <param name="author"><c>Name &lt;mail&gt;</c> for the commit.</param>
/// <param name="time">The clock.</param>
public sealed class PatternStore(
    RepositoryLayout layout, RefStore refs, ObjectReader objects, string author, TimeProvider time)
{
    /// <summary>What is there now.</summary>
    /// <exception cref="StoreException">The disk failed.</exception>
    public PatternTree Read()
    {
        ObjectId? commit = null;
        try
        {
            commit = refs.Read(RefNames.Patterns);
            if (commit is null)
            {
                return PatternTree.Nothing(null, damage: null);
            }

            var files = new SortedDictionary<string, ObjectId>(PatternTree.Comparer);
            Collect(objects.ReadCommit(commit.Value).Tree, "", files);
            return new PatternTree(objects, commit, files, damage: null);
        }
        catch (WriteException cause) when (cause is RefusedException
            || cause.Error.Code is "damaged-ref" or "damaged-object" or "missing-object")
        {
            return PatternTree.Nothing(commit, cause.Message);
        }
    }

    /// <summary>
    /// One file of the root of what is there now, by the few objects that lead to it; null where there is none, or nothing
    /// that can be read.
    /// </summary>
    internal byte[]? TryRead(string name)
    {
        try
        {
            if (refs.Read(RefNames.Patterns) is not { } commit)
            {
                return null;
            }

            var tree = objects.ReadCommit(commit).Tree;
            foreach (var entry in TreeObject.Parse(objects.ReadTree(tree), tree))
            {
                if (!entry.IsDirectory && TreeObject.Name(entry) == name)
                {
                    return objects.ReadVerified(entry.Id).Bytes;
                }
            }
        }
        catch (WriteException)
        {
            // What is damaged is rebuilt by the next learning; until then it says nothing.
        }

        return null;
    }

    /// <summary>Writes the files of a tree with these changes; durable on return.</summary>
    /// <param name="before">The tree that was read.</param>
    /// <param name="changes">New contents by path, null to remove; a path that ends with a slash removes a directory.</param>
    /// <param name="message">What was learned, for <c>git show</c>.</param>
    /// <returns>The new commit; the old one where nothing changed.</returns>
    /// <exception cref="StoreException">The ref was moved by somebody else meanwhile, or the disk failed.</exception>
    public ObjectId Write(PatternTree before, IReadOnlyDictionary<string, byte[]?> changes, string message)
    {
        MakeDirectory();
        using var pack = new PackWriter(layout);
        var files = new SortedDictionary<string, ObjectId>(PatternTree.Comparer);
        List<string> removed = [.. changes.Where(c => c.Value is null).Select(c => c.Key)];
        foreach (var (path, id) in before.Ids)
        {
            if (!removed.Exists(r => r == path || (r.EndsWith('/') && path.StartsWith(r, StringComparison.Ordinal))))
            {
                files[path] = id;
            }
        }

        foreach (var (path, bytes) in changes)
        {
            if (bytes is not null && (!files.TryGetValue(path, out var old)
                || ObjectHash.Of(ObjectType.Blob, bytes, layout.ObjectFormat) != old))
            {
                files[path] = pack.AddBlob(Content.Of(bytes));
            }
        }

        var trees = new TreeStore(objects, pack, layout.ObjectFormat);
        var tree = Tree([.. files], "", trees);
        if (before.Commit is { } unchanged && before.Damage is null && objects.ReadCommit(unchanged).Tree == tree)
        {
            return unchanged;
        }

        var commit = pack.AddCommit(new CommitObject
        {
            Tree = tree,
            Author = author,
            AuthorDate = time.GetLocalNow(),
            Message = message,
        }.ToBytes());
        Publish(pack, before, commit);
        return commit;
    }

    private void MakeDirectory()
    {
        var directory = layout.CommonDirectory + "/writeopt";
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("make", directory, cause);
        }
    }

    private void Publish(PackWriter pack, PatternTree before, ObjectId commit)
    {
        if (before is { Damage: not null, Commit: null })
        {
            refs.Apply(durable: false, new RefUpdate.Delete(RefNames.Patterns, Old: null));
        }

        var written = pack.Finish();
        written?.Sync();
        refs.Apply(durable: true, before.Commit is { } old
            ? new RefUpdate.Update(RefNames.Patterns, commit, old) : new RefUpdate.Create(RefNames.Patterns, commit));
        if (written is not null)
        {
            written.ReleaseKeep();
            OwnPacks.Record(layout, written);
        }
    }

    private void Collect(ObjectId tree, string prefix, SortedDictionary<string, ObjectId> files)
    {
        foreach (var entry in TreeObject.Parse(objects.ReadTree(tree), tree))
        {
            var path = prefix + TreeObject.Name(entry);
            if (entry.IsDirectory)
            {
                Collect(entry.Id, path + "/", files);
            }
            else if (GitModes.IsFile(entry.Mode))
            {
                files[path] = entry.Id;
            }
        }
    }

    private static ObjectId Tree(IReadOnlyList<KeyValuePair<string, ObjectId>> files, string prefix, TreeStore trees)
    {
        var entries = new List<RawTreeEntry>();
        foreach (var group in files.GroupBy(file => file.Key[prefix.Length..].Split('/', 2)[0]))
        {
            var below = group.Where(file => file.Key.Length > prefix.Length + group.Key.Length).ToList();
            var name = Encoding.UTF8.GetBytes(group.Key);
            entries.Add(below.Count > 0
                ? new RawTreeEntry(RawTreeEntry.DirectoryMode, name, Tree(below, $"{prefix}{group.Key}/", trees))
                : new RawTreeEntry(GitModes.Regular, name, group.Single().Value));
        }

        return trees.Add(entries);
    }
}
