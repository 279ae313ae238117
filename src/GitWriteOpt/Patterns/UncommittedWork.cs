using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>
/// The transactions that were made since the newest commit and not undone: work that is learned from before it is
/// committed. Once it is, the commit says the same, and they are no longer counted.
/// </summary>
internal static class UncommittedWork
{
    /// <summary>Its path in the tree.</summary>
    internal const string Path = "transactions.jsonl";

    private const int Most = 200;

    // CONTRACT "Refs": the trailers of a transaction.
    private const string Kind = "Writeopt-Kind";
    private const string Undoes = "Writeopt-Undoes";

    /// <summary>What they changed, oldest first.</summary>
    /// <exception cref="Errors.StoreException">A transaction cannot be read.</exception>
    internal static IReadOnlyList<LearnedCommit> Read(RefStore refs, ObjectReader objects, HistoryReader history, ObjectId head)
    {
        var since = objects.ReadCommit(head).AuthorDate;
        var undone = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<(ObjectId Commit, string Id)>();
        foreach (var (name, id) in refs.LastFirst(RefNames.Transactions))
        {
            // Ids are in the order of time, so that only the new ones are opened.
            if (!TransactionId.TryParse(name.AsSpan(RefNames.Transactions.Length), out var transaction)
                || transaction.Time <= since || found.Count == Most)
            {
                break;
            }

            var commit = objects.ReadCommit(id);
            if (commit.Trailer(Kind) is "apply" or "run" or "observed" && !undone.Contains(transaction.ToString()))
            {
                found.Add((id, transaction.ToString()));
            }

            undone.UnionWith(commit.Trailers.Where(t => t.Key == Undoes).Select(t => t.Value));
        }

        found.Reverse();
        var names = found.ToDictionary(f => f.Commit, f => f.Id);
        return [.. history.Read([.. found.Select(f => f.Commit)]).Select(c => CommitFilter.Of(c, names[c.Id]))];
    }
}
