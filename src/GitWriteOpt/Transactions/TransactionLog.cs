using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The transactions of a repository, newest first, read lazily: ids sort by time, so listing twenty reads twenty commits
/// however many there are (I12). A transaction stands unless a newer one that stands undid it.
/// </summary>
internal sealed class TransactionLog(TransactionContext context)
{
    private readonly TransactionReader _reader = new(context.Objects);

    /// <summary>All transactions, newest first.</summary>
    internal IEnumerable<TransactionSummary> NewestFirst()
    {
        var undone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, name, commit) in Ids())
        {
            var standing = !undone.Contains(id.ToString());
            var summary = _reader.Summary(id, name, commit, standing);
            if (standing)
            {
                undone.UnionWith(summary.Undid);
            }

            yield return summary;
        }
    }

    /// <summary>Those that a query asks for.</summary>
    internal IEnumerable<TransactionSummary> Query(LogQuery query)
    {
        var token = context.State.Token();
        var found = NewestFirst().Where(t => (query.AllWorktrees || t.Worktree == token)
            && (query.Session is null || t.Session == query.Session));
        return query.Limit is { } limit ? found.Take(limit) : found;
    }

    /// <summary>The n-th newest standing transaction of this worktree that is not a rollback; 0 is the newest.</summary>
    /// <exception cref="UsageException">There are not so many.</exception>
    internal TransactionSummary Standing(int n) =>
        Undoable().Skip(n).FirstOrDefault()
        ?? throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-transaction",
            n == 0 ? "there is no transaction that stands in this worktree" : $"there are not {n + 1} transactions that stand")
        {
            Suggestion = "git writeopt log shows them all",
        });

    /// <summary>
    /// The standing transactions of this worktree that are not rollbacks, newest first. What a redo did again stands
    /// twice, by its own name and by the redo's: here only the redo counts, so that undoing twice undoes two; and what a
    /// turn or a run includes counts as that.
    /// </summary>
    internal IEnumerable<TransactionSummary> Undoable()
    {
        var redone = new HashSet<string>(StringComparer.Ordinal);
        var rollbacksRedone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var transaction in Query(new LogQuery()))
        {
            if (transaction is { Kind: TransactionKind.Redo, Standing: true })
            {
                rollbacksRedone.UnionWith(transaction.Undid);
            }
            else if (rollbacksRedone.Contains(transaction.Transaction))
            {
                redone.UnionWith(transaction.Undid);
            }

            if (transaction is { Standing: true, Kind: not TransactionKind.Rollback }
                && !redone.Contains(transaction.Transaction))
            {
                redone.UnionWith(transaction.Includes);
                yield return transaction;
            }
        }
    }

    /// <summary>Finds one by id, unique prefix or suffix, <c>@</c> or <c>@~n</c>.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal TransactionSummary Find(string name)
    {
        if (name == "@" || name.StartsWith("@~", StringComparison.Ordinal))
        {
            var n = 0;
            return name == "@" || int.TryParse(name.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out n)
                ? Standing(n) : throw Unknown(name);
        }

        if (name.StartsWith(RefNames.Transactions, StringComparison.Ordinal))
        {
            name = name[RefNames.Transactions.Length..];
        }

        var matches = IdsOf(name).ToList();
        if (matches.Count > 1)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "ambiguous-id",
                $"\"{name}\" names {matches.Count} transactions: {string.Join(", ", matches.Take(5))}"));
        }

        return matches.Count == 1 ? NewestFirst().First(t => t.Transaction == matches[0]) : throw Unknown(name);
    }

    /// <summary>The transactions that a redo would do again: what the newest standing rollback undid, or a named one.</summary>
    /// <exception cref="UsageException">There is nothing to redo.</exception>
    internal TransactionSummary RollbackToRedo(string? name)
    {
        var named = name is null ? null : Find(name);
        var rollback = Query(new LogQuery()).FirstOrDefault(t => t is { Standing: true, Kind: TransactionKind.Rollback }
            && (named is null || t.Transaction == named.Transaction || t.Undid.Contains(named.Transaction)));
        return rollback ?? throw new UsageException(new WriteError(ErrorCategory.Usage, "nothing-to-redo",
            named is null ? "there is no rollback that stands" : $"{named.Transaction} has not been rolled back")
        {
            Suggestion = "git writeopt log shows what stands",
        });
    }

    /// <summary>How many transactions a name may stand for.</summary>
    internal int Matches(string name) => name.StartsWith('@') || name.StartsWith(RefNames.Transactions, StringComparison.Ordinal)
        ? 1 : IdsOf(name).Count();

    /// <summary>The number of transactions.</summary>
    internal int Count() => context.Refs.List(RefNames.Transactions).Count;

    private IEnumerable<string> IdsOf(string name) => Ids().Select(t => t.Id.ToString()).Where(id => name.Length > 0
        && (id.StartsWith(name, StringComparison.Ordinal) || id.EndsWith(name, StringComparison.Ordinal)));

    private IEnumerable<(TransactionId Id, string Name, ObjectId Commit)> Ids() =>
        context.Refs.List(RefNames.Transactions)
            .Select(r => (Ok: TransactionId.TryParse(r.Name.AsSpan(RefNames.Transactions.Length), out var id), id, r.Name, r.Id))
            .Where(t => t.Ok).Select(t => (t.id, t.Name, t.Id)).OrderByDescending(t => t.Name, StringComparer.Ordinal);

    private static UsageException Unknown(string name) => new(new WriteError(ErrorCategory.Usage, "no-such-transaction",
        $"there is no transaction \"{name}\"")
    { Suggestion = "git writeopt log shows them all" });
}
