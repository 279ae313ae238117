namespace GitWriteOpt.Transactions;

/// <summary>A transaction that has begun and not ended.</summary>
/// <param name="Transaction">The id.</param>
/// <param name="Commit">Its commit, hex.</param>
/// <param name="Message">Its subject, or an empty string where the commit cannot be read.</param>
/// <param name="Mine">Whether this worktree's git directory holds its witness (I6): otherwise it is only reported.</param>
/// <param name="Running">Whether its owner is alive and holds the lock.</param>
public sealed record PendingTransaction(string Transaction, string Commit, string Message, bool Mine, bool Running);

/// <summary>A rescue.</summary>
/// <param name="Id">The id of the rescue ref.</param>
/// <param name="Ref">Its full name.</param>
/// <param name="Time">When.</param>
/// <param name="Message">Why.</param>
/// <param name="Paths">What it holds.</param>
public sealed record RescueSummary(string Id, string Ref, DateTimeOffset Time, string Message, IReadOnlyList<string> Paths);

/// <summary>The answer to status. Reading it changes nothing.</summary>
/// <param name="Pending">Transactions that have begun and not ended.</param>
/// <param name="Rescued">What was rescued and is still kept.</param>
/// <param name="Kept">Ids of batches that could not be applied and can be resumed.</param>
/// <param name="Transactions">The number of transactions in the repository.</param>
/// <param name="Bytes">Bytes of packs that hold them.</param>
/// <param name="Newest">The newest standing transaction of this worktree that is not a rollback, or null.</param>
public sealed record RepositoryStatus(
    IReadOnlyList<PendingTransaction> Pending, IReadOnlyList<RescueSummary> Rescued, IReadOnlyList<string> Kept,
    int Transactions, long Bytes, TransactionSummary? Newest);
