using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Plans to bring a session back to one of its checkpoints: step by step, newest first, so that what a person did between
/// two steps is merged or kept, not undone with them (I9).
/// </summary>
internal sealed class SessionReversal(
    TransactionContext context, SessionSummary session, IReadOnlyList<Checkpoint> chain, TreeStore? trees = null)
{
    private readonly SessionStory _story = new(context, session, chain, trees);

    /// <summary>The checkpoint to go back to.</summary>
    internal Checkpoint Target { get; private init; } = chain[0];

    /// <summary>Finds the checkpoint that a word stands for: <c>start</c>, an id, a unique prefix or suffix.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal SessionReversal To(string word)
    {
        var found = word == "start" ? [chain[0]] : word.Length == 0 ? [] : chain.Where(c => c.Snapshot.Id.ToString() is var id
            && (id.StartsWith(word, StringComparison.Ordinal) || id.EndsWith(word, StringComparison.Ordinal))).ToList();
        return found.Count == 1 ? new SessionReversal(context, session, chain, trees) { Target = found[0] }
            : throw new UsageException(new WriteError(ErrorCategory.Usage,
                found.Count == 0 ? "no-such-checkpoint" : "ambiguous-id",
                found.Count == 0 ? $"the session {session.Id} has no checkpoint \"{word}\""
                    : $"\"{word}\" names {found.Count} checkpoints of the session {session.Id}")
            {
                Suggestion = $"git writeopt session show {session.Id} lists them; start is the first",
            });
    }

    /// <summary>Plans it.</summary>
    /// <param name="reversal">How.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="kind">What the transaction is.</param>
    /// <param name="message">Its message.</param>
    internal (WritePlan Plan, TransactionHeader Header) Plan(
        Reversal reversal, RollbackRequest request, TransactionKind kind, string message)
    {
        var steps = Steps();
        var plan = reversal.Plan([.. SessionWrites.Of(steps, request.WithUnattributed).Reverse()],
            TransactionSide.Before, request.Paths, request.Force, message);
        return (plan with { Warnings = [.. plan.Warnings, .. Kept(steps, request)] }, new TransactionHeader(kind, message)
        {
            Session = session.Name ?? session.Id,
            Undoes = request.Paths.Count > 0 || plan.Skipped.Count > 0 || request.Hunks is { IsPartial: true } ? [] : Undone(),
            BackTo = Target.Snapshot.Id,
        });
    }

    private IReadOnlyList<SessionInterval> Steps() =>
        [.. _story.Intervals().Where(i => i.After.Snapshot.Id.CompareTo(Target.Snapshot.Id) > 0)];

    private static IEnumerable<string> Kept(IReadOnlyList<SessionInterval> steps, RollbackRequest request)
    {
        foreach (var unseen in steps.SelectMany(s => s.Unseen).Distinct().Order())
        {
            yield return $"\"{unseen}\" was not made by the session, which only came to see it, and stays as it is";
        }

        var others = steps.Where(_ => !request.WithUnattributed)
            .SelectMany(s => s.Changes.Where((c, n) => s.By[n] == Attribution.Unattributed && !s.Unseen.Contains(c.Path)))
            .Select(c => c.Path).Distinct().Order();
        foreach (var path in others.Where(p => request.Paths.Count == 0 || request.Paths.Any(r => r == p || p.IsBelow(r))))
        {
            yield return $"\"{path}\" was changed during the session by something that was not of it; that change is kept "
                + "(--unattributed takes it back too)";
        }
    }

    // A turn or a run that began before the checkpoint is undone in part only, so it stands.
    private List<TransactionId> Undone()
    {
        var chosen = new TransactionLog(context).Undoable().Where(_story.IsOwn).Where(t => Began(t).CompareTo(Target.Snapshot.Id) >= 0);
        return [.. chosen.SelectMany(t => t.Includes.Prepend(t.Transaction)).Distinct().Select(TransactionId.Parse)];
    }

    private TransactionId Began(TransactionSummary transaction)
    {
        var id = TransactionId.Parse(transaction.Transaction);
        return transaction.Kind switch
        {
            TransactionKind.Run => chain[0].Snapshot.Id,
            TransactionKind.Observed => chain.LastOrDefault(c => c.Snapshot.Id.CompareTo(id) < 0
                && c.Reason is CheckpointReason.Prompt or CheckpointReason.Start)?.Snapshot.Id ?? id,
            _ => id,
        };
    }
}
