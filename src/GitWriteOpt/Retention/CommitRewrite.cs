using System.Globalization;
using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// Writes commits of ours anew without some of their paths: trees, and the trailers that speak of these paths. Everything
/// else stays, author and dates included; trailers say what was forgotten.
/// </summary>
internal sealed class CommitRewrite(TransactionContext context, PackWriter pack)
{
    private readonly HashSet<(ObjectId Tree, string Prefix)> _harmless = [];
    private readonly Dictionary<ObjectId, ObjectId> _commits = [];

    /// <summary>A transaction (or a kept batch) without these paths, which are not all of its.</summary>
    internal ObjectId Transaction(RecordedTransaction recorded, IReadOnlySet<RepoPath> gone)
    {
        var reader = new TransactionReader(context.Objects);
        var left = recorded.Changes.Where(c => !gone.Contains(c.Path)).ToList();
        var names = gone.Select(p => p.Value).ToHashSet(StringComparer.Ordinal);
        var backup = Write(reader.Commit(recorded.Backup), [], names, left);
        return Write(reader.Commit(recorded.Commit), [backup], names, left);
    }

    /// <summary>A snapshot, checkpoint or rescue without what is secret, and those of ours that it stands on.</summary>
    /// <param name="id">The commit.</param>
    /// <param name="secret">What has to go.</param>
    /// <param name="gone">Receives the paths that went.</param>
    /// <returns>The same where nothing had to go.</returns>
    internal ObjectId Snapshot(ObjectId id, Secret secret, ISet<string> gone)
    {
        if (_commits.TryGetValue(id, out var known))
        {
            return known;
        }

        if (context.Objects.TryRead(id) is not { Type: ObjectType.Commit } read
            || CommitObject.Parse(read.Bytes, id) is not { } commit || !HeldObjects.IsOurs(commit))
        {
            return _commits[id] = id;
        }

        var here = new HashSet<string>(StringComparer.Ordinal);
        var parents = commit.Parents.Select(p => Snapshot(p, secret, gone)).ToList();
        var tree = Tree(commit.Tree, "", secret.Covers, here, _harmless);
        gone.UnionWith(here);
        return _commits[id] = tree == commit.Tree && parents.SequenceEqual(commit.Parents) ? id
            : pack.AddCommit((commit with
            {
                Tree = tree ?? pack.AddTree([]),
                Parents = parents,
                Trailers = [.. Kept(commit.Trailers, here), .. Forgotten(here)],
            }).ToBytes());
    }

    private ObjectId Write(CommitObject commit, IReadOnlyList<ObjectId> parents, HashSet<string> gone,
        IReadOnlyList<RecordedChange> left) => pack.AddCommit((commit with
        {
            Tree = Tree(commit.Tree, "", (path, _) => gone.Contains(path), new HashSet<string>()) ?? pack.AddTree([]),
            Parents = parents,
            Trailers = [.. Kept(commit.Trailers, gone).Select(t => Recounted(t, left)).Where(t => Remains(t, left)), .. Forgotten(gone)],
        }).ToBytes());

    // Null for a tree of which nothing is left. A tree that is missing (a partial clone) cannot hold what is here.
    private ObjectId? Tree(ObjectId id, string prefix, Func<string, ObjectId?, bool> goes, HashSet<string> gone,
        HashSet<(ObjectId, string)>? harmless = null)
    {
        if (harmless?.Contains((id, prefix)) == true || context.Objects.TryRead(id) is not { Type: ObjectType.Tree } read)
        {
            return id;
        }

        var lines = new MemoryStream(read.Bytes.Length);
        foreach (var entry in TreeObject.Parse(read.Bytes, id))
        {
            var path = prefix + Encoding.UTF8.GetString(entry.Name.Span);
            var now = entry.IsDirectory ? Tree(entry.Id, path + "/", goes, gone, harmless)
                : goes(path, entry.Id) ? null : entry.Id;
            if (now is { } kept)
            {
                lines.Write(Encoding.ASCII.GetBytes(Convert.ToString(entry.Mode, 8) + " "));
                lines.Write(entry.Name.Span);
                lines.WriteByte(0);
                lines.Write(kept.ToByteArray());
            }
            else if (!entry.IsDirectory)
            {
                gone.Add(path);
            }
        }

        var bytes = lines.ToArray();
        if (bytes.AsSpan().SequenceEqual(read.Bytes))
        {
            harmless?.Add((id, prefix)); // snapshots share most of their trees
            return id;
        }

        return bytes.Length == 0 ? null : pack.AddTree(bytes);
    }

    private static IEnumerable<Trailer> Kept(IReadOnlyList<Trailer> trailers, HashSet<string> gone)
    {
        for (var i = 0; i < trailers.Count; i++)
        {
            var (key, value) = trailers[i];
            if (key == TransactionTrailers.RenamedFrom && i + 1 < trailers.Count)
            {
                i++;
                if (!IsGone(value) && !IsGone(trailers[i].Value))
                {
                    yield return trailers[i - 1];
                    yield return trailers[i];
                }
            }
            else if (!(key == TransactionTrailers.Mode && IsGone(After(value, 1)))
                && !(key == TransactionTrailers.Index && IsGone(After(value, 5))))
            {
                yield return trailers[i];
            }
        }

        bool IsGone(string quoted) => gone.Contains(QuotedPath.Decode(quoted));
    }

    private static string After(string value, int words) => value.Split(' ', words + 1)[^1];

    private static Trailer Recounted(Trailer trailer, IReadOnlyList<RecordedChange> left)
    {
        var count = trailer.Key switch
        {
            TransactionTrailers.Files => left.Count,
            TransactionTrailers.Added => left.Count(c => c.Before is null),
            TransactionTrailers.Modified => left.Count(c => c is { Before: not null, After: not null }),
            TransactionTrailers.Deleted => left.Count(c => c.After is null),
            _ => -1,
        };
        return count < 0 ? trailer : trailer with { Value = count.ToString(CultureInfo.InvariantCulture) };
    }

    // A directory that was made for a forgotten file alone says what that was.
    private static bool Remains(Trailer trailer, IReadOnlyList<RecordedChange> left) =>
        trailer.Key != TransactionTrailers.Made
        || RepoPath.Parse(QuotedPath.Decode(trailer.Value)) is var made && left.Any(c => c.Path.IsBelow(made));

    private static IEnumerable<Trailer> Forgotten(IEnumerable<string> gone) =>
        gone.Order(StringComparer.Ordinal).Select(p => new Trailer(TransactionTrailers.Forgotten, QuotedPath.Encode(p)));
}
