using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Checkers;

namespace GitWriteOpt;

/// <summary>How a batch is applied: planned and validated, written, looked at again.</summary>
/// <remarks>
/// Other people's checkers may take long, so they run while no lock is held: where the first plan finds that one would have
/// to, nothing is written, the lock is given up, they look at the contents that were planned, and it is planned again. What
/// is the same then is known; what changed in between is looked at under the lock.
/// </remarks>
public sealed partial class Writer
{
    private WriteOutcome Apply(Batch batch, ApplyOptions options, string? verified)
    {
        var known = ResultCache.Of(_context.Layout);
        List<CheckedFile> deferred = [];
        var first = Apply(batch, options, verified, known, options.DryRun ? null : files => deferred.AddRange(files));
        if (deferred.Count == 0)
        {
            return first;
        }

        var looked = Write(dryRun: true, (worktree, _) =>
        {
            new BatchValidation(_context, worktree, new Lazy<IndexReader>(() => IndexReader.Open(_context.Layout)),
                [.. RuleTable.For(_context.Config).OfType<CheckerRule>()])
            { Cache = known }.Look(deferred);
            return first;
        });
        var second = looked.Error is null ? Apply(batch, options, verified, known, defer: null) : looked;
        return second with { Warnings = [.. first.Warnings, .. second.Warnings] };
    }

    private WriteOutcome Apply(Batch batch, ApplyOptions options, string? verified, ResultCache known,
        Action<IReadOnlyList<CheckedFile>>? defer) => Write(options.DryRun, (worktree, times) =>
    {
        if (Repeated(options) is { } earlier)
        {
            return earlier;
        }

        var plannedAt = _context.Time.GetUtcNow();
        var planning = new BatchPlanning(_context, worktree) { Cache = known, DefersCheckers = defer is not null };
        WritePlan plan;
        try
        {
            plan = planning.Plan(batch, options);
        }
        catch (RefusedException cause) when (planning.Validation.HasErrors)
        {
            times.End("plan");
            return Outcomes.Refused(cause) with { Findings = planning.Validation.Findings, Timings = times.Milliseconds };
        }

        if (planning.Deferred is { } files)
        {
            defer!(files);
            return new WriteOutcome { State = WriteState.Unchanged };
        }

        LogDecisions(plan);
        times.End("plan");
        RefuseUnlessVerified(plan, verified);
        var leased = Coordinate(plan, options);
        var header = new TransactionHeader(TransactionKind.Apply, plan.Message)
        {
            Session = options.Session,
            Step = options.Step ?? (options.Session is { } session ? new AgentSessions(_context).StepOf(session) : null),
            Format = batch.Format,
            Request = options.Request,
        };
        IReadOnlyList<CheckFinding> broken = [];
        var outcome = Carry(plan, header, options.DryRun, options.Durability, plannedAt, worktree, times,
            options.Stage ? (pack, changes) => IndexStages.Prepare(_context, plan, changes, options.Durability) : null,
            options.Progress, () => RefuseIfAny(broken = planning.LookAgain())) with
        { Findings = [.. planning.Validation.Findings, .. broken] };
        outcome = TakeLeases(outcome, leased, options);
        return plan.Skipped.Count > 0 && outcome.State is WriteState.Applied or WriteState.Unchanged
            ? outcome with { State = WriteState.Partial, Error = plan.Skipped[0].Error } : outcome;
    });

    // Inside the swap: it is walked back.
    private static void RefuseIfAny(IReadOnlyList<CheckFinding> broken)
    {
        if (broken is [var first, ..])
        {
            var error = first.ToError();
            throw new RefusedException(error with { Message = $"{error.Message}; that came about while the batch was written" })
            {
                All = [.. broken.Select(f => f.ToError())],
            };
        }
    }
}
