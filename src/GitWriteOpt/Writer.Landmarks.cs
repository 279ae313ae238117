using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt;

/// <summary>What the past has names for.</summary>
public sealed partial class Writer
{
    /// <summary>
    /// Finds what an id, a unique prefix or suffix or a name stands for: a transaction first, then a session, a snapshot, a
    /// checkpoint.
    /// </summary>
    /// <exception cref="UsageException">It stands for nothing, or for several.</exception>
    public Landmark Locate(string id)
    {
        var log = new TransactionLog(_context);
        if (log.Knows(id))
        {
            return new Landmark.Transaction(log.Find(id));
        }

        var sessions = new AgentSessions(_context);
        var bare = id.StartsWith(RefNames.Sessions, StringComparison.Ordinal) ? id[RefNames.Sessions.Length..] : id;
        if (sessions.Matching(bare) is { Count: > 0 })
        {
            var session = sessions.Find(bare);
            return new Landmark.Session(session, sessions.Checkpoints(session)[0].Snapshot.Commit.ToString());
        }

        if (new Snapshots(_context).Matches(id).Count > 0)
        {
            return Landmark(new Snapshots(_context).Find(id).Ref);
        }

        return (Landmark?)Checkpoint(sessions, id) ?? new Landmark.Transaction(log.Find(id));
    }

    /// <summary>The token of this worktree; null where nothing was written in it yet.</summary>
    public string? Token => _context.State.Token();

    /// <summary>The checkpoints of a session, oldest first, without what changed before each.</summary>
    public IReadOnlyList<SessionStep> Points(SessionSummary session) =>
        [.. new AgentSessions(_context).Checkpoints(session).Select(c => Step(c, null))];

    /// <summary>All that happened in a session, oldest first.</summary>
    public IReadOnlyList<SessionEvent> Timeline(SessionSummary session) =>
        new SessionTimeline(_context, session, new AgentSessions(_context).Checkpoints(session)).Events();

    /// <summary>The paths that a transaction touched.</summary>
    public IReadOnlyList<string> PathsOf(Landmark.Transaction transaction) =>
        [.. Files(transaction.Summary).SelectMany(f => f.From is null ? [f.Path] : (string[])[f.Path, f.From])];

    private Landmark.Snapshot Landmark(string name)
    {
        var summary = new Snapshots(_context).NewestFirst().First(s => s.Ref == name);
        return new Landmark.Snapshot(summary, _context.Objects.ReadCommit(ObjectId.Parse(summary.Commit)).Parents[0].ToString());
    }

    private Landmark.Checkpoint? Checkpoint(AgentSessions sessions, string id)
    {
        if (id.Length == 0)
        {
            return null;
        }

        var found = sessions.NewestFirst().SelectMany(s => sessions.Checkpoints(s).Select(c => (Session: s, c.Snapshot)))
            .Where(c => c.Snapshot.Id.ToString() is var name && (name.StartsWith(id, StringComparison.Ordinal)
                || name.EndsWith(id, StringComparison.Ordinal))).ToList();
        if (found.Count != 1)
        {
            return found.Count == 0 ? null : throw new UsageException(new WriteError(ErrorCategory.Usage, "ambiguous-id",
                $"\"{id}\" names {found.Count} checkpoints: {string.Join(", ", found.Take(5).Select(f => f.Snapshot.Id))}"));
        }

        var steps = Steps(found[0].Session);
        var at = steps.ToList().FindIndex(s => s.Checkpoint == found[0].Snapshot.Id.ToString());
        return new Landmark.Checkpoint(found[0].Session, steps[at], steps[Math.Max(0, at - 1)].Commit);
    }
}
