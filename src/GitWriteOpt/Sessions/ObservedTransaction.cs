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
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var changes = SessionWrites.Of(intervals, withUnattributed: false).SelectMany(t => t.Changes).GroupBy(c => c.Path)
            .Select(writes => (writes.Key, Before: Without([.. writes], pack), writes.Last().After))
            .Where(n => n.Before != n.After).OrderBy(n => n.Key)
            .Select((n, number) => new RecordedChange(n.Key, number, n.Before, n.After)).ToList();
        if (changes.Count == 0)
        {
            return null;
        }

        var id = context.NewId();
        var header = new TransactionHeader(kind, message)
        {
            Session = session.Name ?? session.Id,
            Step = session.Step,
            Includes = [.. intervals.SelectMany(i => i.Transactions).Where(isOwn).Select(t => TransactionId.Parse(t.Transaction))],
        };
        var plan = new WritePlan { Message = message, Changes = [] };
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

    // What a path would hold without the session's writes, oldest first, where others wrote between them: each is taken
    // back from what is there without those after it, as a rollback would; from one that cannot be, it stays.
    private RecordedState? Without(List<RecordedChange> writes, PackWriter pack)
    {
        var now = writes[^1].Before;
        foreach (var write in writes.SkipLast(1).Reverse())
        {
            if (now == write.After)
            {
                now = write.Before;
            }
            else if (Merged(now, write, pack) is { } merged)
            {
                now = merged;
            }
            else
            {
                break;
            }
        }

        return now;
    }

    private RecordedState? Merged(RecordedState? now, RecordedChange write, PackWriter pack) =>
        now is { IsLink: false } ours && write is { Before: { IsLink: false } theirs, After: { IsLink: false } ancestor }
            && new ThreeWayMerge(context.Layout).Merge(context.Blob(ours.Blob), context.Blob(ancestor.Blob),
                context.Blob(theirs.Blob), MergeFavor.Refuse) is MergeResult.Clean clean
            ? ours with { Blob = pack.AddBlob(clean.Content) } : null;
}
