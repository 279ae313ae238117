using GitWriteOpt.Errors;

namespace GitWriteOpt.Transactions;

/// <summary>Which transactions a rollback means, newest first.</summary>
internal sealed class RollbackChoice(TransactionContext context)
{
    /// <summary>Finds them.</summary>
    /// <exception cref="UsageException">There are none that stand in this worktree.</exception>
    internal IReadOnlyList<TransactionSummary> Of(RollbackRequest request)
    {
        var log = new TransactionLog(context);
        if (request.To is { } to)
        {
            var kept = log.Find(to);
            return NotEmpty([.. log.Undoable().TakeWhile(t => string.CompareOrdinal(t.Transaction, kept.Transaction) > 0)
                .Where(t => request.Session is null || t.Session == request.Session)],
                $"nothing that stands is newer than {kept.Transaction}");
        }

        if (request.Transaction is null && request.Session is { } session)
        {
            return NotEmpty([.. log.Undoable().Where(t => t.Session == session)],
                $"no transaction of the session \"{session}\" stands");
        }

        var chosen = request.Transaction is null ? log.Standing(0) : log.Find(request.Transaction);
        if (chosen.Worktree != context.State.Token())
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "other-worktree",
                $"{chosen.Transaction} was made in another worktree, whose files are not here")
            {
                Suggestion = $"undo it there, or bring its before state here: git writeopt restore {chosen.Transaction} --before",
            });
        }

        return chosen.Standing || request.Paths.Count > 0 ? [chosen]
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "already-rolled-back",
                $"{chosen.Transaction} has been rolled back already")
            {
                Suggestion = $"git writeopt redo {chosen.Transaction} does it again",
            });
    }

    private static IReadOnlyList<TransactionSummary> NotEmpty(IReadOnlyList<TransactionSummary> chosen, string otherwise) =>
        chosen.Count > 0 ? chosen : throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-transaction",
            otherwise)
        {
            Suggestion = "git writeopt log shows what stands",
        });
}
