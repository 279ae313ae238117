using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>What happened between two checkpoints.</summary>
/// <param name="Before">The earlier one.</param>
/// <param name="After">The later one.</param>
/// <param name="Changes">What changed, in byte order; a path that several wrote one after another has a change for each.</param>
/// <param name="By">Who wrote each, in the order of the changes.</param>
/// <param name="Transactions">The transactions that were made in between in this worktree.</param>
internal sealed record SessionInterval(Checkpoint Before, Checkpoint After, IReadOnlyList<RecordedChange> Changes,
    IReadOnlyList<Attribution> By, IReadOnlyList<TransactionSummary> Transactions)
{
    /// <summary>Paths that were there all the time, unseen by one of the two: they are shown, and never taken back.</summary>
    internal IReadOnlySet<RepoPath> Unseen { get; init; } = new HashSet<RepoPath>();

    /// <summary>Whether a change is one that the session can be asked to take back.</summary>
    internal bool CanBeTakenBack(RecordedChange change) =>
        change is { Before: not null, After: not null } || !Unseen.Contains(change.Path);

    /// <summary>Some of the changes as a transaction would record them.</summary>
    internal RecordedTransaction AsTransaction(IReadOnlyList<RecordedChange> changes) =>
        new(After.Snapshot.Id, After.Snapshot.Commit, Before.Snapshot.Commit, changes) { Subject = After.Snapshot.Subject };
}

/// <summary>
/// Who wrote what in a session, as far as its checkpoints and the transactions between them can tell. A write is the
/// session's if one of its transactions or tools made it, or if it happened while something of the session ran; what
/// changed outside, between a tool and the next, or between a turn and the next, may be a person's: unattributed (I9).
/// </summary>
internal sealed class SessionStory(TransactionContext context, SessionSummary session, IReadOnlyList<Checkpoint> checkpoints,
    TreeStore? trees = null)
{
    private readonly HashSet<string> _ownIds = new(StringComparer.Ordinal);
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
        _ownIds.UnionWith(transactions.Where(IsOwn).Select(t => t.Transaction));
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
            if (!RecordedState.Same(was, now))
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

        // What only records a stretch wrote nothing when it was made, after the stretch: a person may have.
        var writing = between.Where(t => t.Kind is not TransactionKind.Observed and not TransactionKind.Run).ToList();
        var own = writing.Where(t => IsOwn(t) || t.Undid.Any(_ownIds.Contains)).Select(Changes).ToList();
        var others = writing.Where(t => t.Session is not null && !IsOwn(t)).SelectMany(t => Changes(t).Keys).ToHashSet();
        var unseen = new UnseenFiles(context.Layout.WorktreeRoot, before.Snapshot, after.Snapshot, changes);
        var left = changes.Where(c => unseen.Has(c, own.Exists(t => t.GetValueOrDefault(c.Path)?.Before is not null)))
            .Select(c => c.Path).ToHashSet();
        List<(RecordedChange Change, Attribution By)> pieces = [.. changes.SelectMany(c => Pieces(c, own,
            left.Contains(c.Path) ? Attribution.Unattributed : By(c.Path, before, after, others)))];
        return new SessionInterval(before, after, [.. pieces.Select(p => p.Change)], [.. pieces.Select(p => p.By)], between)
        {
            Unseen = left,
        };
    }

    // A transaction knows exactly what it found and left: what lies before, between and after those of the session is
    // somebody else's, in their order.
    private static IEnumerable<(RecordedChange Change, Attribution By)> Pieces(
        RecordedChange change, List<Dictionary<RepoPath, RecordedChange>> own, Attribution otherwise)
    {
        var now = change.Before;
        foreach (var written in own.Select(t => t.GetValueOrDefault(change.Path)).OfType<RecordedChange>())
        {
            if (!RecordedState.Same(now, written.Before))
            {
                yield return (change with { Before = now, After = written.Before }, otherwise);
            }

            yield return (change with { Before = written.Before, After = written.After }, Attribution.Transaction);
            now = written.After;
        }

        if (!RecordedState.Same(now, change.After))
        {
            yield return (change with { Before = now }, otherwise);
        }
    }

    private Attribution By(RepoPath path, Checkpoint before, Checkpoint after, HashSet<RepoPath> others) =>
        after.Declared.Contains(path.Value) ? Attribution.Tool
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

    private Dictionary<RepoPath, RecordedChange> Changes(TransactionSummary transaction) => new TransactionReader(context.Objects)
        .Read(TransactionId.Parse(transaction.Transaction), ObjectId.Parse(transaction.Commit)).Changes.ToDictionary(c => c.Path);
}
