using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>Standing batches of this worktree that were applied one by one since the last commit and are now committed together.</summary>
/// <param name="Transactions">Their ids, newest first.</param>
/// <param name="Files">How many of the staged files they wrote.</param>
public sealed record SeparateWrites(IReadOnlyList<string> Transactions, int Files)
{
    private const int MostLooked = 50;

    /// <summary>Those that wrote nothing but what is staged.</summary>
    internal static SeparateWrites Of(TransactionContext context, StagedCommit commit, string? head,
        Func<TransactionSummary, IEnumerable<string>> pathsOf)
    {
        var staged = commit.Paths.ToHashSet(StringComparer.Ordinal);
        var (found, files) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var one in new TransactionLog(context).Query(new LogQuery(MostLooked)))
        {
            if (context.Objects.ReadCommit(ObjectId.Parse(one.Commit)).Trailer(TransactionTrailers.Head) != head)
            {
                break;
            }

            if (one is { Standing: true, Kind: TransactionKind.Apply } && pathsOf(one).ToList() is { Count: > 0 } paths && paths.TrueForAll(staged.Contains))
            {
                found.Add(one.Transaction);
                files.UnionWith(paths);
            }
        }

        return new SeparateWrites(found, files.Count);
    }
}
