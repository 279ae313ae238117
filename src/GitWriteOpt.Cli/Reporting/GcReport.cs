using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Retention;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>What was to be kept.</summary>
internal sealed record GcPolicyAnswer(int KeepDays, int KeepCount, long MaxBytes);

/// <summary>The answer to gc as JSON.</summary>
internal sealed record GcAnswer(
    string State, GcPolicyAnswer Policy, IReadOnlyList<string> Expired, IReadOnlyList<string> OverBudget, int Folded,
    int Kept, int PacksMerged, int Swept, long? HeldBytes, IReadOnlyList<string> Warnings)
{
    /// <summary>Of an outcome.</summary>
    public static GcAnswer Of(GcOutcome outcome) => new(Spelling.Of(outcome.State),
        new GcPolicyAnswer(outcome.Policy.KeepDays, outcome.Policy.KeepCount, outcome.Policy.MaxBytes), outcome.Expired,
        outcome.OverBudget, outcome.Folded, outcome.Kept, outcome.PacksMerged, outcome.Swept, outcome.HeldBytes,
        outcome.Warnings);
}

/// <summary>The answer to gc.</summary>
internal static class GcReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(GcOutcome outcome, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, GcAnswer.Of(outcome), AnswerJson.Default.GcAnswer);
            return ExitCode.Done;
        }

        if (!invocation.Quiet)
        {
            Text(outcome, invocation.Screen);
        }

        invocation.Finish();
        Diagnostics.Warnings(outcome.Warnings, invocation);
        return ExitCode.Done;
    }

    private static void Text(GcOutcome outcome, Screen screen)
    {
        var (days, count, bytes) = outcome.Policy;
        var would = outcome.State == GcState.Planned ? "Would have " : "";
        switch (outcome.State)
        {
            case GcState.Busy:
                screen.Line("Another git writeopt is at work; nothing was done");
                return;
            case GcState.Unchanged:
                screen.Line("Nothing to collect: ", StatusReport.Count(outcome.Kept, "transaction"), " kept");
                return;
            default:
                screen.Line($"{would}{(would.Length > 0 ? "kept" : "Kept")} {StatusReport.Count(outcome.Kept, "transaction")}: "
                    + $"those of {StatusReport.Count(days, "day")}, the newest {count}, up to {StatusReport.Size(bytes)}");
                break;
        }

        Row("let go", outcome.Expired.Count - outcome.OverBudget.Count, "too old");
        Row("let go", outcome.OverBudget.Count, "the oldest beyond the budget"
            + (outcome.HeldBytes is { } held ? $"; {StatusReport.Size(held)} are held now" : ""));
        Row("folded", outcome.Folded, "they keep no ref of their own, and can be undone as before");
        Row("merged", outcome.PacksMerged, "packs into one");
        Row("swept", outcome.Swept, "leftovers of killed processes");
        if (outcome.Expired.Count > 0 && outcome.State == GcState.Done)
        {
            screen.Line(new Piece("git gc frees their space in its time; at once: git gc --prune=now", Tone.Faint));
        }

        void Row(string verb, int number, string what)
        {
            if (number > 0)
            {
                screen.Line($"  {verb} {number}: {what}");
            }
        }
    }
}
