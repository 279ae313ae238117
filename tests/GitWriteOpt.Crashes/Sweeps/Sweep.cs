using System.Diagnostics;
using GitWriteOpt.Crashes.Scenarios;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>Runs the trials of a case side by side.</summary>
public static class Sweep
{
    /// <summary>Kills the command at every point, or at as many as asked for.</summary>
    public static Row Kill(Workshop workshop, SweptCase swept, int? most = null, int? only = null) =>
        Run(workshop, swept, "kill", KillSweep.PointsOf(swept), KillSweep.Try, most, only);

    /// <summary>Lets every call fail, or as many as asked for.</summary>
    public static Row Fail(Workshop workshop, SweptCase swept, Fault fault, int? most = null, int? only = null) =>
        Run(workshop, swept, fault.Name, FaultSweep.PointsOf(workshop, swept, fault), FaultSweep.Try, most, only);

    /// <summary>A line for a case that cannot be swept.</summary>
    public static Row NotAvailable(string scenario, SweptCommand command, string sweep, string why) =>
        new(scenario, command.Name, sweep, 0, [], 0, why);

    private static Row Run(Workshop workshop, SweptCase swept, string name, IReadOnlyList<Point> points,
        Func<SweptCase, Point, string, Trial> attempt, int? most, int? only)
    {
        var started = Stopwatch.GetTimestamp();
        var chosen = only is { } at ? [.. points.Where(p => p.At == at)] : Points.Sample(points, most);
        var trials = chosen.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Min(Environment.ProcessorCount, 512))
            .Select(point => workshop.WithTrial(folder => attempt(swept, point, folder))).ToList();
        return new Row(swept.Name, swept.Command.Name, name, points.Count, trials,
            Stopwatch.GetElapsedTime(started).TotalSeconds)
        {
            Counts = swept.Command.IsOurs,
        };
    }
}
