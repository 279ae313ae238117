using System.CommandLine;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt plan</c>: the write plan, as Markdown; changes nothing.</summary>
internal static class PlanCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var batches = new Argument<string[]>("batch") { Description = "Files that hold batches, - for standard input" };
        var format = SharedArguments.OneOf("--format", BatchFormat.Auto, "The batches' format");
        var since = SharedArguments.Since();
        var fixLinks = SharedArguments.FixLinks();
        var command = new Command("plan", "Show what applying batches would do; change nothing") { batches, format, since, fixLinks };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var batch = BatchInput.Read(parsed.GetValue(batches) ?? [],
                Spelling.Parse<BatchFormat>(parsed.GetValue(format)!), parsed.GetValue(since), invocation, writer);
            var plan = writer.Plan(batch, new ApplyOptions
            {
                DryRun = true,
                Session = SessionOfEnvironment.Current(),
                FixLinks = parsed.GetValue(fixLinks),
            });
            if (invocation.Json)
            {
                JsonReport.Print(invocation, PlanAnswer.Of(plan), AnswerJson.Default.PlanAnswer);
                return ExitCode.Done;
            }

            Diagnostics.Warnings(plan.Warnings, invocation);
            invocation.Screen.Text(PlanDocument.Markdown(plan));
            return ExitCode.Done;
        });
        return command;
    }
}
