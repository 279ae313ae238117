using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Patterns;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to learn as JSON.</summary>
internal sealed record LearnAnswer(string State, string Ref, string? Commit, string? Tip, int New, int Commits,
    int Transactions, string? Afresh, bool Warns, IReadOnlyList<string> Warnings, IReadOnlyList<Patterns.KindFigures> Kinds);

/// <summary>The answer to learn.</summary>
internal static class LearnReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(LearnOutcome outcome, Invocation invocation)
    {
        var unchanged = outcome is { New: 0, Afresh: null };
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new LearnAnswer(unchanged ? "unchanged" : "learned", outcome.Ref, outcome.Commit,
                outcome.Tip, outcome.New, outcome.Commits, outcome.Transactions, outcome.Afresh, outcome.Warns,
                outcome.Warnings, outcome.Kinds), AnswerJson.Default.LearnAnswer);
            return ExitCode.Done;
        }

        if (!invocation.Quiet && outcome.Commit is not null)
        {
            Text(outcome, unchanged, invocation.Screen);
        }

        invocation.Finish();
        Diagnostics.Warnings(outcome.Warnings, invocation);
        return ExitCode.Done;
    }

    private static void Text(LearnOutcome outcome, bool unchanged, Screen screen)
    {
        screen.Line(unchanged ? "Nothing new to learn: " : "Learned from ", StatusReport.Count(outcome.New, "new commit"),
            $", {outcome.Commits} in all",
            outcome.Afresh is null or "first time" or "asked for" ? "" : $"; all anew, since {Why(outcome.Afresh)}");
        if (outcome.Transactions > 0)
        {
            screen.Line($"  and from {StatusReport.Count(outcome.Transactions, "transaction")} not committed yet");
        }

        screen.Line(new Piece(outcome.Warns ? "Sure suggestions are warnings here"
            : outcome.Kinds.Any(k => k.State is KindFigures.On or KindFigures.Off)
                ? "Warnings are off here: too little of what would have been said held"
                : "Warnings are off here: there is too little history to tell what would hold", Tone.Faint));
        foreach (var kind in outcome.Kinds)
        {
            screen.Line(new Piece("  " + KindLines.Of(kind), Tone.Faint));
        }
    }

    private static string Why(string afresh) => afresh == "damaged" ? "what had been learned was damaged" : afresh;
}
