using GitWriteOpt.Errors;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The transactions that batches with a client's id became. The truth stands in the transactions' trailers; this reads
/// each once, so a program that lives long keeps one for each worktree and gives it along with its batches. Used under the
/// worktree's lock alone.
/// </summary>
public sealed class RequestHistory
{
    private readonly Dictionary<string, (string Digest, string Transaction)> _known = new(StringComparer.Ordinal);
    private string _newest = "";

    /// <summary>The transaction that this batch became earlier; null where it is new.</summary>
    /// <exception cref="RefusedException">Its id stands for another batch.</exception>
    internal TransactionSummary? Find(TransactionLog log, BatchRequest request)
    {
        Update(log);
        if (!_known.TryGetValue(request.Id, out var found) || log.TryFind(found.Transaction) is not { } transaction)
        {
            return null;
        }

        return found.Digest == request.Digest ? transaction : throw new RefusedException(new WriteError(
            ErrorCategory.Conflict, "id-in-use", $"the id of this batch was given to another one, which is the transaction {transaction.Transaction}")
        {
            Suggestion = "give each batch an id of its own, and send the same id only with the same batch",
        });
    }

    // Ids of transactions sort by time, newest first here: what is older than the newest that was read is known.
    private void Update(TransactionLog log)
    {
        var newest = _newest;
        foreach (var transaction in log.Query(new LogQuery()))
        {
            if (string.CompareOrdinal(transaction.Transaction, _newest) <= 0)
            {
                break;
            }

            if (string.CompareOrdinal(transaction.Transaction, newest) > 0)
            {
                newest = transaction.Transaction;
            }

            if (transaction.Request is { } request)
            {
                _known[request.Id] = (request.Digest, transaction.Transaction);
            }
        }

        _newest = newest;
    }
}
