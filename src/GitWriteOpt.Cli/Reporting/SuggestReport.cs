using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A suggestion as JSON.</summary>
internal sealed record SuggestionAnswer(string Path, double Confidence, int Support, string Reason)
{
    /// <summary>The workflow step that the path tells: implementation, testing, documentation.</summary>
    public string Step => WorkflowSteps.NameOf(WorkflowSteps.Of(Path));
}

/// <summary>The answer to suggest as JSON.</summary>
internal sealed record SuggestAnswer(
    IReadOnlyList<string> Changed, IReadOnlyList<SuggestionAnswer> Suggest, IReadOnlyList<string> Warnings)
{
    /// <summary>New files that are likely made beside those that were.</summary>
    public IReadOnlyList<SuggestedFileAnswer> Files { get; init; } = [];

    /// <summary>The steps of workflows that usually come next.</summary>
    public IReadOnlyList<NextStepAnswer> Next { get; init; } = [];

    /// <summary>Of each kind, what it is worth here and whether it is on.</summary>
    public IReadOnlyList<KindFigures> Kinds { get; init; } = [];
}

/// <summary>A file that is likely made, as JSON.</summary>
internal sealed record SuggestedFileAnswer(string Path, double Confidence, string? Template);

/// <summary>A step that usually comes next, as JSON.</summary>
internal sealed record NextStepAnswer(string Workflow, int Step, double Confidence, IReadOnlyList<WorkflowRole> Roles);

/// <summary>What is likely missing, of all kinds.</summary>
/// <param name="Found">Files that are there and were not changed.</param>
/// <param name="Files">Files that are not there.</param>
/// <param name="Next">Steps that were not made.</param>
internal sealed record Suggested(IReadOnlyList<Suggestion> Found, IReadOnlyList<SuggestedFile> Files, IReadOnlyList<NextStep> Next);

/// <summary>The answer to suggest.</summary>
internal static class SuggestReport
{
    private const double WorthShowing = 0.05;

    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(Learning learning, IReadOnlyList<string> changed, Suggested all, Invocation invocation)
    {
        var kinds = learning.Kinds();
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new SuggestAnswer(changed,
                [.. all.Found.Select(s => new SuggestionAnswer(s.Path, s.Confidence, s.Support, s.Reason))], learning.Warnings)
            {
                Files = [.. all.Files.Select(f => new SuggestedFileAnswer(f.Path, f.Confidence, f.Template))],
                Next = [.. all.Next.Select(n => new NextStepAnswer(n.Workflow.Name, n.Done + 1, n.Confidence, n.Next.Roles))],
                Kinds = kinds,
            }, AnswerJson.Default.SuggestAnswer);
            return ExitCode.Done;
        }

        var shown = all.Found.Where(s => s.Confidence >= WorthShowing).ToList();
        if (shown.Count > 0)
        {
            invocation.Screen.Table(["likely missing", "confidence", "why"], shown.Select(s => new[]
            {
                new Piece(s.Path, s.IsWarning ? Tone.Modified : Tone.Plain), Number(s.Confidence), new Piece(s.Reason, Tone.Faint),
            }));
        }
        else if (!invocation.Quiet && all.Files.Count + all.Next.Count == 0)
        {
            invocation.Screen.Line(changed.Count == 0 ? "Nothing is changed" : "Nothing is likely missing");
        }

        Rest(all, invocation);
        if (changed.Count > 0 && invocation.Screen.IsTerminal && !invocation.Quiet)
        {
            foreach (var kind in kinds.Where(k => k.State == KindFigures.Off))
            {
                invocation.Screen.Line(new Piece(KindLines.Of(kind), Tone.Faint));
            }
        }

        invocation.Finish();
        Diagnostics.Warnings(learning.Warnings, invocation);
        if (invocation.Screen.IsTerminal && !learning.Layout.IsBare)
        {
            learning.Shown(shown.Where(s => s.IsWarning), changed);
            learning.Shown(all.Files, changed);
            learning.Shown(all.Next);
        }

        return ExitCode.Done;
    }

    private static void Rest(Suggested all, Invocation invocation)
    {
        if (all.Files.Count > 0)
        {
            invocation.Screen.Table(["likely made beside", "confidence", "template"], all.Files.Select(f => new[]
            {
                new Piece(f.Path, Tone.Added), Number(f.Confidence), new Piece(f.Template ?? "", Tone.Faint),
            }));
        }

        foreach (var next in all.Next)
        {
            invocation.Screen.Line($"next is usually: {next.Next.Roles[0]}", new Piece(
                $"  (step {next.Done + 1} of {next.Workflow.Name}, {Number(next.Confidence)})", Tone.Faint));
        }
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
