using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt show</c>: what a transaction was, and its diff.</summary>
internal static class ShowCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = SharedArguments.Id(required: false);
        var command = new Command("show", "Show a transaction (without an id the newest standing one)") { id };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var transaction = writer.Find(parsed.GetValue(id) ?? "@");
            var files = writer.Files(transaction);
            if (invocation.Json)
            {
                JsonReport.Print(invocation, ShowAnswer.Of(transaction, files), AnswerJson.Default.ShowAnswer);
                return ExitCode.Done;
            }

            invocation.Screen.Page(invocation.Directory);
            ShowReport.Print(transaction, files, invocation.Screen);
            new GitDiff(writer.Layout, invocation.Screen).Print(transaction.Backup, transaction.Commit, []);
            return ExitCode.Done;
        });
        return command;
    }
}
