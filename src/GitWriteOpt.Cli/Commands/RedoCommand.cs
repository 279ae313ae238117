using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt redo</c>: does again what a rollback undid.</summary>
internal static class RedoCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = new Argument<string?>("id")
        {
            Description = "The transaction that was rolled back (without one: the newest)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command("redo", "Do again what was rolled back") { id, durability };
        command.SetAction(parsed =>
        {
            using var progress = new ProgressBar(invocation);
            var writer = invocation.Open();
            writer.Progress = progress.Report;
            var outcome = writer.Redo(parsed.GetValue(id), Spelling.Parse<Durability>(parsed.GetValue(durability)!));
            progress.Dispose();
            return OutcomeReport.Print(outcome, invocation, "Redid", "redo");
        });
        return command;
    }
}
