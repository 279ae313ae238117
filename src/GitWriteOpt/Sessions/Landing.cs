using System.Globalization;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Brings home what a command wrote in an isolated worktree: the difference between the snapshot that it began with and
/// one of its end, planned like any transaction. A path that is here as it was then is taken over, one that changed here
/// too is merged three ways, and where that cannot be done nothing lands.
/// </summary>
internal sealed class Landing(TransactionContext context)
{
    /// <summary>Looks at what the command left, and holds its contents by a snapshot until they have landed.</summary>
    internal void Look(IsolatedRun run, string message, TimeSpan lockLimit)
    {
        var inside = run.Worktree;
        using (WorktreeLock.Acquire(inside.Context.State, lockLimit, waiting: null))
        {
            if (Recovery.IsNeeded(inside.Context))
            {
                new Recovery(inside.Context).Run(new RecoverRequest());
            }

            run.Held = new Snapshots(inside.Context).Take("End of the isolated run: " + message, run.Session.Id, durable: false)
                .Snapshot.Id;
        }

        var end = new Snapshots(inside.Context).Find(run.Held).Snapshot;
        var trees = new TreeStore(inside.Context.Objects, null, context.Layout.ObjectFormat);
        var changes = SnapshotDifference.Between(trees, inside.Start.Tree, end.Tree, inside.Start.State, end.State)
            .Where(c => !inside.IsLinked(c.Path.Value)).Select((c, number) => c with { Number = number }).ToList();
        run.Work = new RecordedTransaction(end.Id, end.Commit, inside.Start.Commit, changes) { Subject = message };
        run.Files = [.. Outcomes.Files(run.Work, plan: null)];
        run.TooLarge = [.. inside.ChangedCopies().Select(p => p.Value),
            .. end.LeftOut.Select(l => l.Path).Except(inside.Start.LeftOut.Select(l => l.Path))];
        run.Ignored = Ignored(inside, end);
        HoldCommits(run);
    }

    /// <summary>Plans to bring it here.</summary>
    /// <exception cref="RefusedException">Something changed here in the same place, or a rule of validation objects.</exception>
    internal WritePlan Plan(IsolatedRun run, WorktreeReader worktree, bool validate, out IReadOnlyList<CheckFinding> findings)
    {
        var work = run.Work!;
        var plan = new Reversal(context, worktree).Plan([work], TransactionSide.After, [], force: false, work.Subject);
        findings = [];
        if (!validate)
        {
            return plan;
        }

        var validation = new BatchValidation(context, worktree, new Lazy<IndexReader>(() => IndexReader.Open(context.Layout)),
            RuleTable.For(context.Config));
        var verdict = validation.Judge(plan.Changes);
        findings = validation.Outcome.Findings;
        return verdict.Refusals.Count == 0 ? plan with { Warnings = [.. plan.Warnings, .. verdict.Warnings] }
            : throw new RefusedException(verdict.Refusals[0].Error) { All = [.. verdict.Refusals.Select(r => r.Error)] };
    }

    // What is ignored is not part of any snapshot; but for the private files, which are.
    private static int Ignored(IsolatedWorktree inside, Snapshot end)
    {
        var listed = new GitProcess(inside.Context.Layout)
            .Run(["ls-files", "-z", "--others", "--ignored", "--exclude-standard"]).Output;
        return Encoding.UTF8.GetString(listed).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Except(end.Private, StringComparer.Ordinal).Count(path => !inside.IsLinked(path));
    }

    // The worktree goes, and with it the only thing that holds them.
    private void HoldCommits(IsolatedRun run)
    {
        var inside = run.Worktree;
        if (inside.Context.Refs.ReadHead().Commit is not { } head || head == inside.Head)
        {
            return;
        }

        var counted = new GitProcess(context.Layout).Run(["rev-list", "--count", $"{inside.Head}..{head}"]).Text.Trim();
        run.Commits = int.Parse(counted, CultureInfo.InvariantCulture);
        if (run.Commits > 0)
        {
            run.CommitRef = RefNames.Isolated + run.Session.Id;
            context.Refs.Apply(durable: true, new RefUpdate.Create(run.CommitRef, head));
        }
    }
}
