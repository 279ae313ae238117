using System.Text.Json;
using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>
/// Lets each call fail with each error that can happen to it. The command then says what it did by its exit code, and the
/// worktree must agree at once: 0 done, 1 or 2 (the repository cannot be read) never begun, 3 rolled back; 4 only where the fault stays and so stops the way
/// back too. On a healthy disk the recovery and a second run succeed.
/// </summary>
public static class FaultSweep
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int Unreadable = 2;
    private const int RolledBack = 3;
    private const int NeedsAPerson = 4;

    /// <summary>All points of a case for one fault.</summary>
    public static IReadOnlyList<Point> PointsOf(Workshop workshop, SweptCase swept, Fault fault)
    {
        var count = workshop.WithTrial(folder =>
        {
            swept.CopyTo(folder);
            return swept.Run(folder, fault.Classes, new Strike.None(), 0).Calls.Count;
        });
        return
        [
            .. Enumerable.Range(1, count).SelectMany(at => ((Lasting[])[Lasting.Once, Lasting.Sticky, Lasting.StickyPath])
                .Select(lasting => new Point(at, $"{fault.Name}{Suffix(lasting)}", fault.Classes,
                    new Strike.Fail(fault.Errno, lasting)))),
        ];
    }

    /// <summary>Tries one point.</summary>
    public static Trial Try(SweptCase swept, Point point, string folder)
    {
        swept.CopyTo(folder);
        var run = swept.Run(folder, point.Counted, point.Strike, point.At);
        var hit = run.Hit?.Text(folder);
        if (!swept.Command.IsOurs)
        {
            return new Trial(point, hit, run.ExitCode, KillSweep.AsLeft(swept, folder), folder);
        }

        var worktree = swept.WorktreeIn(folder);
        var atOnce = swept.Judge.EndingOf(swept.Judge.Read(worktree));
        List<Finding> findings = [.. OfTheRun(swept, point, run, atOnce)];
        var recovered = swept.Recover(folder);
        if (recovered.ExitCode != 0)
        {
            findings.Add(new Finding(Harm.Stuck,
                $"recover on a healthy disk ends with {recovered.ExitCode}: {recovered.Output}{recovered.Error}"));
        }

        var verdict = swept.Judge.Of(worktree, begun: run.ExitCode is RolledBack or NeedsAPerson);
        findings.AddRange(verdict.Findings);
        if (verdict.Ending == Ending.Before && !swept.Before.IsSameAs(swept.After) && !swept.Command.AfterKilledApply)
        {
            var again = swept.RunUndisturbed(folder);
            if (again.ExitCode != 0 || swept.Judge.EndingOf(swept.Judge.Read(worktree)) != Ending.After)
            {
                findings.Add(new Finding(Harm.Stuck,
                    $"a second run on a healthy disk ends with {again.ExitCode}: {again.Output}{again.Error}"));
            }
        }

        return new Trial(point, hit, run.ExitCode, verdict with { Findings = findings }, folder);
    }

    private static IEnumerable<Finding> OfTheRun(SweptCase swept, Point point, TraceResult run, Ending atOnce)
    {
        if (run.TimedOut)
        {
            yield return new Finding(Harm.Hung, "the command had to be killed for time");
            yield break;
        }

        var lasts = point.Strike is Strike.Fail { Lasting: not Lasting.Once };
        var asPromised = run.ExitCode switch
        {
            Done => atOnce == Ending.After || (swept.Command.AfterKilledApply && atOnce != Ending.Torn),
            Refused or Unreadable or RolledBack => atOnce == Ending.Before || swept.Command.AfterKilledApply,
            NeedsAPerson => lasts || swept.Command.AfterKilledApply,
            _ => false,
        };
        if (swept.Before.IsSameAs(swept.After))
        {
            asPromised = run.ExitCode is Done or Refused or Unreadable or RolledBack;
        }

        if (!asPromised)
        {
            yield return run.ExitCode is Done or Refused or Unreadable or RolledBack
                ? new Finding(Harm.Lied, $"exit code {run.ExitCode}, and the worktree is {atOnce}: {run.Output}{run.Error}")
                : new Finding(Harm.Code, $"exit code {run.ExitCode}: {run.Output}{run.Error}");
        }

        if (run.ExitCode != Done && Missing(run.Output) is { Length: > 0 } missing)
        {
            yield return new Finding(Harm.Mute, $"the error has no {missing}: {run.Output}{run.Error}");
        }
    }

    /// <summary>Which of the fields of an error an answer lacks; empty for none.</summary>
    internal static string Missing(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.TryGetProperty("rescued", out _) && json.RootElement.TryGetProperty("warnings", out var said)
                && said.GetArrayLength() > 0)
            {
                return ""; // what recover could not decide is in its warnings
            }

            var error = json.RootElement.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object
                ? inner : json.RootElement;
            return string.Join(", ", ((string[])["category", "code", "message", "path", "suggestion"])
                .Where(name => !error.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String
                    || value.GetString() is null or ""));
        }
        catch (JsonException)
        {
            return "JSON";
        }
    }

    private static string Suffix(Lasting lasting) => lasting switch
    {
        Lasting.Once => "",
        Lasting.Sticky => ", staying",
        _ => ", staying on the path",
    };
}
