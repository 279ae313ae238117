using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;

namespace GitWriteOpt;

/// <summary>Batches that were refused for what they hold or could not be applied, kept so that they can be resumed.</summary>
public sealed partial class Writer
{
    /// <summary>Applies a batch that could not be applied before and was kept.</summary>
    /// <exception cref="UsageException">There is no such batch.</exception>
    public WriteOutcome Resume(string id, ApplyOptions options)
    {
        var kept = new KeptBatches(_context).Find(id);
        var outcome = Apply("resume", new KeptBatches(_context).ToBatch(kept), options with { KeepRefused = false });
        if (outcome.State is WriteState.Applied or WriteState.Unchanged && !options.DryRun)
        {
            new KeptBatches(_context).Drop(kept);
        }

        return outcome;
    }

    // What cannot be planned has no contents to be kept; the reader of its errors has the batch.
    private WriteOutcome Kept(Batch batch, ApplyOptions options, WriteOutcome outcome)
    {
        if (!options.KeepRefused || options.DryRun || outcome is not { State: WriteState.Refused, Error: { } error }
            || !(outcome.Findings.Any(f => f.Severity == CheckSeverity.Error) || error.Code.StartsWith("verify-", StringComparison.Ordinal)))
        {
            return outcome;
        }

        var kept = Write(dryRun: false, (worktree, _) =>
        {
            var plan = new BatchPlanning(_context, worktree).Plan(batch, options with { NoValidate = true });
            return Outcomes.Of(plan, WriteState.Refused) with
            {
                Ref = new KeptBatches(_context).Keep(plan, new TransactionHeader(TransactionKind.Apply, plan.Message)
                {
                    Session = options.Session,
                    Step = options.Step,
                    Format = batch.Format,
                }),
            };
        });
        return kept.Ref is not { } name ? outcome with
        {
            Warnings = [.. outcome.Warnings, $"the batch could not be kept: {kept.Error?.Message}"],
        }
        : outcome with
        {
            Ref = name,
            Error = error with
            {
                Suggestion = $"{error.Suggestion ?? "mend the cause"}; the batch is kept: git writeopt apply --resume {name[(name.LastIndexOf('/') + 1)..]}",
            },
        };
    }
}
