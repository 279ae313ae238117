using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// Runs an agent's hook so that it never breaks its host: a failure of ours is said once a session and is exit code 0,
/// and what takes longer than its budget is left behind, to be swept by the next writer.
/// </summary>
internal static class AgentHookRun
{
    private const int ToolBudget = 150;
    private const int TurnBudget = 5_000;
    private const int SessionBudget = 20_000;

    /// <summary>Reads the event, acts, answers; the exit code.</summary>
    internal static int Carry(string name, Invocation invocation)
    {
        var host = AgentHost.Of(name);
        AgentEvent? told = null;
        try
        {
            using var input = Console.OpenStandardInput();
            told = host.Read(input);
            if (told.Moment == AgentMoment.Other || !Directory.Exists(told.Directory))
            {
                return ExitCode.Done;
            }

            var writer = Writer.Open(told.Directory, invocation.Log());
            var budget = Budget(writer, told);
            writer.LockLimit = TimeSpan.FromMilliseconds(budget);
            var act = Task.Run(() => new AgentHook(writer, host, told, TimeSpan.FromMilliseconds(budget)).Act());
            if (!act.Wait(budget))
            {
                Say(told, writer, "budget", $"the checkpoint {told.Name} took longer than {budget} ms and was left out");
                return ExitCode.Done;
            }

            return host.Answer(told, act.Result, invocation.Screen.Raw(), Console.Error);
        }
        catch (UsageException cause) when (cause.Error.Code is "not-a-repository" or "bare-repository")
        {
            return ExitCode.Done; // an agent works outside of repositories too
        }
#pragma warning disable CA1031 // Whatever it is, the agent goes on; it is said, not hidden.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            Diagnostics.Note($"git writeopt hook {name}: {(cause as AggregateException)?.InnerException?.Message ?? cause.Message}");
            return ExitCode.Done;
        }
    }

    // Hooks that were installed in the middle of a session begin it at the first tool: that takes as long as it takes.
    // Who allows a tool's checkpoint more time than the others have by themselves (a slow disk) means them too.
    private static int Budget(Writer writer, AgentEvent told)
    {
        int? chosen = int.TryParse(writer.Setting("writeopt.agent.budget"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : null;
        return told.Moment switch
        {
            AgentMoment.BeforeTool or AgentMoment.AfterTool when writer.OpenSessions().Any(s => s.Name == told.Session) =>
                chosen ?? ToolBudget,
            AgentMoment.BeforeTool or AgentMoment.AfterTool or AgentMoment.SessionStart => Math.Max(chosen ?? 0, SessionBudget),
            _ => Math.Max(chosen ?? 0, TurnBudget),
        };
    }

    private static void Say(AgentEvent told, Writer writer, string what, string text)
    {
        if (new AgentMemory(writer.Layout.GitDirectory, told.Session).IsNews(what))
        {
            Diagnostics.Note($"git writeopt: {text}");
        }
    }
}
