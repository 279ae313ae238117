using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Retention;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>One thing that remains to be done.</summary>
internal sealed record RemainingAnswer(string Code, string Message, string? Command);

/// <summary>The answer to forget as JSON.</summary>
internal sealed record ForgetAnswer(
    string State, IReadOnlyList<string> Removed, IReadOnlyList<string> Rewritten, IReadOnlyList<string> Paths,
    IReadOnlyList<string> Blobs, IReadOnlyList<RemainingAnswer> Remaining)
{
    /// <summary>Of an outcome.</summary>
    public static ForgetAnswer Of(ForgetOutcome outcome) => new(Spelling.Of(outcome.State), outcome.Removed,
        outcome.Rewritten, outcome.Paths, outcome.Blobs,
        [.. outcome.Remaining.Select(r => new RemainingAnswer(r.Code, r.Message, r.Command))]);
}

/// <summary>The answer to forget.</summary>
internal static class ForgetReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(ForgetOutcome outcome, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, ForgetAnswer.Of(outcome), AnswerJson.Default.ForgetAnswer);
            return ExitCode.Done;
        }

        var screen = invocation.Screen;
        if (outcome.State == ForgetState.Unchanged)
        {
            screen.Line("Nothing that was recorded holds it");
        }
        else
        {
            screen.Line(outcome.State == ForgetState.Planned ? "Would forget " : "Forgot ",
                StatusReport.Count(outcome.Paths.Count, "path"), ": ", StatusReport.Count(outcome.Removed.Count, "record"),
                " removed, ", $"{outcome.Rewritten.Count} rewritten without it");
            foreach (var path in invocation.Quiet ? [] : outcome.Paths)
            {
                screen.Line(new Piece(" D ", Tone.Deleted), Quoting.Path(path));
            }
        }

        if (outcome.Remaining.Count > 0)
        {
            screen.Line("What remains to be done:");
        }

        foreach (var step in outcome.Remaining)
        {
            screen.Line("  - ", step.Message);
            if (step.Command is { } command)
            {
                screen.Line(new Piece($"      {command}", Tone.Faint));
            }
        }

        return ExitCode.Done;
    }
}
