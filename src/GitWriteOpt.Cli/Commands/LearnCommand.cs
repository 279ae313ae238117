using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt learn</c>: learns from the history, or says how much could be learned from it.</summary>
internal static class LearnCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var full = new Option<bool>("--full") { Description = "Begin afresh; else only what is new is learned" };
        var evaluate = new Option<bool>("--evaluate")
        {
            Description = "Replay this history: learn 80 %, test on the next commits; write nothing",
        };
        var forget = new Option<bool>("--forget-dropped") { Description = "With --full: templates that were dropped may be found again" };
        var command = new Command("learn", "Learn from the history what is changed together") { full, evaluate, forget };
        command.SetAction(parsed =>
        {
            var learning = invocation.OpenLearning();
            using var bar = new ProgressBar(invocation);
            learning.Progress = bar.Report;
            if (parsed.GetValue(evaluate))
            {
                var evaluation = learning.Evaluate();
                bar.Dispose();
                return EvaluationReport.Print(evaluation, invocation);
            }

            if (parsed.GetValue(forget) && !parsed.GetValue(full))
            {
                throw UsageErrors.Of("conflicting-options", "--forget-dropped looks for all templates again, so it needs --full", "git writeopt learn --full --forget-dropped");
            }

            var outcome = learning.Learn(parsed.GetValue(full), parsed.GetValue(forget));
            bar.Dispose();
            return LearnReport.Print(outcome, invocation);
        });
        return command;
    }
}
