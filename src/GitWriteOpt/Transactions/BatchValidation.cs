using GitWriteOpt.ObjectStore;
using GitWriteOpt.Planning;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Validates what a batch would leave, for the planner, and keeps what was found for the answer.</summary>
internal sealed class BatchValidation(TransactionContext context, WorktreeReader worktree, Lazy<IndexReader> index, IReadOnlyList<Rule> rules)
{
    private const int MostWarnings = 10;

    /// <summary>Whether what was found is kept for the next look; a dry run leaves nothing behind.</summary>
    internal bool Remembers { get; init; } = true;

    /// <summary>What the last look found.</summary>
    internal ValidationOutcome Outcome { get; private set; } = ValidationOutcome.None;

    /// <summary>Looks at a plan's changes.</summary>
    internal PlanVerdict Judge(IReadOnlyList<PlannedChange> changes)
    {
        Outcome = Look(CheckedWorktree.Files(changes));
        List<CheckFinding> warnings = [.. Outcome.Findings.Where(f => f.Severity == CheckSeverity.Warning)];
        return new PlanVerdict(
            [.. Outcome.Findings.Where(f => f.Severity == CheckSeverity.Error).Select(f => (f.Path, f.ToError()))],
            [.. warnings.Take(warnings.Count > MostWarnings ? MostWarnings - 1 : MostWarnings).Select(Text),
                .. warnings.Count > MostWarnings ? [$"{warnings.Count - MostWarnings + 1} more findings of validation: git writeopt check"] : Array.Empty<string>()])
        {
            Checked = Outcome.Checked,
            Cached = Outcome.Cached,
        };
    }

    /// <summary>Looks at files.</summary>
    internal ValidationOutcome Look(IReadOnlyList<CheckedFile> files)
    {
        var cache = ResultCache.Of(context.Layout);
        var outcome = new Validator(new CheckedWorktree(context, worktree, index).Subject(files, cache)).Run(rules);
        if (Remembers)
        {
            cache.Save();
        }

        return outcome;
    }

    private static string Text(CheckFinding finding) => $"\"{finding.Path}\"{(finding.Line is { } line ? $" line {line}" : "")}: "
        + $"{finding.Message}{(finding.WasThere ? " (as before)" : "")} [{finding.Rule}]";
}
