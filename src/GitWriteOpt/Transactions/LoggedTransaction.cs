using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>A transaction as a walk over the log meets it: of a folded one no commit has been read yet.</summary>
/// <param name="Id">The id.</param>
/// <param name="Ref">The ref that holds it.</param>
/// <param name="Commit">Its commit.</param>
/// <param name="Worktree">The token of the worktree that it was made in, where it is known.</param>
/// <param name="Undid">The transactions that it undid or redid.</param>
internal readonly record struct LoggedTransaction(
    TransactionId Id, string Ref, ObjectId Commit, string? Worktree, IReadOnlyList<string> Undid)
{
    /// <summary>Whether its effect stands.</summary>
    internal bool Standing { get; init; }

    /// <summary>What its commit says, where that was read on the way.</summary>
    internal TransactionSummary? Read { get; init; }

    /// <summary>Whether it has no ref of its own.</summary>
    internal bool IsFolded => Ref == RefNames.Folded;
}
