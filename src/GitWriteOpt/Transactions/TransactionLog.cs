using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The transactions of a repository, newest first, read lazily: ids sort by time, so listing twenty reads twenty commits
/// however many there are (I12), and the folded ones are looked at only where those with a ref of their own do not answer.
/// A transaction stands unless a newer one that stands undid it.
/// </summary>
internal sealed class TransactionLog(TransactionContext context)
{
    private readonly TransactionReader _reader = new(context.Objects);
    private readonly FoldedTransactions _folded = new(context);

    /// <summary>All transactions of all worktrees, newest first, without what only their commits tell.</summary>
    internal IEnumerable<LoggedTransaction> Walk() => Judged(Merged());

    /// <summary>Those that a query asks for.</summary>
    internal IEnumerable<TransactionSummary> Query(LogQuery query)
    {
        // Of one worktree the folded ones are older than the others; of several worktrees they have to be merged.
        var token = context.State.Token();
        var found = Judged(query.AllWorktrees ? Merged() : WithRefs().Concat(Folded()))
            .Where(t => query.AllWorktrees || t.Worktree == token).Select(Summary)
            .Where(t => query.Session is null || t.Session == query.Session);
        return query.Limit is { } limit ? found.Take(limit) : found;
    }

    /// <summary>The n-th newest standing transaction of this worktree that is not a rollback; 0 is the newest.</summary>
    /// <exception cref="UsageException">There are not so many.</exception>
    internal TransactionSummary Standing(int n) =>
        Undoable().Skip(n).FirstOrDefault()
        ?? throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-transaction",
            n == 0 ? "there is no transaction that stands in this worktree" : $"there are not {n + 1} transactions that stand")
        {
            Suggestion = n == 0 && Query(new LogQuery()).Any(t => t is { Standing: true, Kind: TransactionKind.Rollback })
                ? "git writeopt redo does again what was undone; git writeopt log shows them all"
                : "git writeopt log shows them all",
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

        return TryFind(name) ?? throw Unknown(name);
    }

    /// <summary>Whether a name stands for a transaction.</summary>
    /// <exception cref="UsageException">It stands for several.</exception>
    internal bool Knows(string name) => name.StartsWith('@') || name.StartsWith(RefNames.Transactions, StringComparison.Ordinal)
        || TryFind(name) is not null;

    /// <summary>Finds one by id, or unique prefix or suffix; null where there is none.</summary>
    /// <exception cref="UsageException">There are several.</exception>
    internal TransactionSummary? TryFind(string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        if (!TransactionId.TryParse(name, out var id))
        {
            var matches = context.Refs.Names(RefNames.Transactions).Select(n => n[RefNames.Transactions.Length..])
                .Where(n => TransactionId.TryParse(n, out _))
                .Concat(_folded.NewestFirst().Select(f => f.Id.ToString())).Distinct()
                .Where(n => n.StartsWith(name, StringComparison.Ordinal) || n.EndsWith(name, StringComparison.Ordinal))
                .ToList();
            if (matches.Count > 1)
            {
                throw new UsageException(new WriteError(ErrorCategory.Usage, "ambiguous-id",
                    $"\"{name}\" names {matches.Count} transactions: {string.Join(", ", matches.Take(5))}"));
            }

            if (matches.Count == 0)
            {
                return null;
            }

            id = TransactionId.Parse(matches[0]);
        }

        // Whether it stands is decided by newer ones; where there is none of that name nothing is read for that.
        var source = context.Refs.Read(RefNames.Transactions + id) is not null ? WithRefs()
            : _folded.NewestFirst().Any(f => f.Id == id) ? WithRefs().Concat(Folded()) : [];
        return Judged(source).Where(t => t.Id == id).Select(Summary).FirstOrDefault();
    }

    /// <summary>The transactions that a redo would do again: what the newest standing rollback undid, or a named one.</summary>
    /// <exception cref="UsageException">There is nothing to redo.</exception>
    internal TransactionSummary RollbackToRedo(string? name)
    {
        var named = name is null ? null : Find(name);
        var rollback = Query(new LogQuery()).FirstOrDefault(t => t is { Standing: true, Kind: TransactionKind.Rollback }
            && (named is null || t.Transaction == named.Transaction || t.Undid.Contains(named.Transaction)));
        return rollback ?? throw new UsageException(new WriteError(ErrorCategory.Usage, "nothing-to-redo",
            named is null ? "nothing is undone that could be done again" : $"{named.Transaction} has not been rolled back")
        {
            Suggestion = "git writeopt log shows what stands",
        });
    }

    /// <summary>The number of transactions; for a moment after a kill in gc some may count twice.</summary>
    internal int Count() => context.Refs.Names(RefNames.Transactions).Count + _folded.Count();

    /// <summary>One line of the log.</summary>
    internal TransactionSummary Summary(LoggedTransaction one) =>
        one.Read is { } read ? read with { Standing = one.Standing } : Read(one.Id, one.Ref, one.Commit, one.Standing);

    // Anybody can push a ref to something else. Listed without a worktree it is seen, is nobody's to undo by default, and
    // hides no other.
    private TransactionSummary Read(TransactionId id, string name, ObjectId commit, bool standing)
    {
        try
        {
            return _reader.Summary(id, name, commit, standing);
        }
        catch (StoreException cause)
        {
            return new TransactionSummary
            {
                Transaction = id.ToString(),
                Kind = TransactionKind.Observed,
                Time = DateTimeOffset.UnixEpoch,
                Message = $"(cannot be read: {cause.Message})",
                Files = 0,
                Added = 0,
                Modified = 0,
                Deleted = 0,
                Standing = standing,
                Ref = name,
                Commit = commit.ToString(),
                Backup = "",
            };
        }
    }

    private static IEnumerable<LoggedTransaction> Judged(IEnumerable<LoggedTransaction> newestFirst)
    {
        var undone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in newestFirst)
        {
            var standing = !undone.Contains(one.Id.ToString());
            if (standing)
            {
                undone.UnionWith(one.Undid);
            }

            yield return one with { Standing = standing };
        }
    }

    private IEnumerable<LoggedTransaction> WithRefs()
    {
        foreach (var (name, commit) in context.Refs.LastFirst(RefNames.Transactions))
        {
            if (TransactionId.TryParse(name.AsSpan(RefNames.Transactions.Length), out var id))
            {
                var read = Read(id, name, commit, standing: true);
                yield return new LoggedTransaction(id, name, commit, read.Worktree, read.Undid) { Read = read };
            }
        }
    }

    // A kill in gc can leave both: then the ref counts.
    private IEnumerable<LoggedTransaction> Folded() => _folded.NewestFirst()
        .Where(f => context.Refs.Read(RefNames.Transactions + f.Id) is null)
        .Select(f => new LoggedTransaction(f.Id, RefNames.Folded, f.Commit, f.Worktree, f.Undid));

    private IEnumerable<LoggedTransaction> Merged() => _folded.Count() == 0 ? WithRefs()
        : WithRefs().Concat(Folded()).OrderByDescending(t => t.Id);

    private static UsageException Unknown(string name) => new(new WriteError(ErrorCategory.Usage, "no-such-transaction",
        $"there is no transaction \"{name}\"")
    { Suggestion = "git writeopt log shows them all" });
}
