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
    /// <summary>Paths that were there all the time, unseen by one of the two: they are shown, and never taken back.</summary>
    internal IReadOnlySet<Paths.RepoPath> Unseen { get; init; } = new HashSet<Paths.RepoPath>();

    /// <summary>The changes as a transaction would record them: those of the session, and others where they are wanted too.</summary>
    internal RecordedTransaction AsTransaction(bool withUnattributed) =>
        new(After.Snapshot.Id, After.Snapshot.Commit, Before.Snapshot.Commit,
            [
                .. Changes.Where((c, i) => (withUnattributed || By[i] != Attribution.Unattributed) && !Unseen.Contains(c.Path)),
            ])
        {
            Subject = After.Snapshot.Subject,
        };
}

/// <summary>
/// Who wrote what in a session, as far as its checkpoints and the transactions between them can tell. A write is the
/// session's if one of its transactions or tools made it, or if it happened while something of the session ran; what
/// changed outside, between a tool and the next, or between a turn and the next, may be a person's: unattributed (I9).
/// </summary>
internal sealed class SessionStory(TransactionContext context, SessionSummary session, IReadOnlyList<Checkpoint> checkpoints,
    TreeStore? trees = null)
{
    private readonly TreeStore _trees = trees ?? new(context.Objects, null, context.Layout.ObjectFormat);

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

    /// <summary>What all of them together changed, in byte order.</summary>
    internal static IEnumerable<SessionPath> Net(IReadOnlyList<SessionInterval> intervals)
    {
        var all = intervals.SelectMany(i => i.Changes.Select((c, n) => (Change: c, By: i.By[n])));
        foreach (var path in all.GroupBy(c => c.Change.Path).OrderBy(g => g.Key))
        {
            var by = path.Select(p => p.By).Where(b => b != Attribution.Unattributed).ToList();
            var (was, now) = (path.First().Change.Before, path.Last().Change.After);
            if (was is null != now is null || (was is { } a && now is { } b && a != b))
            {
                yield return new SessionPath(path.Key.Value, new RecordedChange(path.Key, 0, was, now).Kind,
                    by.Count > 0 ? by[^1] : Attribution.Unattributed, by.Count > 0 && by.Count < path.Count());
            }
        }
    }

    private SessionInterval Interval(Checkpoint before, Checkpoint after, List<TransactionSummary> transactions)
    {
        var changes = SnapshotDifference.Between(_trees, before.Snapshot.Tree, after.Snapshot.Tree,
            before.Snapshot.State, after.Snapshot.State);
        var between = transactions.Where(t => string.CompareOrdinal(t.Transaction, before.Snapshot.Id.ToString()) > 0
            && string.CompareOrdinal(t.Transaction, after.Snapshot.Id.ToString()) < 0).ToList();
        var own = Paths(between.Where(IsOwn));
        var others = Paths(between.Where(t => t.Session is not null && !IsOwn(t)));
        var unseen = new UnseenFiles(context.Layout.WorktreeRoot, before.Snapshot, after.Snapshot, changes);
        var left = changes.Where(unseen.Has).Select(c => c.Path).ToHashSet();
        return new SessionInterval(before, after, changes,
            [.. changes.Select(c => left.Contains(c.Path) ? Attribution.Unattributed : By(c.Path.Value, before, after, own, others))],
            between)
        {
            Unseen = left,
        };
    }

    private Attribution By(string path, Checkpoint before, Checkpoint after, HashSet<string> own, HashSet<string> others) =>
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

            // Cut off: a command that never came back, or a host that tells of no tools. After anything else the agent
            // may be gone for long, and the file a person's.
            CheckpointReason.Found => (before.Reason == CheckpointReason.Start && after.Turn == 0)
                || (before.Reason == CheckpointReason.Prompt && !HasTools()) ? Attribution.Session : Attribution.Unattributed,
            _ => Attribution.Unattributed,
        };

    private bool HasTools(int? turn = null) => checkpoints.Any(c => (turn is null || c.Turn == turn)
        && c.Reason is CheckpointReason.BeforeTool or CheckpointReason.AfterTool);

    private HashSet<string> Paths(IEnumerable<TransactionSummary> transactions)
    {
        var reader = new TransactionReader(context.Objects);
        return transactions.SelectMany(t => reader.Read(TransactionId.Parse(t.Transaction), ObjectId.Parse(t.Commit)).Changes)
            .Select(c => c.Path.Value).ToHashSet(StringComparer.Ordinal);
    }
}
