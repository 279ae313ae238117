using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

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

    private WriteOutcome Kept(Batch batch, ApplyOptions options, WriteOutcome outcome)
    {
        // Who did not get the lock for the batch does not get it for this.
        if (!options.KeepRefused || options.DryRun || outcome is not { State: WriteState.Refused, Error: { Code: not "lock-busy" } error })
        {
            return outcome;
        }

        var bytes = batch.Sources.Sum(s => (long)s.Bytes.Length);
        var asPlanned = outcome.Findings.Any(f => f.Severity == CheckSeverity.Error) || error.Code.StartsWith("verify-", StringComparison.Ordinal);
        if (!asPlanned && bytes is 0 or > KeptBatches.MostBytes)
        {
            return bytes == 0 ? outcome : outcome with
            {
                Warnings = [.. outcome.Warnings, $"the batch is not kept: it has more than {KeptBatches.MostBytes >> 20} MiB"],
            };
        }

        var kept = Write(dryRun: false, (worktree, _) => Keep(batch, options, asPlanned, worktree));
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

    // What could be planned is kept as it would have been written; anything else as it came in.
    private WriteOutcome Keep(Batch batch, ApplyOptions options, bool asPlanned, WorktreeReader worktree)
    {
        var header = new TransactionHeader(TransactionKind.Apply, options.Message ?? batch.Message ?? "A batch that was refused")
        {
            Session = options.Session,
            Step = options.Step,
            Format = batch.Format,
        };
        if (!asPlanned)
        {
            return new WriteOutcome { State = WriteState.Refused, Ref = new KeptBatches(_context).Keep(batch.Sources, header) };
        }

        var plan = new BatchPlanning(_context, worktree).Plan(batch, options with { NoValidate = true });
        return Outcomes.Of(plan, WriteState.Refused) with
        {
            Ref = new KeptBatches(_context).Keep(plan, header with { Message = plan.Message }),
        };
    }
}
