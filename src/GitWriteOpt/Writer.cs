using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt;

/// <summary>
/// The way in: a repository's worktree, opened for transactions. Not thread-safe; several processes and several writers
/// in one process may work on one worktree, their transactions follow one another.
/// </summary>
public sealed class Writer
{
    private Writer(RepositoryLayout layout) => Layout = layout;

    /// <summary>Where the repository's parts are.</summary>
    public RepositoryLayout Layout { get; }

    /// <summary>Opens the repository that <paramref name="directory"/> lies in.</summary>
    /// <exception cref="UsageException">There is none, it is bare, or git does not trust its owner.</exception>
    public static Writer Open(string directory, ILogger? log = null) =>
        throw new NotSupportedException(directory + log + new Writer(null!));

    /// <summary>Decides what a batch would do. Changes nothing, takes no lock.</summary>
    /// <exception cref="RefusedException">It cannot be applied.</exception>
    public WritePlan Plan(Batch batch, ApplyOptions options) => throw new NotSupportedException();

    /// <summary>Applies a batch as one transaction, all or nothing.</summary>
    public WriteOutcome Apply(Batch batch, ApplyOptions options) => throw new NotSupportedException();

    /// <summary>Applies a batch that could not be applied before and was kept.</summary>
    public WriteOutcome Resume(string id, ApplyOptions options) => throw new NotSupportedException();

    /// <summary>Undoes transactions, as a new transaction.</summary>
    public WriteOutcome Rollback(RollbackRequest request) => throw new NotSupportedException();

    /// <summary>Does again what a rollback undid; null is the newest rollback that stands.</summary>
    public WriteOutcome Redo(string? transaction, Durability durability) => throw new NotSupportedException();

    /// <summary>Brings back the state after or before a transaction, as a new transaction.</summary>
    public WriteOutcome Restore(RestoreRequest request) => throw new NotSupportedException();

    /// <summary>Lists transactions, newest first, lazily.</summary>
    public IEnumerable<TransactionSummary> Log(LogQuery query) => throw new NotSupportedException();

    /// <summary>Finds one transaction by id, unique prefix or suffix, <c>@</c> or <c>@~n</c>.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    public TransactionSummary Find(string id) => throw new NotSupportedException();

    /// <summary>The paths of a transaction.</summary>
    public IReadOnlyList<WrittenFile> Files(TransactionSummary transaction) => throw new NotSupportedException();

    /// <summary>What is pending, rescued and recorded.</summary>
    public RepositoryStatus Status() => throw new NotSupportedException();

    /// <summary>Brings transactions that were cut off to an end.</summary>
    public RecoveryOutcome Recover(RecoverRequest request) => throw new NotSupportedException();

    /// <summary>What was rescued.</summary>
    public IReadOnlyList<RescueSummary> Rescues() => throw new NotSupportedException();

    /// <summary>Writes rescued contents back to their paths, as a transaction.</summary>
    public WriteOutcome RestoreRescue(string id, IReadOnlyList<string> paths) => throw new NotSupportedException();

    /// <summary>Forgets a rescue.</summary>
    public void DropRescue(string id) => throw new NotSupportedException();
}
