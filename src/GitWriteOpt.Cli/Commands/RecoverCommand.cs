using System.CommandLine;
using GitWriteOpt.Cli.Recovering;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt recover</c>: what was cut off is brought to an end, transactions and sessions.</summary>
internal static class RecoverCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var forward = new Option<bool>("--forward") { Description = "Finish what was begun; of a session: keep all" };
        var back = new Option<bool>("--back") { Description = "Take back what was begun; of a session: back to its start" };
        var session = new Option<string?>("--session") { Description = "Decide about this session", HelpName = "id" };
        var to = new Option<string?>("--to")
        {
            Description = "Bring the session back to its start or to a checkpoint, and end it",
            HelpName = "start|checkpoint",
        };
        var keep = new Option<bool>("--keep") { Description = "End the session and keep all that it wrote" };
        var unattributed = new Option<bool>("--unattributed")
        {
            Description = "Also take back what something else may have written meanwhile",
        };
        var dryRun = SharedArguments.DryRun();
        var command = new Command("recover", "Bring to an end what was cut off: transactions, and sessions of agents [-- <path>...]")
        {
            forward, back, session, to, keep, unattributed, dryRun,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(forward) && result.GetValue(back))
            {
                result.AddError("--forward and --back exclude one another");
            }

            var choices = new[] { result.GetValue(forward) || result.GetValue(keep), result.GetValue(back), result.GetResult(to) is not null };
            var named = result.GetResult(session) is not null;
            if (!named && (result.GetValue(keep) || result.GetResult(to) is not null || result.GetValue(unattributed)))
            {
                result.AddError("--to, --keep and --unattributed belong to --session <id>");
            }
            else if (named && choices.Count(c => c) > 1)
            {
                result.AddError("--to, --keep, --forward and --back exclude one another");
            }
        });
        command.SetAction(parsed =>
        {
            RecoveryDirection? direction = parsed.GetValue(forward) ? RecoveryDirection.Forward
                : parsed.GetValue(back) ? RecoveryDirection.Back : null;
            var wish = new RecoverWish(parsed.GetValue(dryRun))
            {
                Direction = direction,
                Session = parsed.GetValue(session),
                To = parsed.GetValue(back) ? "start" : parsed.GetValue(to),
                Keep = parsed.GetValue(keep) || direction is RecoveryDirection.Forward,
                WithUnattributed = parsed.GetValue(unattributed),
            };
            return new RecoverRun(invocation, wish).Carry();
        });
        return command;
    }
}
