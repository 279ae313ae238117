using System.Text.Json;
using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>
/// Kills a command before each of its calls that change state, and in the middle of each write. Afterwards the recovery
/// runs and is itself killed, once, at a point that moves along; then it runs again, and what is there is judged.
/// </summary>
public static class KillSweep
{
    /// <summary>All points of a case.</summary>
    public static IReadOnlyList<Point> PointsOf(SweptCase swept) =>
    [
        .. swept.Calls.SelectMany(call => (Point[])
        [
            new Point(call.Number, "kill", CallClass.StateChanging, new Strike.Kill()),
            .. call is { Class: CallClass.Write, Bytes: > 1 }
                ? [new Point(call.Number, "tear", CallClass.StateChanging, new Strike.Tear())] : (Point[])[],
        ]),
        new Point(Math.Max(1, swept.Calls.Count), "kill after", CallClass.StateChanging, new Strike.Kill(After: true)),
    ];

    /// <summary>Tries one point.</summary>
    public static Trial Try(SweptCase swept, Point point, string folder)
    {
        swept.CopyTo(folder);
        var run = swept.Run(folder, point.Counted, point.Strike, point.At);
        var hit = run.Hit?.Text(folder);
        if (!swept.Command.IsOurs)
        {
            return new Trial(point, hit, run.ExitCode, AsLeft(swept, folder), folder);
        }

        swept.KilledRecovery(folder, 1 + ((point.At - 1) % swept.RecoveryCalls));
        var recovered = swept.Recover(folder);
        var verdict = swept.Judge.Of(swept.WorktreeIn(folder), HasRecovered(recovered.Output));
        var findings = verdict.Findings.ToList();
        if (recovered.ExitCode != 0)
        {
            findings.Add(new Finding(Harm.Stuck,
                $"recover ends with {recovered.ExitCode}: {recovered.Output}{recovered.Error}"));
        }

        if (run.TimedOut)
        {
            findings.Add(new Finding(Harm.Hung, "the command had to be killed for time"));
        }

        if (run.ExitCode == 0 && verdict.Ending == Ending.Before && !swept.Before.IsSameAs(swept.After)
            && !swept.Command.AfterKilledApply)
        {
            findings.Add(new Finding(Harm.Lied, "exit code 0, and nothing is changed"));
        }

        return new Trial(point, hit, run.ExitCode, verdict with { Findings = findings }, folder);
    }

    /// <summary>How a command that knows no recovery leaves things: torn, and with which lock.</summary>
    internal static Verdict AsLeft(SweptCase swept, string folder)
    {
        var worktree = swept.WorktreeIn(folder);
        var locks = Leftovers.In(worktree, folder + "/repo/.git", gitAlone: true)
            .Where(f => f.Harm == Harm.Stuck).ToList();
        Ending ending;
        try
        {
            ending = swept.Judge.EndingOf(swept.Judge.Read(worktree));
        }
        catch (InvalidOperationException)
        {
            ending = Ending.Torn; // the index cannot be read
        }

        return new Verdict(ending, ending == Ending.Torn
            ? [new Finding(Harm.Torn, "as left"), .. locks] : locks);
    }

    private static bool HasRecovered(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("recovered", out var recovered) && recovered.GetArrayLength() > 0;
        }
        catch (JsonException)
        {
            return false; // its exit code is judged
        }
    }
}
