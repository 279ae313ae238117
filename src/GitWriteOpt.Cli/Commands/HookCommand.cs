using System.CommandLine;
using System.Globalization;
using GitWriteOpt.Cli.Agents;
using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// <c>git writeopt hook</c>: what git's hooks call. It never breaks its host: whatever happens to us is exit code 0. Only a
/// finding under <c>writeopt.preCommit=strict</c> is 1.
/// </summary>
internal static class HookCommand
{
    private static readonly TimeSpan StandardLimit = TimeSpan.FromSeconds(2);

    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("hook", "What git's and agents' hooks call; it never fails its host");
        foreach (var name in HookShim.Names)
        {
            var arguments = new Argument<string[]>("argument") { Description = "What git hands to the hook" };
            var hook = new Command(name, $"Called by git's {name} hook") { arguments };
            hook.SetAction(parsed => Run(name, parsed.GetValue(arguments) ?? [], invocation));
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

    // Milliseconds, as for agents' checkpoints.
    private static TimeSpan Limit(Writer writer) => int.TryParse(writer.Setting("writeopt.hook.limit"),
        NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) ? TimeSpan.FromMilliseconds(chosen) : StandardLimit;

    private static int Run(string name, string[] arguments, Invocation invocation)
    {
        try
        {
            var writer = invocation.Open();
            if (name == HookShim.PreCommit)
            {
                using var terminal = HookTerminal.Open();
                return new PreCommitHook(writer)
                {
                    Limit = Limit(writer),
                    Ask = terminal is null ? null : terminal.Ask,
                    Amends = CommitInMaking.IsAmending(),
                }.Run();
            }

            new HistoryHook(writer) { Limit = Limit(writer), Background = command => BackgroundRun.Start(writer.Layout, command) }.Run(name, arguments);
        }
#pragma warning disable CA1031 // A commit or merge of the user's must not fail because of us; it is said, not hidden.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Diagnostics.Note($"git writeopt hook {name}: {(cause as AggregateException)?.InnerException?.Message ?? cause.Message}");
        }

        return ExitCode.Done;
    }
}
