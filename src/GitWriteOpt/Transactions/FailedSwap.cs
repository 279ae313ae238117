using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Platform;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>
/// What follows when a swap failed: it is walked back, the index entries too, and the batch is kept under
/// <c>refs/writeopt/kept/</c> so that nothing an agent produced is lost. Where even that fails, the journal stays and a
/// person is told how to go on.
/// </summary>
internal sealed class FailedSwap(TransactionContext context, TransactionId id)
{
    /// <summary>Walks a swap back.</summary>
    internal WriteOutcome TakeBack(
        WritePlan plan, RecordedTransaction recorded, Swap swap, StageArea stage, IReadOnlyList<Slot> slots,
        PreparedIndex? index, WriteException cause)
    {
        context.Log.LogWarning("the swap failed and is taken back: {Cause}", cause.Message);
        try
        {
            swap.Undo();
            RevertIndex(recorded, index);
            Staging.Remove(slots);
            End(recorded);
            stage.RemoveEmpty();
        }
        catch (Exception raw) when (raw is WriteException || Errno.IsOfFileApi(raw))
        {
            return Blocked(plan, recorded, cause, Errno.Known(raw));
        }
        catch (Exception second) when (second is not WriteException)
        {
            return Blocked(plan, recorded, cause, Unforeseen(second));
        }

        var left = swap.LeftToOthers;
        var resume = $"git writeopt apply --resume {id}";
        return Outcomes.Of(plan, recorded, left.Count == 0 ? WriteState.RolledBack : WriteState.Attention) with
        {
            Transaction = null,
            Ref = RefNames.Kept + id,
            Warnings = [.. plan.Warnings, .. swap.Warnings],
            Error = left.Count == 0
                ? cause.Error with { Suggestion = $"{cause.Error.Suggestion ?? "mend the cause"}; the batch is kept: {resume}" }
                : new WriteError(ErrorCategory.Conflict, "changed-while-rolling-back",
                    $"{cause.Message}; everything was taken back except {string.Join(", ", left)}, where somebody else wrote")
                {
                    Path = left[0].Value,
                    Suggestion = $"what was there before is in {recorded.Backup}: git show {recorded.Backup}:{left[0]}",
                },
        };
    }

    /// <summary>An exception that nobody expects in the middle of a swap: walked back like every other.</summary>
    internal static StoreException Unforeseen(Exception cause) => new(new WriteError(ErrorCategory.System, "defect",
        $"{cause.GetType().Name}: {cause.Message}")
    {
        Suggestion = "this is a defect of git writeopt: run it again with -v and report what it prints",
    }, cause);

    private WriteOutcome Blocked(
        WritePlan plan, RecordedTransaction recorded, WriteException cause, WriteException second) =>
        Outcomes.Of(plan, recorded, WriteState.Attention) with
        {
            Ref = RefNames.Pending + id,
            Error = new WriteError(second.Error.Category, "rollback-failed",
                $"{cause.Message}; taking it back failed too: {second.Message}")
            {
                Path = second.Error.Path ?? cause.Error.Path,
                Suggestion = "mend what the message says, then run: git writeopt recover",
            },
        };

    private void RevertIndex(RecordedTransaction recorded, PreparedIndex? index)
    {
        if (index is null)
        {
            return;
        }

        // Not committed: the lock is given up. Committed: what still is as we wrote it is taken back.
        index.Abort();
        if (recorded.IndexEntries.Count > 0)
        {
            context.Staging().Revert(recorded.IndexEntries);
        }
    }

    // kept before pending goes: in between both name the batch, and recovery finds every path in its before state.
    private void End(RecordedTransaction recorded)
    {
        using var end = context.Refs.Prepare(
        [
            new RefUpdate.Create(RefNames.Kept + id, recorded.Commit),
            new RefUpdate.Delete(RefNames.Pending + id, recorded.Commit),
        ]);
        end.Commit();
    }
}
