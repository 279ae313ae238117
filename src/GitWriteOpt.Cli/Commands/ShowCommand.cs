using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt show</c>: what a transaction was, and its diff; what a session was, and its timeline.</summary>
internal static class ShowCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = SharedArguments.Landmark(required: false);
        var command = new Command("show",
            "Show a transaction, session, checkpoint or snapshot (without an id the newest standing transaction)")
        {
            id,
        };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            switch (writer.Locate(parsed.GetValue(id) ?? "@"))
            {
                case Landmark.Transaction { Summary: var transaction }:
                    Show(transaction, writer, invocation);
                    break;
                case Landmark.Session { Summary: var session }:
                    TimelineReport.Show(session, writer.Timeline(session), invocation);
                    break;
                case var point:
                    LandmarkReport.Show(point, writer, invocation);
                    break;
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(TransactionSummary transaction, Writer writer, Invocation invocation)
    {
        var files = writer.Files(transaction);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, ShowAnswer.Of(transaction, files), AnswerJson.Default.ShowAnswer);
            return;
        }

        invocation.Screen.Page(invocation.Directory);
        ShowReport.Print(transaction, files, invocation.Screen);
        new GitDiff(writer.Layout, invocation.Screen).Print(transaction.Backup, transaction.Commit, []);
    }
}
