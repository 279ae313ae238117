using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// What the pre-commit hook does: saves index and worktree, looks at what is staged, tells what could be better, and in a
/// terminal asks. The commit is made all the same, unless <c>writeopt.preCommit</c> is <c>strict</c> and a file has an error.
/// </summary>
internal sealed class PreCommitHook(Writer writer)
{
    private const int MostFindings = 10;
    private const int MostOpportunities = 10;

    // Such a commit is an import or a reformatting: it teaches nothing, and looking at it would take longer than it is worth.
    private const int MostFiles = 1000;

    /// <summary>The longest wait for each of the two things that can be left out: the snapshot, and the learned history.</summary>
    internal required TimeSpan Limit { get; init; }

    /// <summary>Asks a question; null where nobody can be asked.</summary>
    internal Func<string, string?>? Ask { get; init; }

    /// <summary>Whether the commit amends the newest one.</summary>
    internal bool Amends { get; init; }

    /// <summary>Does it all; the exit code is 1 where the commit is not to be made.</summary>
    internal int Run()
    {
        var policy = writer.CommitPolicy;
        if (policy == CommitPolicy.Off)
        {
            return ExitCode.Done;
        }

        // What takes longest goes first, each by itself; meanwhile git says what is staged.
        var saved = Task.Run(Save);
        var loading = writer.IsInTheMiddle() ? null : Task.Run(Load);
        PendingWarning.Print(writer, withCount: false);
        var commit = writer.Staged();
        if (commit.Paths.Count == 0)
        {
            saved.Wait(Limit);
            return ExitCode.Done;
        }

        if (commit.Paths.Count > MostFiles && policy != CommitPolicy.Strict)
        {
            saved.Wait(Limit);
            return ExitCode.Done;
        }

        // An error that can be decided at once is enough to be told; to keep the commit back all rules are asked.
        var findings = writer.Check(commit, atOnce: policy != CommitPolicy.Strict);
        Tell(findings.Findings);
        if (policy == CommitPolicy.Strict && findings.HasErrors)
        {
            saved.Wait(Limit);
            Diagnostics.Note($"git writeopt: the commit is not made, since {CommitPolicies.Key} is strict; git commit --no-verify makes it all the same");
            return ExitCode.Refused;
        }

        if (commit.Paths.Count <= MostFiles && loading is not null)
        {
            Improve(commit, loading, saved);
        }

        saved.Wait(Limit);
        return ExitCode.Done;
    }

    private Learning Load()
    {
        var learning = writer.OpenLearning();
        learning.KeepsNothing = true;
        learning.Load();
        return learning;
    }

    // What a thread still uses is not taken away from it: the process ends with the hook.
    private void Improve(StagedCommit commit, Task<Learning> loading, Task<string?> saved)
    {
        var look = new CommitLook(writer, commit, Amends ? writer.ChangedByHead() : []);
        var found = look.Find(loading, Limit);
        Tell(found);
        if (!look.IsSettled)
        {
            return;
        }

        using (var learning = loading.Result)
        {
            if (Ask is not null)
            {
                learning.Shown(look.Companions, commit.Paths);
            }

            if (Ask is null || !found.Exists(o => o.Offer is not null))
            {
                return;
            }

            var isSaved = saved.Wait(Limit);
            var offers = new CommitOffers(writer, learning, !CommitInMaking.IsOfNamedPaths(writer.Layout.IndexFile));
            if (offers.Ask(found, Ask) && isSaved && saved.Result is { } snapshot)
            {
                Diagnostics.Note($"as it was before: git writeopt restore {snapshot} --index");
            }
        }
    }

    // By a writer of its own, beside the look; what takes too long is left behind, to be swept by the next writer.
    private string? Save()
    {
        using var beside = writer.OpenBeside();
        beside.LockLimit = Limit;
        try
        {
            return beside.SnapshotBeforeCommit().Id;
        }
        catch (WriteException cause)
        {
            Diagnostics.Note($"git writeopt: no snapshot was taken before the commit: {cause.Message}");
            return null;
        }
    }

    private static void Tell(IReadOnlyList<CheckFinding> findings)
    {
        List<CheckFinding> news = [.. findings.Where(f => !f.WasThere && f.Severity == CheckSeverity.Error)];
        foreach (var one in news.Take(MostFindings))
        {
            Diagnostics.Note(string.Create(CultureInfo.InvariantCulture,
                $"git writeopt: {Quoting.Path(one.Path.Value)}{(one.Line is { } line ? $" line {line}" : "")}: {one.Message} ({one.Rule})"));
        }

        if (news.Count > MostFindings)
        {
            Diagnostics.Note($"git writeopt: {news.Count - MostFindings} more errors; see: git writeopt check --staged");
        }
    }

    private void Tell(List<Opportunity> found)
    {
        var saving = found.Count == 0 ? null : writer.SavingOf(1);
        foreach (var one in found.Take(MostOpportunities))
        {
            var worth = one.Writes == 0 ? "" : $"; saves {StatusReport.Count(one.Writes, "write")}"
                + (saving is null ? "" : string.Create(CultureInfo.InvariantCulture,
                    $", about {one.Writes * saving.Milliseconds:0.#} ms by {saving.Transactions} recorded transactions"));
            Diagnostics.Note($"git writeopt: {one.Text}{worth}{(one.Command is null || Ask is not null ? "" : $"; {one.Command}")}");
        }

        if (found.Count > MostOpportunities)
        {
            Diagnostics.Note($"git writeopt: {found.Count - MostOpportunities} more opportunities");
        }
    }
}
