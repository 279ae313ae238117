using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt restore</c>: brings back a snapshot, or a state of a transaction's paths, as a new transaction.</summary>
internal static class RestoreCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = new Argument<string>("id")
        {
            Description = "A snapshot, or a transaction (id, unique prefix or suffix, @, @~<n>)",
        };
        var before = new Option<bool>("--before") { Description = "The state before it instead of after it" };
        var index = new Option<bool>("--index") { Description = "The index's entries too, as the snapshot saw them" };
        var dryRun = SharedArguments.DryRun();
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command("restore", "Bring back a snapshot, or the state after a transaction or before it [-- <path>...]")
        {
            id, before, index, dryRun, durability,
        };
        command.SetAction(parsed =>
        {
            using var progress = new ProgressBar(invocation);
            var writer = invocation.Open();
            writer.Progress = progress.Report;
            var outcome = writer.Restore(new RestoreRequest
            {
                Transaction = parsed.GetRequiredValue(id),
                Before = parsed.GetValue(before),
                Index = parsed.GetValue(index),
                Paths = invocation.Paths(writer),
                DryRun = parsed.GetValue(dryRun),
                Durability = Spelling.Parse<Durability>(parsed.GetValue(durability)!),
            });
            progress.Dispose();
            return OutcomeReport.Print(outcome, invocation, "Restored", "restore");
        });
        return command;
    }
}
