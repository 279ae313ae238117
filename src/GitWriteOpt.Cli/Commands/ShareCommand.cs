using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt share</c>: sessions and patterns, to and from other people.</summary>
internal static class ShareCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("share", "Share sessions and patterns over a git remote, when asked and under your own name")
        {
            Push(invocation), Fetch(invocation), List(invocation),
        };
        command.SetAction(_ => Listed(invocation));
        return command;
    }

    private static Command Push(Invocation invocation)
    {
        var remote = Remote();
        var session = new Argument<string?>("session") { Description = "The session to share", Arity = ArgumentArity.ZeroOrOne };
        var patterns = new Option<bool>("--patterns") { Description = "Share what was learned" };
        var force = new Option<bool>("--force") { Description = "Also what looks like a secret; never private files" };
        var command = new Command("push", "Share one session, or what was learned") { remote, session, patterns, force };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(session);
            if (name is null != parsed.GetValue(patterns))
            {
                throw UsageErrors.Of("nothing-to-share", "share push wants one session, or --patterns",
                    "git writeopt session list shows the sessions");
            }

            ShareReport.Pushed(invocation.Open().Share(parsed.GetValue(remote)!, name, parsed.GetValue(force), MayPrompt()), invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Fetch(Invocation invocation)
    {
        var remote = Remote();
        var user = new Argument<string?>("user") { Description = "Only this user's", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("fetch", "Fetch what others shared; it is shown, never acted on") { remote, user };
        command.SetAction(parsed =>
        {
            ShareReport.Fetched(invocation.Open().FetchShared(parsed.GetValue(remote)!, parsed.GetValue(user), MayPrompt()), invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(Invocation invocation)
    {
        var command = new Command("list", "List what is shared, by you and by others");
        command.SetAction(_ => Listed(invocation));
        return command;
    }

    private static int Listed(Invocation invocation)
    {
        ShareReport.List([.. invocation.Open().Shared()], invocation);
        return ExitCode.Done;
    }

    private static Argument<string> Remote() => new("remote") { Description = "A remote of the repository, or an address" };

    // git asks at the terminal itself; where nobody sits at one, nothing asks.
    private static bool MayPrompt() => !Console.IsInputRedirected && !Console.IsErrorRedirected;
}
