using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt snapshot</c>: the whole worktree at one moment.</summary>
internal static class SnapshotCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var create = Create(invocation, "create");
        var nul = NulList.Option("ids");
        var list = new Command("list", "List the snapshots") { nul };
        list.SetAction(parsed =>
        {
            if (parsed.GetValue(nul) && !invocation.Json)
            {
                return NulList.Print(invocation.Open().Snapshots().Select(s => s.Id), invocation);
            }

            SnapshotReport.List(invocation.Open().Snapshots(), invocation);
            return ExitCode.Done;
        });
        var id = new Argument<string>("id") { Description = "The snapshot, as the list names it" };
        var drop = new Command("drop", "Forget a snapshot") { id };
        drop.SetAction(parsed =>
        {
            var dropped = invocation.Open().DropSnapshot(parsed.GetValue(id)!);
            if (invocation.Json)
            {
                JsonReport.Print(invocation, SnapshotAnswer.Of(dropped), AnswerJson.Default.SnapshotAnswer);
            }
            else if (!invocation.Quiet)
            {
                invocation.Screen.Line($"Dropped snapshot {dropped.Id}");
            }

            return ExitCode.Done;
        });

        // Without a verb it takes one, as `git stash` does.
        var command = Create(invocation, "snapshot");
        command.Add(create);
        command.Add(list);
        command.Add(drop);
        return command;
    }

    private static Command Create(Invocation invocation, string name)
    {
        var message = new Option<string?>("--message", "-m") { Description = "What the snapshot is for", HelpName = "text" };
        var session = new Option<string?>("--session") { Description = "The session that it belongs to (else WRITEOPT_SESSION)", HelpName = "id" };
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command(name, "Save the whole worktree: tracked files, and untracked ones that are not ignored")
        {
            message, session, durability,
        };
        command.SetAction(parsed =>
        {
            var outcome = invocation.Open().TakeSnapshot(parsed.GetValue(message) ?? "Snapshot of the worktree",
                parsed.GetValue(session) ?? SessionOfEnvironment.Current(), Spelling.Parse<Durability>(parsed.GetValue(durability)!));
            SnapshotReport.Taken(outcome, invocation);
            return ExitCode.Done;
        });
        return command;
    }
}
