using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// A transaction with all its rollbacks and redos, and theirs: they go together or not at all, or a rollback would stay
/// that undid nothing, and what had been undone would seem to stand.
/// </summary>
/// <param name="Members">Newest first.</param>
internal sealed record TransactionGroup(IReadOnlyList<LoggedTransaction> Members)
{
    /// <summary>The newest member: the age of the group.</summary>
    internal TransactionId Newest => Members[0].Id;

    /// <summary>Groups transactions by what they undid, transitively.</summary>
    /// <returns>The newest group first.</returns>
    internal static IReadOnlyList<TransactionGroup> Of(IReadOnlyList<LoggedTransaction> transactions)
    {
        var sets = new DisjointSets(transactions.Count);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < transactions.Count; i++)
        {
            numbers.TryAdd(transactions[i].Id.ToString(), i);
        }

        for (var i = 0; i < transactions.Count; i++)
        {
            foreach (var undone in transactions[i].Undid)
            {
                // Several that undid the same one belong together even where that is gone.
                if (!numbers.TryAdd(undone, i))
                {
                    sets.Union(i, numbers[undone]);
                }
            }
        }

        return
        [
            .. Enumerable.Range(0, transactions.Count).GroupBy(sets.Find)
                .Select(set => new TransactionGroup([.. set.Select(i => transactions[i]).OrderByDescending(t => t.Id)]))
                .OrderByDescending(group => group.Newest),
        ];
    }
}
