using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt recover</c>: brings transactions that were cut off to an end.</summary>
internal static class RecoverCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var forward = new Option<bool>("--forward") { Description = "Finish what was begun" };
        var back = new Option<bool>("--back") { Description = "Take back what was begun" };
        var dryRun = SharedArguments.DryRun();
        var command = new Command("recover", "Bring transactions that were cut off to an end [-- <path>...]")
        {
            forward, back, dryRun,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(forward) && result.GetValue(back))
            {
                result.AddError("--forward and --back exclude one another");
            }
        });
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var paths = invocation.Paths(writer).Select(p => p.Value).ToList();
            RecoveryDirection? direction = parsed.GetValue(forward) ? RecoveryDirection.Forward
                : parsed.GetValue(back) ? RecoveryDirection.Back : null;
            var dry = parsed.GetValue(dryRun);
            var outcome = writer.Recover(new RecoverRequest(direction, dry, paths.Count == 0 ? null : paths));
            return RecoveryReport.Print(outcome, invocation, dry);
        });
        return command;
    }
}
