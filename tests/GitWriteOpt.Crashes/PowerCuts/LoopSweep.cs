using System.Diagnostics;
using System.Text.RegularExpressions;
using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.PowerCuts;

/// <summary>
/// Cuts the power for real: a command on a mounted image is killed at a point, what the block device holds at that
/// instant is mounted elsewhere, where the recovery runs and is judged. A run that was not killed must be durable.
/// </summary>
internal static partial class LoopSweep
{
    /// <summary>Sweeps a command on one kind of file system.</summary>
    internal static Row Run(Workshop outer, string kind, int megabytes, Scenario scenario, SweptCommand command, int most)
    {
        if (LoopDisk.Unavailable(outer.Hermetic, kind) is { } why)
        {
            return Sweep.NotAvailable($"{scenario.Name} on {kind}", command, "power cut", why);
        }

        var started = Stopwatch.GetTimestamp();
        using var disk = LoopDisk.Make(outer.Hermetic, outer.NewFolder(kind), kind, megabytes);
        using var workshop = new Workshop(outer.Binary, disk.Root);
        var swept = SweptCase.Make(workshop, workshop.Prepare(scenario, RepositoryKind.Plain, inTheWay: true), command);
        IReadOnlyList<Point> points =
        [
            .. Enumerable.Range(1, swept.Calls.Count + 1)
                .Select(at => new Point(at, "power cut", CallClass.StateChanging, new Strike.Kill())),
        ];
        var trials = Points.Sample(points, most)
            .Select(point => workshop.WithTrial(folder => Try(disk, swept, point, folder))).ToList();
        return new Row($"{scenario.Name} on {kind}", command.Name, "power cut", points.Count, trials,
            Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    private static Trial Try(LoopDisk disk, SweptCase swept, Point point, string folder)
    {
        swept.CopyTo(folder);
        disk.Sync();
        var run = swept.Run(folder, point.Counted, point.Strike, point.At);
        disk.CutPower();
        try
        {
            var after = disk.AfterPowerCut + folder[disk.Root.Length..];
            StartTheSystemAnew(after);
            var recovered = swept.Recover(after);
            var verdict = swept.Judge.Of(swept.WorktreeIn(after), begun: false);
            var findings = verdict.Findings.ToList();
            if (recovered.ExitCode != 0)
            {
                findings.Add(new Finding(Harm.Stuck,
                    $"recover ends with {recovered.ExitCode}: {recovered.Output}{recovered.Error}"));
            }

            if (run.ExitCode == 0 && verdict.Ending != Ending.After)
            {
                findings.Add(new Finding(Harm.Lied, $"exit code 0, and after a power cut it is {verdict.Ending}"));
            }

            return new Trial(point, run.Hit?.Text(folder), run.ExitCode, verdict with { Findings = findings }, folder);
        }
        finally
        {
            disk.Discard();
        }
    }

    // Witnesses name the running system; after a power cut it would be another one.
    private static void StartTheSystemAnew(string folder)
    {
        var open = folder + "/repo/.git/writeopt/open";
        foreach (var witness in Directory.Exists(open) ? Directory.EnumerateFiles(open) : [])
        {
            File.WriteAllText(witness, Boot().Replace(File.ReadAllText(witness), "boot before-the-power-cut"));
        }
    }

    [GeneratedRegex("^boot .*$", RegexOptions.Multiline)]
    private static partial Regex Boot();
}
