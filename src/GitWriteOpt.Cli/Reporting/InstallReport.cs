using GitWriteOpt.Cli.Commands;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to install and uninstall.</summary>
internal static class InstallReport
{
    /// <summary>Prints it.</summary>
    public static void Print(IReadOnlyList<HookAnswer> hooks, Invocation invocation)
    {
        if (invocation.Json)
        {
            var changed = hooks.Any(h => h.Action is "installed" or "chained" or "removed");
            JsonReport.Print(invocation, new InstallAnswer(changed ? "applied" : "unchanged", hooks),
                AnswerJson.Default.InstallAnswer);
        }
        else if (!invocation.Quiet)
        {
            foreach (var hook in hooks)
            {
                invocation.Screen.Line($"{hook.Hook}: {hook.Action} ", new Piece(Quoting.Path(hook.Path), Tone.Faint));
            }
        }
    }
}
