using System.CommandLine;
using GitWriteOpt.Cli.Agents;
using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt install</c>: puts our hooks into a repository, or into an agent's configuration, beside those there.</summary>
internal static class InstallCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var hooks = new Option<bool>("--hooks")
        {
            Description = "git's hooks, beside those of others, where git or what manages hooks here looks for them",
        };
        var agent = AgentWrites.Option("Wire our hooks into an agent's configuration in this repository, as a transaction");
        var command = new Command("install", "Install hooks into this repository, of git or of an agent") { hooks, agent };
        command.SetAction(parsed =>
        {
            var wantsAgent = parsed.GetValue(agent) is not null;
            if (parsed.GetValue(hooks) == wantsAgent)
            {
                throw UsageErrors.Of("nothing-to-install",
                    wantsAgent ? "--hooks and --agent are installed one after the other" : "say what to install",
                    "git writeopt install --hooks, or git writeopt install --agent claude");
            }

            var writer = invocation.Open();
            Diagnostics.Warnings(writer.Mirrors().Select(m => $"the remote {m.Remote} would publish or prune our hidden refs, "
                + $"which hold what was never committed ({m.Why}); to leave them out: {m.Remedy}"), invocation);
            if (parsed.GetValue(agent) is { } host)
            {
                return AgentWrites.Apply(invocation, $"Wire git writeopt into {host}", "Installed", "install",
                    layout => AgentConfiguration.Install(host, layout));
            }

            if (HooksDirectory.IsShared(writer.Layout))
            {
                Diagnostics.Warnings([$"core.hooksPath is not this repository's own: what lies in \"{HooksDirectory.Of(writer.Layout)}\" runs in every "
                    + "repository that has no other"], invocation);
            }

            var found = HookPlaces.Install(writer.Layout, ConfiguredHooks.OfGit(writer.Layout));
            InstallReport.Print(found, invocation);
            if (writer.LearnsInBackground)
            {
                BackgroundRun.Start(writer.Layout, ["learn", "--quiet"]);
            }

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
        var agent = AgentWrites.Option("Take our hooks out of an agent's configuration, as a transaction");
        var command = new Command("uninstall", "Remove our hooks from this repository") { agent };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(agent) is { } host)
            {
                return AgentWrites.Apply(invocation, $"Take git writeopt out of {host}", "Uninstalled", "uninstall",
                    layout => AgentConfiguration.Uninstall(host, layout));
            }

            var layout = invocation.Open().Layout;
            InstallReport.Print(HookPlaces.Uninstall(layout), invocation);
            return ExitCode.Done;
        });
        return command;
    }
}
