using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A suggestion as JSON.</summary>
internal sealed record SuggestionAnswer(string Path, double Confidence, int Support, string Reason)
{
    /// <summary>The workflow step that the path tells: implementation, testing, documentation.</summary>
    public string Step => WorkflowSteps.NameOf(WorkflowSteps.Of(Path));
}

/// <summary>The answer to suggest as JSON.</summary>
internal sealed record SuggestAnswer(
    IReadOnlyList<string> Changed, IReadOnlyList<SuggestionAnswer> Suggest, IReadOnlyList<string> Warnings);

/// <summary>The answer to suggest.</summary>
internal static class SuggestReport
{
    private const double WorthShowing = 0.05;

    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(
        Learning learning, IReadOnlyList<string> changed, IReadOnlyList<Suggestion> found, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new SuggestAnswer(changed,
                [.. found.Select(s => new SuggestionAnswer(s.Path, s.Confidence, s.Support, s.Reason))], learning.Warnings),
                AnswerJson.Default.SuggestAnswer);
            return ExitCode.Done;
        }

        var shown = found.Where(s => s.Confidence >= WorthShowing).ToList();
        if (shown.Count > 0)
        {
            invocation.Screen.Table(["likely missing", "confidence", "why"], shown.Select(s => new[]
            {
                new Piece(s.Path, s.IsWarning ? Tone.Modified : Tone.Plain),
                s.Confidence.ToString("0.00", CultureInfo.InvariantCulture), new Piece(s.Reason, Tone.Faint),
            }));
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line(changed.Count == 0 ? "Nothing is changed" : "Nothing is likely missing");
        }

        invocation.Finish();
        Diagnostics.Warnings(learning.Warnings, invocation);
        if (invocation.Screen.IsTerminal && !learning.Layout.IsBare)
        {
            learning.Shown(shown.Where(s => s.IsWarning), changed);
        }

        return ExitCode.Done;
    }
}
