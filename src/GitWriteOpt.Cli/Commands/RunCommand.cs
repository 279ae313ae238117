using System.CommandLine;
using GitWriteOpt.Cli.Running;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt run</c>: any command, as one undoable transaction.</summary>
internal static class RunCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var onFailure = SharedArguments.OneOf("--on-failure", FailurePolicy.Ask,
            "What becomes of the writes of a command that fails; without a terminal to ask in they are kept");
        var message = new Option<string?>("--message", "-m") { Description = "What the run is for" };
        var words = new Argument<string[]>("command")
        {
            Description = "The command and its arguments, after --",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("run", "Run a command; what it writes is one transaction that can be undone [-- <command>...]")
        {
            onFailure, message, words,
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(words) is { Length: > 0 } typed ? typed
                : throw UsageErrors.Of("no-command", "run wants a command", "git writeopt run -- npm install");
            return new CommandRun(invocation, given, parsed.GetValue(message),
                Spelling.Parse<FailurePolicy>(parsed.GetValue(onFailure)!)).Carry();
        });
        return command;
    }
}
