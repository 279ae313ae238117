using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>Whether what was written still counts.</summary>
public enum Fate
{
    /// <summary>It was not taken back.</summary>
    Standing,

    /// <summary>Some of its paths were taken back.</summary>
    Partly,

    /// <summary>All of its paths were taken back.</summary>
    RolledBack,
}

/// <summary>One thing that happened in a session: a checkpoint with what changed before it, or a transaction.</summary>
/// <param name="Id">The id of the checkpoint or the transaction.</param>
/// <param name="IsTransaction">Which of the two.</param>
/// <param name="Time">When.</param>
/// <param name="Turn">The turn that it belongs to; 0 before the first prompt.</param>
/// <param name="What">The checkpoint's reason or the transaction's kind, in lower case with hyphens.</param>
/// <param name="Message">One line.</param>
public sealed record SessionEvent(string Id, bool IsTransaction, DateTimeOffset Time, int Turn, string What, string Message)
{
    /// <summary>The tool or command, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>What changed.</summary>
    public IReadOnlyList<SessionFile> Files { get; init; } = [];

    /// <summary>Whether that still counts.</summary>
    public Fate Fate { get; init; }
}

/// <summary>Puts the checkpoints and the transactions of a session in their order, and says what became of each.</summary>
internal sealed class SessionTimeline(TransactionContext context, SessionSummary session, IReadOnlyList<Checkpoint> chain)
{
    private readonly SessionStory _story = new(context, session, chain);

    /// <summary>All of it, oldest first.</summary>
    internal IReadOnlyList<SessionEvent> Events()
    {
        var transactions = Transactions();
        var reversals = transactions.Where(t => t.Summary.Standing).Select(Reversed).Where(r => r.Spans.Count > 0).ToList();
        var intervals = _story.Intervals();
        var steps = chain.Select((c, i) => Step(c, i == 0 ? null : intervals[i - 1], reversals));
        return [.. steps.Concat(transactions.Select(Event)).OrderBy(e => e.Id, StringComparer.Ordinal)];
    }

    private List<(TransactionSummary Summary, RecordedTransaction Recorded)> Transactions()
    {
        var first = chain[0].Snapshot.Id.ToString();
        var reader = new TransactionReader(context.Objects);
        var all = new TransactionLog(context).Query(new LogQuery(AllWorktrees: true))
            .TakeWhile(t => string.CompareOrdinal(t.Transaction, first) > 0).Where(t => t.Worktree == session.Worktree).ToList();
        var own = all.Where(_story.IsOwn).Select(t => t.Transaction).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(t => own.Contains(t.Transaction) || t.Undid.Any(own.Contains))
            .Select(t => (t, reader.Read(TransactionId(t), ObjectStore.ObjectId.Parse(t.Commit))))];
    }

    private static ObjectStore.TransactionId TransactionId(TransactionSummary one) => ObjectStore.TransactionId.Parse(one.Transaction);

    private SessionEvent Event((TransactionSummary Summary, RecordedTransaction Recorded) one) =>
        new(one.Summary.Transaction, true, one.Summary.Time, Before(one.Summary.Transaction).Turn,
            one.Summary.Kind.ToString().ToLowerInvariant(), one.Summary.Message)
        {
            Tool = one.Summary.Step,
            Files = [.. Outcomes.Files(one.Recorded, plan: null)
                .Select(f => new SessionFile(f, _story.IsOwn(one.Summary) ? Attribution.Transaction : Attribution.Unattributed))],
            Fate = one.Summary.Standing ? Fate.Standing : Fate.RolledBack,
        };

    private static SessionEvent Step(Checkpoint checkpoint, SessionInterval? interval, List<Reach> reversals)
    {
        var files = interval is null ? [] : Outcomes.Files(interval.AsTransaction(interval.Changes), plan: null);
        var id = checkpoint.Snapshot.Id.ToString();
        var back = files.Count(f => reversals.Exists(r => r.Covers(f.Path, id)));
        return new SessionEvent(id, false, checkpoint.Snapshot.Time, checkpoint.Turn, Words(checkpoint.Reason), checkpoint.Snapshot.Subject)
        {
            Tool = checkpoint.Tool,
            Files = [.. files.Select((f, i) => new SessionFile(f, interval!.By[i]))],
            Fate = back == 0 ? Fate.Standing : back < files.Count ? Fate.Partly : Fate.RolledBack,
        };
    }

    // What went back to a checkpoint took back all that is newer; what undid a transaction took back what that had seen.
    private Reach Reversed((TransactionSummary Summary, RecordedTransaction Recorded) one)
    {
        var id = one.Summary.Transaction;
        List<(string From, string To)> spans = one.Summary.BackTo is { } to ? [(to, id)]
            : one.Summary.Kind is TransactionKind.Rollback ? [.. one.Summary.Undid.Select(Span)] : [];
        return new Reach(id, one.Recorded.Changes.Select(c => c.Path.Value).ToHashSet(StringComparer.Ordinal), spans);
    }

    private (string From, string To) Span(string undone)
    {
        var transaction = new TransactionLog(context).TryFind(undone);
        var from = transaction?.Kind switch
        {
            TransactionKind.Run => chain[0],
            TransactionKind.Observed => chain.LastOrDefault(c => string.CompareOrdinal(c.Snapshot.Id.ToString(), undone) < 0
                && c.Reason is CheckpointReason.Prompt or CheckpointReason.Start) ?? chain[0],
            _ => Before(undone),
        };
        var after = chain.FirstOrDefault(c => string.CompareOrdinal(c.Snapshot.Id.ToString(), undone) > 0);
        return (from.Snapshot.Id.ToString(), transaction?.Kind is TransactionKind.Apply && after is not null
            ? after.Snapshot.Id.ToString() : undone);
    }

    private Checkpoint Before(string id) =>
        chain.LastOrDefault(c => string.CompareOrdinal(c.Snapshot.Id.ToString(), id) < 0) ?? chain[0];

    private static string Words(CheckpointReason reason) => reason switch
    {
        CheckpointReason.BeforeTool => "before-tool",
        CheckpointReason.AfterTool => "after-tool",
        _ => reason.ToString().ToLowerInvariant(),
    };

    private sealed record Reach(string Id, HashSet<string> Paths, List<(string From, string To)> Spans)
    {
        internal bool Covers(string path, string checkpoint) => Paths.Contains(path)
            && string.CompareOrdinal(checkpoint, Id) < 0
            && Spans.Exists(s => string.CompareOrdinal(checkpoint, s.From) > 0 && string.CompareOrdinal(checkpoint, s.To) <= 0);
    }
}
