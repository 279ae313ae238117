using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt;

/// <summary>What becomes of a session that was cut off, or went astray.</summary>
public sealed record SessionRecoveryRequest
{
    /// <summary>The session.</summary>
    public required string Session { get; init; }

    /// <summary>The checkpoint to go back to: <c>start</c>, an id, a unique prefix or suffix; null keeps all.</summary>
    public string? To { get; init; }

    /// <summary>Also what may have been written by something else while it ran.</summary>
    public bool WithUnattributed { get; init; }

    /// <summary>Only these paths (files or directories); empty for all.</summary>
    public IReadOnlyList<Paths.RepoPath> Paths { get; init; } = [];

    /// <summary>Calls of tools that had not ended; null where none is known.</summary>
    public OpenCalls? Calls { get; init; }

    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>Recovery of sessions.</summary>
public sealed partial class Writer
{
    /// <summary>
    /// Brings a session back to a checkpoint, or keeps what it did, and ends it. What a person changed since is merged or
    /// kept, and named; what is overwritten is in the backup of the transaction that this is.
    /// </summary>
    /// <exception cref="UsageException">There is no such session or checkpoint here.</exception>
    public WriteOutcome RecoverSession(SessionRecoveryRequest request) => Recorded("recover", request.DryRun, Durability.Full, Write(request.DryRun, (worktree, times) =>
    {
        var plannedAt = _context.Time.GetUtcNow();
        var sessions = new AgentSessions(_context);
        var session = sessions.Find(request.Session);
        RefuseElsewhere(session);
        var isOpen = session.State is SessionState.Open or SessionState.Abandoned;
        if (isOpen && !request.DryRun)
        {
            session = Mark(sessions, session, request.Calls);
        }

        var chain = sessions.Checkpoints(session);
        if (request.To is not { } to)
        {
            return Kept(sessions, session, chain, isOpen, request.DryRun);
        }

        (chain, var trees) = isOpen && request.DryRun ? SessionTail.Foresee(_context, chain, request.Calls) : (chain, null);
        var reversal = new SessionReversal(_context, session, chain, trees).To(to);
        var (plan, header) = reversal.Plan(new Reversal(_context, worktree) { KeepsConflicts = true }, new RollbackRequest
        {
            Paths = request.Paths,
            WithUnattributed = request.WithUnattributed,
        }, TransactionKind.Recover, $"Recover the session {session.Name ?? session.Id}: back to "
            + $"{(reversal.Target == chain[0] ? "its start" : $"\"{reversal.Target.Snapshot.Subject}\"")}");
        LogDecisions(plan);
        times.End("plan");
        var outcome = Carry(plan, header, request.DryRun, Durability.Full, plannedAt, worktree, times, null, Progress);
        if (isOpen && outcome.State is WriteState.Applied or WriteState.Unchanged && !request.DryRun)
        {
            outcome = Closed(sessions, session, outcome);
        }

        return Warned(session, isOpen, outcome);
    }));

    /// <summary>
    /// Marks what sessions without an owner left behind by a checkpoint each, so that what is written from now on is told
    /// apart from it.
    /// </summary>
    /// <param name="calls">The calls of a session that had not ended; null where none is known.</param>
    /// <returns>The sessions that were cut off, newest first.</returns>
    public IReadOnlyList<SessionSummary> MarkAbandoned(Func<SessionSummary, OpenCalls?> calls)
    {
        var abandoned = OpenSessions().Where(s => s.State == SessionState.Abandoned).ToList();
        return abandoned.Count == 0 ? [] : Locked(() =>
        {
            var sessions = new AgentSessions(_context);
            return abandoned.ConvertAll(s => Mark(sessions, s, calls(s)));
        });
    }

    /// <summary>What a session did, as far as it got; changes nothing.</summary>
    /// <param name="session">The session.</param>
    /// <param name="calls">Calls of tools that had not ended; null where none is known.</param>
    public SessionAccount Account(SessionSummary session, OpenCalls? calls)
    {
        var chain = new AgentSessions(_context).Checkpoints(session);
        (chain, var trees) = session.State is SessionState.Abandoned && session.Worktree == _context.State.Token()
            ? SessionTail.Foresee(_context, chain, calls) : (chain, null);
        var intervals = new SessionStory(_context, session, chain, trees).Intervals();
        return new SessionAccount(session, [.. chain.Select((c, i) => Step(c, i == 0 ? null : intervals[i - 1]))],
            [.. SessionStory.Net(intervals)]);
    }

    private static SessionSummary Mark(AgentSessions sessions, SessionSummary session, OpenCalls? calls) =>
        sessions.Take(session, SessionTail.Request(sessions.Newest(session, 1)[0], calls)) ? sessions.Find(session.Id) : session;

    private static WriteOutcome Kept(AgentSessions sessions, SessionSummary session, IReadOnlyList<Checkpoint> chain, bool isOpen, bool dryRun)
    {
        if (!isOpen)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "session-over", $"the session {session.Id} is over"));
        }

        if (!dryRun)
        {
            sessions.End(session, SessionState.Ended, SessionTail.Request(chain[^1], null) with { Message = "Kept by recovery" });
        }

        return new WriteOutcome { State = WriteState.Unchanged, Message = "Kept all that the session wrote" };
    }

    // The recovery stands whatever becomes of the mark that the session is over.
    private static WriteOutcome Closed(AgentSessions sessions, SessionSummary session, WriteOutcome outcome)
    {
        try
        {
            sessions.End(session, SessionState.Aborted, new CheckpointRequest(CheckpointReason.Found, outcome.Message ?? "Recovered")
            {
                Durable = true,
            });
            return outcome;
        }
        catch (StoreException cause)
        {
            return outcome with
            {
                Warnings = [.. outcome.Warnings, $"the session {session.Id} could not be ended: {cause.Message}"],
            };
        }
    }

    private static WriteOutcome Warned(SessionSummary session, bool isOpen, WriteOutcome outcome) =>
        isOpen && session is { State: SessionState.Open, OwnerPid: { } pid } && pid != Environment.ProcessId ? outcome with
        {
            Warnings = [.. outcome.Warnings, $"the owner of the session, process {pid}, is still running and may go on writing"],
        } : outcome;

    private void RefuseElsewhere(SessionSummary session)
    {
        if (session.Worktree != _context.State.Token())
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "other-worktree",
                $"the session {session.Id} worked in another worktree, whose files are not here"));
        }
    }
}
