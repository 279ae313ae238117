using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Imports;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Validates what a batch would leave, for the planner, and keeps what was found for the answer.</summary>
internal sealed class BatchValidation(TransactionContext context, WorktreeReader worktree, Lazy<IndexReader> index, IReadOnlyList<Rule> rules)
{
    private const int MostWarnings = 10;

    private CheckSubject? _planned;

    /// <summary>Whether what was found is kept for the next look; a dry run leaves nothing behind.</summary>
    internal bool Remembers { get; init; } = true;

    /// <summary>What is known of contents already; shared by those who look at one batch one after the other.</summary>
    internal ResultCache Cache { get; init; } = ResultCache.Of(context.Layout);

    /// <summary>
    /// Whether to judge nothing where a checker would have to run whose time nobody knows: <see cref="Deferred"/> then has the
    /// files, to be looked at while no lock is held.
    /// </summary>
    internal bool Defers { get; init; }

    /// <summary>The files that were not judged for that reason; null where they were.</summary>
    internal IReadOnlyList<CheckedFile>? Deferred { get; private set; }

    /// <summary>What the last look found.</summary>
    internal ValidationOutcome Outcome { get; private set; } = ValidationOutcome.None;

    /// <summary>Looks at a plan's changes.</summary>
    internal PlanVerdict Judge(IReadOnlyList<PlannedChange> changes)
    {
        var files = CheckedWorktree.Files(changes);
        if (Defers && Waits(files))
        {
            Deferred = files;
            return new PlanVerdict([], []);
        }

        Outcome = Look(files);
        List<CheckFinding> warnings = [.. Outcome.Findings.Where(f => f.Severity == CheckSeverity.Warning)];
        return new PlanVerdict(
            Outcome.HasErrors ? [.. Outcome.Findings.Where(f => f.Severity == CheckSeverity.Error).Select(f => (f.Path, f.ToError()))] : [],
            warnings.Count == 0 ? [] : [.. warnings.Take(warnings.Count > MostWarnings ? MostWarnings - 1 : MostWarnings).Select(Text),
                .. warnings.Count > MostWarnings ? [$"{warnings.Count - MostWarnings + 1} more findings of validation: git writeopt check"] : Array.Empty<string>()])
        {
            Checked = Outcome.Checked,
            Cached = Outcome.Cached,
        };
    }

    /// <summary>Looks at files.</summary>
    internal ValidationOutcome Look(IReadOnlyList<CheckedFile> files)
    {
        _planned = Subject(files, worktree, index);
        var outcome = new Validator(_planned).Run(rules);
        if (Remembers)
        {
            Cache.Save();
        }

        return outcome;
    }

    /// <summary>
    /// Looks again at the references of the files that were looked at last, now that they are written: at what is on disk
    /// around them, which others may have changed since. Where none of them goes, only what they refer to is looked for.
    /// </summary>
    /// <returns>The errors, none of which there was before.</returns>
    internal IReadOnlyList<CheckFinding> LookAgain()
    {
        List<Rule> again = [.. rules.Where(r => r is ImportMissing or ImportedDeleted)];
        if (_planned is null || again.Count == 0)
        {
            return [];
        }

        using var now = context.OpenWorktree();
        var subject = Subject(_planned.Files, now, new Lazy<IndexReader>(() => IndexReader.Open(context.Layout)));
        if (!ImportViews.MayBreak(subject, _planned))
        {
            return [];
        }

        ImportViews.OfWritten(subject, _planned);
        return [.. new Validator(subject).Run(again).Findings.Where(f => f.Severity == CheckSeverity.Error)];
    }

    private CheckSubject Subject(IReadOnlyList<CheckedFile> files, WorktreeReader around, Lazy<IndexReader> entries) =>
        new CheckedWorktree(context, around, entries).Subject(files, Cache);

    private bool Waits(IReadOnlyList<CheckedFile> files)
    {
        var subject = Subject(files, worktree, index);
        var settings = new RuleSettings(context.Config);
        return rules.Any(r => r.TakesTime && settings.Of(r.Info) is not null && r.WouldWait(subject));
    }

    private static string Text(CheckFinding finding) => $"\"{finding.Path}\"{(finding.Line is { } line ? $" line {line}" : "")}: "
        + $"{finding.Message}{(finding.WasThere ? " (as before)" : "")} [{finding.Rule}]";
}
