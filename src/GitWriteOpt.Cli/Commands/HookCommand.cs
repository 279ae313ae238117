using System.CommandLine;
using GitWriteOpt.Cli.Agents;
using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt hook</c>: what git's hooks call. It never breaks its host: whatever happens, exit code 0.</summary>
internal static class HookCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("hook", "What git's and agents' hooks call; it never fails its host");
        foreach (var name in HookShim.Names)
        {
            var arguments = new Argument<string[]>("argument") { Description = "What git hands to the hook" };
            var hook = new Command(name, $"Called by git's {name} hook") { arguments };
            hook.SetAction(_ => Run(name, invocation));
            command.Add(hook);
        }

        foreach (var name in AgentHost.Names)
        {
            var hook = new Command(name, $"Called by {name}'s hooks, with the event on standard input");
            hook.SetAction(_ => AgentHookRun.Carry(name, invocation));
            command.Add(hook);
        }

        return command;
    }

    private static int Run(string name, Invocation invocation)
    {
        try
        {
            PendingWarning.Print(invocation.Open(), withCount: name == HookShim.PostMerge);
        }
#pragma warning disable CA1031 // A commit or merge of the user's must not fail because of us; it is said, not hidden.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Diagnostics.Note($"git writeopt hook {name}: {cause.Message}");
        }

        return ExitCode.Done;
    }
}
