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
            "What becomes of the writes of a command that fails; without a terminal to ask in they are kept (of --isolated: "
            + "rollback unless said otherwise)");
        var isolated = new Option<bool>("--isolated")
        {
            Description = "Run it in a worktree of its own that holds a snapshot of this one; what it wrote lands here if it succeeds",
        };
        var keep = new Option<bool>("--keep-worktree") { Description = "Leave the worktree of --isolated where it is" };
        var noValidate = new Option<bool>("--no-validate") { Description = "Land what --isolated brings without validation" };
        var message = new Option<string?>("--message", "-m") { Description = "What the run is for", HelpName = "text" };
        var step = SharedArguments.Step();
        var words = new Argument<string[]>("command")
        {
            Description = "The command and its arguments, after --",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("run", "Run a command; what it writes is one transaction that can be undone [-- <command>...]")
        {
            isolated, onFailure, keep, noValidate, step, message, words,
        };
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(words) is { Length: > 0 } typed ? typed
                : throw UsageErrors.Of("no-command", "run wants a command", "git writeopt run -- npm install");
            var policy = Spelling.Parse<FailurePolicy>(parsed.GetValue(onFailure)!);
            if (!parsed.GetValue(isolated))
            {
                return parsed.GetValue(keep) || parsed.GetValue(noValidate)
                    ? throw UsageErrors.Of("not-isolated", "--keep-worktree and --no-validate belong to --isolated",
                        "git writeopt run --isolated -- <command>")
                    : new CommandRun(invocation, given, parsed.GetValue(message), policy) { Step = parsed.GetValue(step) }.Carry();
            }

            var options = new IsolatedRunOptions(parsed.GetValue(message),
                parsed.GetResult(onFailure) is { Implicit: false } ? policy : FailurePolicy.Rollback,
                parsed.GetValue(keep), !parsed.GetValue(noValidate))
            {
                Step = parsed.GetValue(step),
            };
            return new IsolatedCommandRun(invocation, given, options).Carry();
        });
        return command;
    }
}
