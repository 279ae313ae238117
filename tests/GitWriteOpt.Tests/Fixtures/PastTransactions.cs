using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>Transactions of the past as <c>apply</c> leaves them, written by the thousand: one pack, a loose ref each.</summary>
internal static class PastTransactions
{
    /// <summary>
    /// Makes them, oldest first: number i replaces the line "i-1" of a file by "i", the last one what is in the worktree
    /// now. Several of one time have ids in their order.
    /// </summary>
    /// <param name="repository">Where.</param>
    /// <param name="times">When each was made.</param>
    /// <param name="path">The file.</param>
    /// <param name="pad">Bytes that no compression makes less, to make each dear.</param>
    public static IReadOnlyList<TransactionId> Make(
        TestRepository repository, IReadOnlyList<DateTimeOffset> times, string path = "past.txt", int pad = 0)
    {
        var layout = Discovery.Find(repository.Root);
        var state = new LocalState(layout);
        state.Prepare();
        var token = state.EnsureToken();
        using var pack = new PackWriter(layout, token);
        var (ids, commits) = (new List<TransactionId>(), new List<ObjectId>());
        var before = Tree(pack, path, Text(0, pad));
        repository.Write(path, Text(times.Count, pad));
        for (var i = 1; i <= times.Count; i++)
        {
            var id = TransactionId.New(new FixedTime(times[i - 1]), ids.Count > 0 ? ids[^1] : null);
            var after = Tree(pack, path, Text(i, pad));
            var backup = Commit(pack, before, [], times[i - 1], $"Before: number {i}", new(TransactionTrailers.Id, id.ToString()),
                new(TransactionTrailers.Worktree, token));
            commits.Add(Commit(pack, after, [backup], times[i - 1], $"number {i}", new(TransactionTrailers.Id, id.ToString()),
                new(TransactionTrailers.Kind, "apply"), new(TransactionTrailers.Worktree, token),
                new(TransactionTrailers.Files, "1"), new(TransactionTrailers.Modified, "1")));
            ids.Add(id);
            before = after;
        }

        var written = pack.Finish()!;
        OwnPacks.Record(layout, written);
        written.ReleaseKeep();
        Directory.CreateDirectory(repository.At(".git/" + RefNames.Transactions));
        for (var i = 0; i < ids.Count; i++)
        {
            File.WriteAllText(repository.At($".git/{RefNames.Transactions}{ids[i]}"), commits[i] + "\n");
        }

        return ids;
    }

    /// <summary>So many times, the last of them now, each a minute after the one before.</summary>
    public static IReadOnlyList<DateTimeOffset> Minutes(int count) =>
        [.. Enumerable.Range(1 - count, count).Select(i => DateTimeOffset.UtcNow.AddMinutes(i))];

    private static string Text(int number, int pad)
    {
        var bytes = new byte[pad];
        new Random(number).NextBytes(bytes);
        return number + "\n" + Convert.ToHexString(bytes);
    }

    private static ObjectId Tree(PackWriter pack, string path, string text) => SparseTree.Write(pack,
        [new TreeEntry(RepoPath.Parse(path), RecordedState.PlainMode, pack.AddBlob(Content.Of(text)))]);

    private static ObjectId Commit(PackWriter pack, ObjectId tree, IReadOnlyList<ObjectId> parents, DateTimeOffset time,
        string message, params Trailer[] trailers) => pack.AddCommit(new CommitObject
        {
            Tree = tree,
            Parents = parents,
            Author = "A Tester <tester@example.com>",
            AuthorDate = time,
            Message = message,
            Trailers = trailers,
        }.ToBytes());

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
