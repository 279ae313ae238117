using System.CommandLine;
using GitWriteOpt.Cli.Completion;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt completion</c>: the completion script of a shell, made from the commands themselves.</summary>
internal static class CompletionCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("completion", "Print a shell's completion script");
        Add("bash", BashScript.Of);
        Add("zsh", ZshScript.Of);
        Add("fish", FishScript.Of);
        Add("pwsh", PowerShellScript.Of);
        return command;

        void Add(string shell, Func<Vocabulary, string> write)
        {
            var one = new Command(shell, $"The script for {shell}");
            one.SetAction(_ =>
            {
                invocation.Screen.Text(write(Vocabulary.Of(CommandLine.Tree(invocation))));
                return ExitCode.Done;
            });
            command.Add(one);
        }
    }
}
