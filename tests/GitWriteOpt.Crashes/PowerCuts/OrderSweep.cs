using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.PowerCuts;

/// <summary>Traces whole runs and checks the order of their calls.</summary>
public static class OrderSweep
{
    /// <summary>The runs that are checked.</summary>
    public static IReadOnlyList<(string Name, Promise Promise, SweptCommand Command)> Runs { get; } =
    [
        ("apply", Promise.Full, SweptCommand.Ours[0]),
        ("apply --durability batch", Promise.Batch, SweptCommand.Ours[0] with
        {
            Words = p => ["apply", "--json", "--durability", "batch", p.Batch],
        }),
        ("apply --stage", Promise.Full, SweptCommand.Ours[1]),
        ("rollback", Promise.Full, SweptCommand.Ours[2]),
        ("redo", Promise.Full, SweptCommand.Ours[3]),
    ];

    /// <summary>Checks one run; one trial, whose findings are the violations.</summary>
    /// <param name="workshop">Where.</param>
    /// <param name="scenario">Over what.</param>
    /// <param name="run">Which of <see cref="Runs"/>.</param>
    /// <param name="order">What the file system does with names by itself.</param>
    public static Row Check(Workshop workshop, Scenario scenario, (string Name, Promise Promise, SweptCommand Command) run,
        NameOrder order)
    {
        var swept = SweptCase.Make(workshop, workshop.Prepare(scenario, RepositoryKind.Plain, inTheWay: true), run.Command);
        var worktree = Path.GetDirectoryName(swept.Folder) + "/pristine-reference/repo";
        var checker = new OrderChecker(worktree, worktree + "/.git", run.Promise, order);
        var findings = checker.Check(swept.Calls)
            .Select(v => new Finding(Harm.Torn, $"at {v.At.Number}, {v.At.Text(worktree)}: {v.What}")).ToList();
        if (checker.Seen is { Journals: 0 } or { Swaps: 0 } or { CommitPoints: 0 })
        {
            findings.Add(new Finding(Harm.Code, $"nothing was checked: {checker.Seen}"));
        }

        var point = new Point(0, $"names {order}", CallClass.StateChanging, new Strike.None());
        return new Row(scenario.Name, run.Name, $"order, names {order}", swept.Calls.Count,
            [new Trial(point, null, 0, new Verdict(Ending.After, findings), swept.Folder)], 0);
    }
}
