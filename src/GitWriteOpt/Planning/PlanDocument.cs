using System.Globalization;
using System.Text;

namespace GitWriteOpt.Planning;

/// <summary>The steps in which a plan is carried out.</summary>
public enum SequenceStep
{
    /// <summary>What can be checked before anything is written.</summary>
    PreValidation,

    /// <summary>What is there goes into git's object store.</summary>
    BackupCreation,

    /// <summary>The swap.</summary>
    AtomicExecution,

    /// <summary>What was written is read back.</summary>
    PostValidation,

    /// <summary>What was only needed for the way goes.</summary>
    Cleanup,
}

/// <summary>The write plan as a document for people, and the same steps as a list for programs.</summary>
public static class PlanDocument
{
    private const int ListedPaths = 20;

    /// <summary>The plan in Markdown.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="transaction">The id that the transaction will have, or null where it is not known yet.</param>
    public static string Markdown(WritePlan plan, string? transaction = null)
    {
        var id = transaction ?? "<id>";
        var text = new StringBuilder();
        text.Append("## Write Plan: ").Append(OneLine(plan.Message)).Append("\n\n");
        text.Append("### Operations Summary\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Files:** {Count(plan)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Strategy:** {Word(plan.Strategy)}{Reason(plan, "strategy")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Estimated Time:** {Time(plan.EstimatedSeconds)}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Risk Level:** {Word(plan.Risk)}{Reason(plan, "risk")}\n");
        foreach (var change in plan.Changes.Take(ListedPaths))
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {Word(change.Kind)} {Code(change.Path.Value)}");
            _ = change.RenamedFrom is { } from ? text.Append(" from ").Append(Code(from.Value)) : text;
            text.Append('\n');
        }

        if (plan.Changes.Count > ListedPaths)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - and {plan.Changes.Count - ListedPaths} more\n");
        }

        text.Append("\n### Execution Sequence\n\n");
        var steps = Sequence(plan, transaction);
        for (var i = 0; i < steps.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}. **{Title(steps[i].Step)}:** {steps[i].Text}\n");
        }

        text.Append("\n### Rollback Strategy\n\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Backup Location:** `refs/writeopt/tx/{id}^`\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Rollback Command:** `git writeopt rollback {id}`\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Dependencies:** {List([.. plan.Dependencies.Select(d => d.Value)])}\n");
        text.Append("\n### Performance Optimizations\n\n");
        var parallel = plan.Groups.Where(g => g.Parallel).ToList();
        text.Append(CultureInfo.InvariantCulture, $"- **Parallel Writes:** {(parallel.Count == 0 ? "none" : $"{Counted(parallel.Count, "group")}: {string.Join("; ", parallel.Take(ListedPaths).Select(Describe))}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Template Usage:** {(plan.Strategy is WriteStrategy.Template ? "the files come from a template" : "none")}\n");
        text.Append(CultureInfo.InvariantCulture, $"- **Validation Caching:** {(plan.Checked == 0 ? "nothing had to be validated"
            : $"{Counted(plan.Checked, "file")} validated, {plan.Cached} of them known already")}\n");
        AppendNotes(text, plan);
        return text.ToString();
    }

    /// <summary>The five steps, each with what it will do for this plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="transaction">The id that the transaction will have, or null.</param>
    public static IReadOnlyList<(SequenceStep Step, string Text)> Sequence(WritePlan plan, string? transaction = null)
    {
        var id = transaction ?? "<id>";
        var written = plan.Changes.Count(c => c.After is not Worktree.PathState.Absent);
        var removed = plan.Changes.Count - written;
        var kept = plan.Changes.Count(c => c.Before is not Worktree.PathState.Absent);
        var bytes = plan.Changes.Sum(c => PlanFacts.Length(c.After));
        var made = plan.DirectoriesToMake.Count;
        var gone = plan.DirectoriesToRemove.Count;
        return
        [
            (SequenceStep.PreValidation,
                $"paths, expectations, permissions, free space, name collisions and contents of {Files(plan.Changes.Count)}"),
            (SequenceStep.BackupCreation, $"{Files(kept)} as they are now go into the backup commit under refs/writeopt/pending/{id}"),
            (SequenceStep.AtomicExecution,
                $"{Files(written)} ({Counted(bytes, "byte")}) staged in {Counted(plan.Groups.Count, "group")} and swapped in order"
                + (removed > 0 ? $", {Files(removed)} removed" : "")
                + (made > 0 ? $", {Counted(made, "directory", "directories")} made" : "")
                + (gone > 0 ? $", {Counted(gone, "emptied directory", "emptied directories")} removed" : "")),
            (SequenceStep.PostValidation, $"{Files(written)} read back and compared; any difference rolls all back"),
            (SequenceStep.Cleanup, $"the journal becomes refs/writeopt/tx/{id}, temporary files go"),
        ];
    }

    private static void AppendNotes(StringBuilder text, WritePlan plan)
    {
        if (plan.Warnings.Count + plan.Skipped.Count == 0)
        {
            return;
        }

        text.Append("\n### Notes\n\n");
        foreach (var warning in plan.Warnings)
        {
            text.Append("- ").Append(OneLine(warning)).Append('\n');
        }

        foreach (var skipped in plan.Skipped)
        {
            text.Append("- left out: ").Append(Code(skipped.Path.Value)).Append(": ").Append(OneLine(skipped.Error.Message)).Append('\n');
        }
    }

    private static string Count(WritePlan plan)
    {
        var kinds = plan.Changes.CountBy(c => c.Kind).OrderBy(k => k.Key).Select(k => $"{k.Value} {Word(k.Key)}").ToList();
        return plan.Changes.Count + (kinds.Count == 0 ? "" : $" ({string.Join(", ", kinds)})");
    }

    private static string Reason(WritePlan plan, string subject) =>
        string.Join("; ", plan.Decisions.Where(d => d.Subject == subject).Select(d => d.Text)) is { Length: > 0 } reasons
            ? $" ({OneLine(reasons)})"
            : "";

    private static string Describe(WriteGroup group) =>
        $"{Word(group.Reason)} of {Code(group.Paths[0].Value)} ({group.Paths.Count})";

    private static string List(IReadOnlyList<string> paths) => paths.Count == 0
        ? "none outside the batch"
        : string.Join(", ", paths.Take(ListedPaths).Select(Code)) + (paths.Count > ListedPaths ? $" and {paths.Count - ListedPaths} more" : "");

    private static string Files(int count) => Counted(count, "file");

    /// <summary>A number with its noun, for sentences.</summary>
    internal static string Counted(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    private static string Title(SequenceStep step) => step switch
    {
        SequenceStep.PreValidation => "Pre-validation",
        SequenceStep.BackupCreation => "Backup Creation",
        SequenceStep.AtomicExecution => "Atomic Execution",
        SequenceStep.PostValidation => "Post-validation",
        _ => "Cleanup",
    };

    private static string Time(double seconds) => seconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s");

    private static string Word<T>(T value) where T : struct, Enum =>
        string.Create(CultureInfo.InvariantCulture, $"{value}") is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : "";

    // A path with a backtick needs two around it (CommonMark, code spans).
    private static string Code(string path) =>
        path.Contains('`', StringComparison.Ordinal) ? $"`` {OneLine(path)} ``" : $"`{OneLine(path)}`";

    private static string OneLine(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? text : string.Concat(text.Split('\n')[0].Select(c => c < ' ' ? '?' : c));
}
