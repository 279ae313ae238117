using System.CommandLine;
using System.CommandLine.Parsing;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Cli.Undoing;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt rollback</c>, also called <c>undo</c>: undoes transactions, as a new transaction.</summary>
internal static class RollbackCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = SharedArguments.Id(required: false);
        var to = new Option<string?>("--to")
        {
            Description = "Undo all standing ones that are newer than <id>, which stays",
            HelpName = "id",
        };
        var session = new Option<string?>("--session") { Description = "Undo all of a session", HelpName = "id" };
        var unattributed = new Option<bool>("--unattributed")
        {
            Description = "With --session: also what something else may have written meanwhile",
        };
        var patch = new Option<bool>("--patch", "-p") { Description = "Choose hunk by hunk what to undo" };
        var force = new Option<bool>("--force") { Description = "Overwrite what was changed later; it is saved first" };
        var dryRun = SharedArguments.DryRun();
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command("rollback", "Undo a transaction (without an id the newest standing one) [-- <path>...]")
        {
            id, to, session, unattributed, patch, force, dryRun, durability,
        };
        command.Aliases.Add("undo");
        command.Validators.Add(result =>
        {
            // The values are not asked for: an option without its value has none, and the parser says that better.
            SymbolResult?[] given = [result.GetResult(id), result.GetResult(to), result.GetResult(session)];
            if (given.Count(g => g is { Tokens.Count: > 0 }) > 1)
            {
                result.AddError("an id, --to and --session exclude one another");
            }
        });
        command.SetAction(parsed =>
        {
            using var progress = new ProgressBar(invocation);
            var writer = invocation.Open();
            writer.Progress = progress.Report;
            var request = new RollbackRequest
            {
                Transaction = parsed.GetValue(id),
                To = parsed.GetValue(to),
                Session = parsed.GetValue(session),
                WithUnattributed = parsed.GetValue(unattributed),
                Paths = invocation.Paths(writer),
                Force = parsed.GetValue(force),
                DryRun = parsed.GetValue(dryRun),
                Durability = Spelling.Parse<Durability>(parsed.GetValue(durability)!),
            };
            var outcome = parsed.GetValue(patch) ? InParts(writer, request, invocation) : writer.Rollback(request);
            progress.Dispose();
            return OutcomeReport.Print(outcome, invocation, "Rolled back", "roll back");
        });
        return command;
    }

    // The lock is not held while a person thinks: what changed meanwhile is found when it is carried out.
    private static WriteOutcome InParts(Writer writer, RollbackRequest request, Invocation invocation)
    {
        var colour = invocation.Screen.Colour && !Console.IsErrorRedirected;
        var hunks = new HunkPicker(Console.In, Console.Error, new HunkText(Console.Error, colour)).Choose(writer.Offer(request));
        return hunks.Files.Count == 0 ? new WriteOutcome { State = WriteState.Unchanged }
            : writer.Rollback(request with { Hunks = hunks });
    }
}
