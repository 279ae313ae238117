using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to <c>learn --evaluate</c>.</summary>
internal static class EvaluationReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(Evaluation evaluation, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, evaluation, AnswerJson.Default.Evaluation);
            return ExitCode.Done;
        }

        var screen = invocation.Screen;
        screen.Line($"Learned {evaluation.Trained} commits, tested on the {evaluation.Tested} after them, ",
            "one file of each hidden in turn");
        screen.Table(["co-change", "", "recall@1", "@3", "@5", "@10", "MRR"], evaluation.Replays.SelectMany(replay =>
            replay.Methods.Select(m => new Piece[]
            {
                replay.Online ? "learning on" : "frozen", m.Method, Share(m.Recall1), Share(m.Recall3), Share(m.Recall5),
                Share(m.Recall10), Share(m.MeanReciprocalRank),
            })));
        screen.Table(["warnings", "said", "held", "precision", "false alarms a commit", "caught", "ms"],
            evaluation.Replays.Select(replay => new Piece[]
            {
                replay.Online ? "learning on" : "frozen", Number(replay.Warnings.Said), Number(replay.Warnings.Held),
                replay.Warnings.Precision is { } precision ? Share(precision) : "-", Share(replay.Warnings.FalseAlarms),
                Share(replay.Warnings.Caught), replay.MillisecondsEach.ToString("0.00", CultureInfo.InvariantCulture),
            }));
        screen.Line(evaluation.Threshold is { } threshold
            ? $"Warnings begin where the model is {Share(threshold)} sure; that is said as 0.9 and more"
            : "Warnings are switched off here: at no threshold did enough of them hold");
        NewFiles(evaluation.NewFiles, screen);
        Workflows(evaluation.Workflows, screen);
        return ExitCode.Done;
    }

    private static void NewFiles(IReadOnlyList<NewFileScore> scores, Screen screen)
    {
        if (scores.Count == 0 || scores[0].Groups == 0)
        {
            screen.Line("No commit of the test made several files: nothing can be said of new files");
            return;
        }

        screen.Line($"New files: the first of {scores[0].Groups} commits was given, their {scores[0].Files} others were asked for");
        screen.Table(["template-path", "", "recall@1", "@5", "@5 a commit"], scores.SelectMany(s => new[]
        {
            new Piece[] { Way(s), "learned", Share(s.PathRecall1), Share(s.PathRecall5), Share(s.GroupRecall5) },
            [Way(s), "copy the nearest", "-", Share(s.NearestPathRecall5), "-"],
        }));
        screen.Table(["template-content", "", "line precision", "line recall", "ms"], scores.SelectMany(s => new[]
        {
            new Piece[] { Way(s), "learned", Share(s.LinePrecision), Share(s.LineRecall), s.MillisecondsEach.ToString("0.0", CultureInfo.InvariantCulture) },
            [Way(s), "copy the nearest", Share(s.NearestLinePrecision), Share(s.NearestLineRecall), "-"],
        }));
        screen.Line($"template-path {(scores[^1].PathsHold ? "holds" : "does not earn its keep")}, "
            + $"template-content {(scores[^1].LinesHold ? "holds" : "does not earn its keep")} here");
    }

    private static void Workflows(WorkflowScore? score, Screen screen)
    {
        if (score is null || score.Candidates == 0)
        {
            screen.Line("No sequence of commits came often enough to be a workflow: nothing can be said of them");
            return;
        }

        screen.Table(["workflow", "found", "steps made", "next followed", "precision"],
        [
            ["offered", Number(score.Offered), Number(score.Replayed.Chances), Number(score.Replayed.Held), Precision(score.Replayed)],
            ["all that were found", Number(score.Candidates), Number(score.AllReplayed.Chances), Number(score.AllReplayed.Held), Precision(score.AllReplayed)],
        ]);
        screen.Line($"workflow {(score.Holds ? "holds" : score.Offered == 0 ? "offers nothing" : "does not earn its keep")} here: "
            + $"{score.Offered} of {score.Candidates} sequences held when they were replayed");
    }

    private static string Precision(WorkflowReplay replay) => replay.Chances == 0 ? "-" : Share(replay.Precision);

    private static string Way(NewFileScore score) => score.Online ? "learning on" : "frozen";

    private static string Share(double? value) => value is { } share ? Share(share) : "-";

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
