using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>What a gc will do to the transactions. Decides all, does nothing.</summary>
/// <param name="Expired">Those that go, oldest first.</param>
/// <param name="OverBudget">Those among them that go for the byte budget alone.</param>
/// <param name="ToFold">Those that lose their own ref.</param>
/// <param name="Kept">How many stay.</param>
internal sealed record RetentionPlan(
    IReadOnlyList<LoggedTransaction> Expired, IReadOnlyList<LoggedTransaction> OverBudget,
    IReadOnlyList<LoggedTransaction> ToFold, int Kept)
{
    /// <summary>Decides.</summary>
    /// <param name="facts">What is there.</param>
    /// <param name="policy">What is to be kept.</param>
    /// <param name="tooMuch">Members of groups that the byte budget has no room for.</param>
    internal static RetentionPlan Of(RetentionFacts facts, RetentionPolicy policy, IReadOnlySet<TransactionId> tooMuch)
    {
        var oldest = facts.Now - TimeSpan.FromDays(Math.Min(policy.KeepDays, 365_000));
        var newest = facts.Newest(policy.KeepCount);
        var (expired, overBudget, kept) = (new List<LoggedTransaction>(), new List<LoggedTransaction>(), new List<LoggedTransaction>());
        foreach (var group in facts.Groups)
        {
            var isWanted = group.Members.Any(t => t.Id.Time > oldest || newest.Contains(t.Id));
            var isHeld = group.Members.Any(t => facts.Held.Contains(t.Id));

            // One that joined the group since the budget was reckoned saves it until the next time.
            var isTooMuch = !isHeld && group.Members.All(t => tooMuch.Contains(t.Id));
            if (isWanted && isTooMuch)
            {
                overBudget.AddRange(group.Members);
            }

            (isHeld || (isWanted && !isTooMuch) ? kept : expired).AddRange(group.Members);
        }

        return new RetentionPlan([.. expired.OrderBy(t => t.Id)], [.. overBudget.OrderBy(t => t.Id)],
            [.. kept.Where(t => !t.IsFolded && !newest.Contains(t.Id) && !facts.Witnessed.Contains(t.Id))], kept.Count);
    }
}

/// <summary>What a gc looks at before it decides.</summary>
/// <param name="Now">The time.</param>
/// <param name="Transactions">All transactions, newest first.</param>
/// <param name="Groups">The same, grouped, the newest group first.</param>
/// <param name="Witnessed">
/// Those whose witness is still there: after a restart recovery would take one without a ref for one that was cut off.
/// </param>
/// <param name="Held">Those that never go: the newest standing one of each worktree, and the witnessed ones.</param>
internal sealed record RetentionFacts(
    DateTimeOffset Now, IReadOnlyList<LoggedTransaction> Transactions, IReadOnlyList<TransactionGroup> Groups,
    IReadOnlySet<TransactionId> Witnessed, IReadOnlySet<TransactionId> Held)
{
    /// <summary>Looks. Reads the commits of those that have a ref of their own, and the chain of folds.</summary>
    internal static RetentionFacts Of(TransactionContext context)
    {
        var log = new TransactionLog(context);
        var all = log.Walk().ToList();
        var witnessed = GitWorktrees.GitDirectories(context.Layout)
            .SelectMany(directory => Witness.All(new LocalState(context.Layout with { GitDirectory = directory })))
            .Select(w => w.Id).ToHashSet();
        var held = new HashSet<TransactionId>(witnessed);
        foreach (var worktree in all.GroupBy(t => t.Worktree))
        {
            if (worktree.FirstOrDefault(t => t.Standing && log.Summary(t).Kind != TransactionKind.Rollback) is { Ref: not null } one)
            {
                held.Add(one.Id);
            }
        }

        return new RetentionFacts(context.Time.GetUtcNow(), all, TransactionGroup.Of(all), witnessed, held);
    }

    /// <summary>The newest so many of each worktree.</summary>
    internal HashSet<TransactionId> Newest(int count) =>
        [.. Transactions.GroupBy(t => t.Worktree).SelectMany(w => w.Take(count)).Select(t => t.Id)];
}
