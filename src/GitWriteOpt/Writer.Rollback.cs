using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt;

/// <summary>Undoing.</summary>
public sealed partial class Writer
{
    /// <summary>Undoes transactions, as a new transaction.</summary>
    /// <exception cref="UsageException">The request names none.</exception>
    public WriteOutcome Rollback(RollbackRequest request) => Recorded("rollback", request.DryRun, request.Durability, Write(request.DryRun, (worktree, times) =>
    {
        if (request is { Session: { } name, Transaction: null, To: null } && SessionOf(name) is { } session)
        {
            return Rollback(session, request, worktree, times);
        }

        var chosen = new RollbackChoice(_context).Of(request);
        var subject = chosen.Count == 1 ? $"Roll back \"{chosen[0].Message}\""
            : $"Roll back {chosen.Count} transactions, {chosen[^1].Transaction} to {chosen[0].Transaction}";
        var outcome = Bring(chosen, TransactionSide.Before, request.Paths, request.Force, new TransactionHeader(
            TransactionKind.Rollback, subject)
        {
            Undoes = request.Paths.Count == 0 && request.Hunks is not { IsPartial: true } ? Undone(chosen) : [],
            Session = request.Session,
        }, request.DryRun, request.Durability, worktree, times, request.Hunks);
        return outcome.State != WriteState.Unchanged ? outcome : outcome with
        {
            Warnings = [.. outcome.Warnings, $"nothing of {string.Join(", ", chosen.Select(t => t.Transaction))} is left to "
                + "undo; an older transaction is undone by its name: git writeopt undo @~1"],
        };
    }));

    /// <summary>What a rollback would do, path by path, for a person to choose from; changes nothing, takes no lock.</summary>
    /// <exception cref="UsageException">The request names nothing.</exception>
    /// <exception cref="RefusedException">Something was changed since and cannot be merged.</exception>
    public IReadOnlyList<UndoFile> Offer(RollbackRequest request)
    {
        using var worktree = _context.OpenWorktree();
        var reversal = new Reversal(_context, worktree);
        if (request is { Session: { } name, Transaction: null, To: null } && SessionOf(name) is { } session)
        {
            new SessionReversal(_context, session, new AgentSessions(_context).Checkpoints(session))
                .Plan(reversal, request, TransactionKind.Rollback, "");
        }
        else
        {
            reversal.Plan([.. new RollbackChoice(_context).Of(request).Select(Read)], TransactionSide.Before, request.Paths,
                request.Force, "");
        }

        return reversal.Offers();
    }

    private WriteOutcome Rollback(SessionSummary session, RollbackRequest request, WorktreeReader worktree, PhaseTimes times)
    {
        var plannedAt = _context.Time.GetUtcNow();
        var reversal = new SessionReversal(_context, session, new AgentSessions(_context).Checkpoints(session));
        var (plan, header) = reversal.Plan(new Reversal(_context, worktree) { Chosen = request.Hunks }, request, TransactionKind.Rollback,
            $"Roll back the session {session.Name ?? session.Id}");
        LogDecisions(plan);
        times.End("plan");
        return Carry(plan, header, request.DryRun, request.Durability, plannedAt, worktree, times, null, Progress);
    }
}
