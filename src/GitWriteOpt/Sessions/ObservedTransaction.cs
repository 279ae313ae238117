using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Makes a transaction of what others wrote, from the snapshots around it: so that it is logged, undone and redone like
/// one of ours. The worktree's lock is held; nothing in the worktree changes.
/// </summary>
internal sealed class ObservedTransaction(TransactionContext context)
{
    /// <summary>Records what a session wrote in some intervals.</summary>
    /// <param name="kind">A turn or a command.</param>
    /// <param name="session">The session.</param>
    /// <param name="intervals">The intervals, oldest first.</param>
    /// <param name="isOwn">Whether a transaction made in between is the session's.</param>
    /// <param name="message">One line.</param>
    /// <param name="durable">Whether it has to survive a power cut on return.</param>
    /// <returns>What was recorded; null where the session wrote nothing.</returns>
    internal WriteOutcome? Record(TransactionKind kind, SessionSummary session, IReadOnlyList<SessionInterval> intervals,
        Func<TransactionSummary, bool> isOwn, string message, bool durable)
    {
        var net = new SortedDictionary<Paths.RepoPath, (RecordedState? Before, RecordedState? After)>();
        foreach (var change in intervals.SelectMany(i => i.AsTransaction(withUnattributed: false).Changes))
        {
            net[change.Path] = (net.TryGetValue(change.Path, out var known) ? known.Before : change.Before, change.After);
        }

        var changes = net.Where(n => n.Value.Before is null != n.Value.After is null
                || (n.Value.Before is { } was && n.Value.After is { } now && !was.Equals(now)))
            .Select((n, number) => new RecordedChange(n.Key, number, n.Value.Before, n.Value.After)).ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var id = context.NewId();
        var header = new TransactionHeader(kind, message)
        {
            Session = session.Name ?? session.Id,
            Includes = [.. intervals.SelectMany(i => i.Transactions).Where(isOwn).Select(t => TransactionId.Parse(t.Transaction))],
        };
        var plan = new WritePlan { Message = message, Changes = [] };
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var written = TransactionObjects.Write(id, plan, changes, header, context.Facts(), [], pack);
        var name = RefNames.Transactions + id;
        context.Publish(written.Pack, durable, new RefUpdate.Create(name, written.Recorded.Commit));
        return new WriteOutcome
        {
            State = WriteState.Applied,
            Transaction = id.ToString(),
            Ref = name,
            Before = written.Recorded.Backup.ToString(),
            After = written.Recorded.Commit.ToString(),
            Message = message,
            Files = [.. Outcomes.Files(written.Recorded, plan: null)],
        };
    }
}
