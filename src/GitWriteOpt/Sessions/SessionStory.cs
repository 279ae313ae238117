using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>What happened between two checkpoints.</summary>
/// <param name="Before">The earlier one.</param>
/// <param name="After">The later one.</param>
/// <param name="Changes">What changed.</param>
/// <param name="By">Who wrote each, in the order of the changes.</param>
/// <param name="Transactions">The transactions that were made in between in this worktree.</param>
internal sealed record SessionInterval(Checkpoint Before, Checkpoint After, IReadOnlyList<RecordedChange> Changes,
    IReadOnlyList<Attribution> By, IReadOnlyList<TransactionSummary> Transactions)
{
    /// <summary>The changes as a transaction would record them: those of the session, and others where they are wanted too.</summary>
    internal RecordedTransaction AsTransaction(bool withUnattributed) =>
        new(After.Snapshot.Id, After.Snapshot.Commit, Before.Snapshot.Commit,
            [.. Changes.Where((_, i) => withUnattributed || By[i] != Attribution.Unattributed)])
        {
            Subject = After.Snapshot.Subject,
        };
}

/// <summary>
/// Who wrote what in a session, as far as its checkpoints and the transactions between them can tell. A write is the
/// session's if one of its transactions or tools made it, or if it happened while something of the session ran; what
/// changed outside, between a tool and the next, or between a turn and the next, may be a person's: unattributed (I9).
/// </summary>
internal sealed class SessionStory(TransactionContext context, SessionSummary session, IReadOnlyList<Checkpoint> checkpoints)
{
    private readonly TreeStore _trees = new(context.Objects, null, context.Layout.ObjectFormat);

    /// <summary>The intervals, oldest first.</summary>
    internal IReadOnlyList<SessionInterval> Intervals()
    {
        if (checkpoints.Count < 2)
        {
            return [];
        }

        var first = checkpoints[0].Snapshot.Id.ToString();
        var transactions = new TransactionLog(context).Query(new LogQuery())
            .TakeWhile(t => string.CompareOrdinal(t.Transaction, first) > 0).Reverse().ToList();
        return [.. checkpoints.Zip(checkpoints.Skip(1), (before, after) => Interval(before, after, transactions))];
    }

    /// <summary>Whether a transaction is one of the session's.</summary>
    internal bool IsOwn(TransactionSummary transaction) =>
        transaction.Session is { } of && (of == session.Id || of == session.Name);

    private SessionInterval Interval(Checkpoint before, Checkpoint after, List<TransactionSummary> transactions)
    {
        var changes = SnapshotDifference.Between(_trees, before.Snapshot.Tree, after.Snapshot.Tree,
            before.Snapshot.State, after.Snapshot.State);
        var between = transactions.Where(t => string.CompareOrdinal(t.Transaction, before.Snapshot.Id.ToString()) > 0
            && string.CompareOrdinal(t.Transaction, after.Snapshot.Id.ToString()) < 0).ToList();
        var own = Paths(between.Where(IsOwn));
        var others = Paths(between.Where(t => t.Session is not null && !IsOwn(t)));
        return new SessionInterval(before, after, changes, [.. changes.Select(c => By(c.Path.Value, after, own, others))], between);
    }

    private Attribution By(string path, Checkpoint after, HashSet<string> own, HashSet<string> others) =>
        own.Contains(path) ? Attribution.Transaction
        : after.Declared.Contains(path) ? Attribution.Tool
        : others.Contains(path) ? Attribution.Unattributed
        : after.Reason switch
        {
            // A tool that says what it writes writes nothing else; a shell may write anything.
            CheckpointReason.AfterTool => after.Declared.Count > 0 ? Attribution.Unattributed : Attribution.Session,
            CheckpointReason.Asked => Attribution.Session,

            // Where the host tells of no tools, whatever happened from prompt to stop is the turn's.
            CheckpointReason.Stop => HasTools(after.Turn) ? Attribution.Unattributed : Attribution.Session,
            CheckpointReason.End => after.Turn == 0 ? Attribution.Session : Attribution.Unattributed,
            _ => Attribution.Unattributed,
        };

    private bool HasTools(int turn) => checkpoints.Any(c => c.Turn == turn
        && c.Reason is CheckpointReason.BeforeTool or CheckpointReason.AfterTool);

    private HashSet<string> Paths(IEnumerable<TransactionSummary> transactions)
    {
        var reader = new TransactionReader(context.Objects);
        return transactions.SelectMany(t => reader.Read(TransactionId.Parse(t.Transaction), ObjectId.Parse(t.Commit)).Changes)
            .Select(c => c.Path.Value).ToHashSet(StringComparer.Ordinal);
    }
}
