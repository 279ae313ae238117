using System.CommandLine;
using GitWriteOpt.Cli.Pages;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Statistics;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt stats</c>: what recorded transactions, sessions and commands add up to.</summary>
internal static class StatsCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var since = new Option<string?>("--since")
        {
            Description = "Only what came after <when>, as git log reads it",
            HelpName = "when",
        };
        var html = new Option<string?>("--html") { Description = "Write the figures to this file as one page with plots", HelpName = "file" };
        var force = new Option<bool>("--force") { Description = "Replace the file of --html, whatever it is" };
        var calibrate = new Option<bool>("--calibrate")
        {
            Description = "First measure what single writes and batches cost on this machine and file system",
        };
        var command = new Command("stats", "Show what transactions, sessions and commands add up to") { since, html, force, calibrate };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            if (parsed.GetValue(calibrate))
            {
                using var bar = new ProgressBar(invocation);
                writer.Progress = bar.Report;
                writer.Calibrate();
            }

            var report = writer.Figures(new FigureRequest(parsed.GetValue(since)));
            if (parsed.GetValue(html) is { } name)
            {
                var file = Path.GetFullPath(Path.Combine(invocation.Directory, name));
                PageFile.Write(file, new StatsPage(report, writer.Layout.WorktreeRoot).Render, parsed.GetValue(force));
                if (!invocation.Json)
                {
                    invocation.Screen.Line($"The page is in {Quoting.Path(file)}");
                    return ExitCode.Done;
                }
            }

            StatsReport.Print(report, invocation);
            return ExitCode.Done;
        });
        return command;
    }
}
