using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt;

/// <summary>Commands that run in a linked worktree, so that their work arrives here whole or not at all.</summary>
public sealed partial class Writer
{
    /// <summary>
    /// Begins a session and makes a linked worktree that holds a snapshot of this one. To be ended by
    /// <see cref="EndIsolation"/>; what a killed process leaves is swept by the next one.
    /// </summary>
    /// <param name="agent">Which program works in it.</param>
    /// <param name="message">What for.</param>
    /// <param name="step">The workflow step that it is; null for none.</param>
    /// <exception cref="RefusedException">There is no commit yet, or another writer held the lock for too long.</exception>
    /// <exception cref="StoreException">The worktree could not be made.</exception>
    public IsolatedRun Isolate(string agent, string message, string? step = null)
    {
        var (session, start) = Locked(() =>
        {
            SweepIsolated();
            var begun = new AgentSessions(_context).Start(null, agent, Environment.ProcessId,
                new CheckpointRequest(CheckpointReason.Start, "Before: " + message) { Step = step });
            return (begun, Snapshot.Read(_context.Objects, ObjectId.Parse(begun.Commit)));
        });
        try
        {
            return new IsolatedRun(session, IsolatedWorktree.Make(_context, start, session.Id), Layout.WorktreeRoot);
        }
        catch
        {
            EndSession(session.Id, aborted: true, new CheckpointRequest(CheckpointReason.End, "Not begun: " + message));
            throw;
        }
    }

    /// <summary>Looks at what the command wrote; once, when it has ended.</summary>
    public void LookAt(IsolatedRun run, string message) => new Landing(_context).Look(run, message, LockLimit);

    /// <summary>
    /// Brings what the command wrote here, as one transaction; where that is refused, nothing changes here and the work is
    /// kept to be resumed: <see cref="WriteOutcome.Ref"/> names it.
    /// </summary>
    /// <param name="run">The run, which was looked at.</param>
    /// <param name="validate">Whether it is held to the rules of validation.</param>
    public WriteOutcome Land(IsolatedRun run, bool validate)
    {
        IReadOnlyList<CheckFinding> findings = [];
        var outcome = Recorded("run", dryRun: false, Durability.Full, Write(dryRun: false, (worktree, times) =>
        {
            var plannedAt = _context.Time.GetUtcNow();

            // What changed here meanwhile was not done by the command.
            var sessions = new AgentSessions(_context);
            sessions.Take(sessions.Find(run.Session.Id), new CheckpointRequest(CheckpointReason.BeforeTool, "Before the landing")
            {
                OnlyIfChanged = true,
            });
            var plan = new Landing(_context).Plan(run, worktree, validate, out findings);
            LogDecisions(plan);
            times.End("plan");
            return Carry(plan, Header(run), dryRun: false, Durability.Full, plannedAt, worktree, times, null, Progress);
        }) with
        { Findings = findings });
        return outcome.State is WriteState.Applied or WriteState.Unchanged || outcome.Ref is not null ? outcome
            : outcome with { Ref = RefNames.Kept + Keep(run) };
    }

    /// <summary>Keeps what the command wrote, to be resumed.</summary>
    /// <returns>The id of the kept batch; empty where it wrote nothing.</returns>
    public string Keep(IsolatedRun run) => run.Work is { Changes.Count: > 0 } work
        ? Locked(() => new KeptBatches(_context).Keep(work.Changes, Header(run))) : "";

    /// <summary>Ends the session and removes the worktree, or leaves it to the user.</summary>
    /// <returns>What could not be removed, as a sentence; null where all went well.</returns>
    public string? EndIsolation(IsolatedRun run, bool landed, bool keepWorktree, string message)
    {
        string? left = null;
        try
        {
            if (keepWorktree)
            {
                run.Worktree.Keep();
            }
            else
            {
                run.Worktree.Remove();
            }
        }
        catch (StoreException cause)
        {
            left = cause.Message;
        }

        if (run.Held is { } held)
        {
            DropSnapshot(held);
        }

        EndSession(run.Session.Id, aborted: !landed, new CheckpointRequest(CheckpointReason.End, message) { Durable = landed });
        return left;
    }

    // One that cannot be removed must not stop all others; doctor says what is the matter with it.
    private void SweepIsolated()
    {
        try
        {
            IsolatedWorktree.Sweep(_context, dryRun: false);
        }
        catch (StoreException cause)
        {
            _context.Log.LogWarning("an isolated worktree that a killed process left: {Message}", cause.Message);
        }
    }

    private static TransactionHeader Header(IsolatedRun run) => new(TransactionKind.Run, run.Work!.Subject)
    {
        Session = run.Session.Id,
        Step = run.Session.Step,
    };
}
