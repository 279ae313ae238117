using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt;

/// <summary>Snapshots of the whole worktree, and sessions, which are stretches of work between snapshots.</summary>
public sealed partial class Writer
{
    /// <summary>Takes a snapshot of the whole worktree; neither it nor the index is touched.</summary>
    /// <exception cref="RefusedException">Another writer held the lock for too long.</exception>
    public SnapshotOutcome TakeSnapshot(string message, string? session, Durability durability) =>
        Locked(() => new Snapshots(_context).Take(message, session, durability == Durability.Full));

    /// <summary>Lists snapshots, newest first, lazily.</summary>
    public IEnumerable<SnapshotSummary> Snapshots() => new Snapshots(_context).NewestFirst();

    /// <summary>Forgets a snapshot.</summary>
    /// <exception cref="UsageException">There is none of this name, or several.</exception>
    public SnapshotSummary DropSnapshot(string id) => Locked(() => new Snapshots(_context).Drop(id));

    /// <summary>Begins a session with a checkpoint.</summary>
    /// <param name="name">The name by which the caller knows it; null for none.</param>
    /// <param name="agent">Which agent works in it; null for none.</param>
    /// <param name="ownerPid">The process that it lives and dies with; null for the one that started this one.</param>
    /// <param name="request">What the first checkpoint is for.</param>
    /// <exception cref="UsageException">The owner is not running, or a session of this name is open.</exception>
    public SessionSummary StartSession(string? name, string? agent, int? ownerPid, CheckpointRequest request) =>
        Locked(() => new AgentSessions(_context).Start(name, agent, ownerPid, request));

    /// <summary>Takes a checkpoint of a session; null is the only open one of this worktree.</summary>
    /// <returns>The session, and whether a checkpoint was taken (not where nothing changed and only changes were wanted).</returns>
    /// <exception cref="UsageException">There is no such session, or it is over.</exception>
    public (SessionSummary Session, bool Taken) Checkpoint(string? session, CheckpointRequest request) => Locked(() =>
    {
        var sessions = new AgentSessions(_context);
        var found = sessions.Find(session);
        var taken = sessions.Take(found, request);
        return (taken ? sessions.Find(found.Id) : found, taken);
    });

    /// <summary>
    /// Ends the turn that the newest prompt of a session began: takes a checkpoint and records what the session wrote
    /// since the prompt as one transaction.
    /// </summary>
    /// <returns>The transaction; null where the session wrote nothing.</returns>
    public WriteOutcome? EndTurn(string? session, CheckpointRequest request) => Locked(() =>
    {
        var sessions = new AgentSessions(_context);
        var found = sessions.Find(session);
        sessions.Take(found, request with { Reason = CheckpointReason.Stop });
        return Record(sessions.Find(found.Id), TransactionKind.Observed, request,
            chain => chain.FindLastIndex(c => c.Reason is CheckpointReason.Prompt or CheckpointReason.Start));
    });

    /// <summary>Ends a session with a last checkpoint.</summary>
    /// <param name="session">The session; null is the only open one of this worktree.</param>
    /// <param name="aborted">Whether its work was given up.</param>
    /// <param name="request">What the last checkpoint is for.</param>
    /// <exception cref="UsageException">There is no such session, or it is over.</exception>
    public SessionSummary EndSession(string? session, bool aborted, CheckpointRequest request) => Locked(() =>
    {
        var sessions = new AgentSessions(_context);
        var found = sessions.Find(session);
        sessions.End(found, aborted ? SessionState.Aborted : SessionState.Ended, request);
        Leases.Drop(_context.State, found.Id);
        return sessions.Find(found.Id);
    });

    /// <summary>Records all that a session wrote as one transaction of a command's run.</summary>
    /// <returns>The transaction; null where it wrote nothing.</returns>
    public WriteOutcome? RecordRun(string session, CheckpointRequest request) => Locked(() =>
        Record(new AgentSessions(_context).Find(session), TransactionKind.Run, request, _ => 0));

    /// <summary>What changed before the newest checkpoint of a session, and who wrote it; null where it has only one.</summary>
    public SessionStep? LastStep(SessionSummary session)
    {
        var chain = new AgentSessions(_context).Newest(session, 2);
        return chain.Count < 2 ? null : Step(chain[1], new SessionStory(_context, session, chain).Intervals()[0]);
    }

    /// <summary>Those of these paths that no agent may write (<c>writeopt.agent.deny</c>).</summary>
    public IReadOnlyList<string> Protected(IEnumerable<string> paths) => ProtectedPaths.Among(paths, _context.Config);

    /// <summary>The blob id of a file's raw bytes as it is now; null where there is none.</summary>
    /// <exception cref="RefusedException">It lies behind a link or in a nested repository, or is no file.</exception>
    public string? BlobAt(RepoPath path)
    {
        using var worktree = _context.OpenWorktree();
        return new DiskState(_context.Layout, worktree).Read(path).Recorded?.Blob.ToString();
    }

    /// <summary>A setting of the repository, or null.</summary>
    public string? Setting(string key) => _context.Config.Get(key);

    /// <summary>Lists sessions, newest first, lazily.</summary>
    public IEnumerable<SessionSummary> Sessions() => new AgentSessions(_context).NewestFirst();

    /// <summary>The sessions of this worktree that were begun and not ended, newest first.</summary>
    public IReadOnlyList<SessionSummary> OpenSessions() => new AgentSessions(_context).Open();

    /// <summary>Finds a session by id, unique prefix or suffix, or its host's name; null is the only open one.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    public SessionSummary FindSession(string? id) => new AgentSessions(_context).Find(id);

    /// <summary>The checkpoints of a session, oldest first, each with what changed before it and who wrote that.</summary>
    public IReadOnlyList<SessionStep> Steps(SessionSummary session)
    {
        var chain = new AgentSessions(_context).Checkpoints(session);
        var intervals = new SessionStory(_context, session, chain).Intervals();
        return [.. chain.Select((checkpoint, i) => Step(checkpoint, i == 0 ? null : intervals[i - 1]))];
    }

    private void RefuseProtected(WritePlan plan)
    {
        if (Protected(plan.Changes.Select(c => c.Path.Value)) is [var first, ..])
        {
            throw new RefusedException(new WriteError(ErrorCategory.Permission, "protected-path",
                $"\"{first}\" may not be written in a session")
            {
                Path = first,
                Suggestion = "a person can apply it outside of the session; writeopt.agent.deny says what is protected",
            });
        }
    }

    private static SessionStep Step(Checkpoint checkpoint, SessionInterval? interval)
    {
        var files = interval is null ? [] : Outcomes.Files(interval.AsTransaction(interval.Changes), plan: null);
        return new SessionStep
        {
            Checkpoint = checkpoint.Snapshot.Id.ToString(),
            Commit = checkpoint.Snapshot.Commit.ToString(),
            Time = checkpoint.Snapshot.Time,
            Reason = checkpoint.Reason,
            Tool = checkpoint.Tool,
            Turn = checkpoint.Turn,
            Message = checkpoint.Snapshot.Subject,
            Files = [.. files.Select((file, i) => new SessionFile(file, interval!.By[i]))],
        };
    }

    private WriteOutcome? Record(SessionSummary session, TransactionKind kind, CheckpointRequest request,
        Func<List<Checkpoint>, int> firstOf)
    {
        List<Checkpoint> chain = [.. new AgentSessions(_context).Checkpoints(session)];
        var story = new SessionStory(_context, session, chain);
        return new ObservedTransaction(_context).Record(kind, session, [.. story.Intervals().Skip(Math.Max(0, firstOf(chain)))],
            story.IsOwn, request.Message, request.Durable);
    }

    private T Locked<T>(Func<T> act)
    {
        using var held = WorktreeLock.Acquire(_context.State, LockLimit, Waiting);
        RecoverFirst();
        return act();
    }

    // A session that has checkpoints here; a name that transactions alone carry is the log's business.
    private SessionSummary? SessionOf(string name)
    {
        var token = _context.State.Token();
        return new AgentSessions(_context).Matching(name) is [var found] && found.Worktree == token ? found : null;
    }

    private static IReadOnlyList<TransactionId> Undone(IReadOnlyList<TransactionSummary> chosen) =>
        [.. chosen.SelectMany(t => t.Includes.Prepend(t.Transaction)).Distinct().Select(TransactionId.Parse)];

    private WriteOutcome Restore(
        Snapshot snapshot, RestoreRequest request, WorktreeReader worktree, PhaseTimes times)
    {
        if (request.Before)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "before-of-snapshot",
                "--before brings the state before a transaction back; a snapshot is one state"));
        }

        var plannedAt = _context.Time.GetUtcNow();
        var restore = new SnapshotRestore(_context, worktree, snapshot);
        var plan = restore.Plan(request.Paths, request.Index, $"Restore the snapshot {snapshot.Id}: {snapshot.Subject}");
        LogDecisions(plan);
        times.End("plan");
        return Carry(plan, new TransactionHeader(TransactionKind.Restore, plan.Message), request.DryRun, request.Durability,
            plannedAt, worktree, times, restore.IndexEntries.Count == 0 ? null
                : (_, _) => _context.Staging().PrepareRevert(restore.IndexEntries),
            Progress);
    }
}
