using System.CommandLine;
using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt install --hooks</c>: puts our hooks into a repository beside those that are there.</summary>
internal static class InstallCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var hooks = new Option<bool>("--hooks")
        {
            Description = "The pre-commit and post-merge hooks, where git looks for them (core.hooksPath)",
        };
        var command = new Command("install", "Install hooks into this repository") { hooks };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            Diagnostics.Warnings(writer.Mirrors().Select(m => $"the remote {m.Remote} would publish or prune our hidden refs, "
                + $"which hold what was never committed ({m.Why}); to leave them out: {m.Remedy}"), invocation);
            if (!parsed.GetValue(hooks))
            {
                throw UsageErrors.Of("nothing-to-install", "say what to install", "git writeopt install --hooks");
            }

            var found = HookInstallation.Install(HooksDirectory.Of(writer.Layout));
            InstallReport.Print(found, invocation);
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>git writeopt uninstall</c>: takes our hooks out again and leaves the others.</summary>
internal static class UninstallCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("uninstall", "Remove our hooks from this repository");
        command.SetAction(_ =>
        {
            var layout = invocation.Open().Layout;
            InstallReport.Print(HookInstallation.Uninstall(HooksDirectory.Of(layout)), invocation);
            return ExitCode.Done;
        });
        return command;
    }
}
