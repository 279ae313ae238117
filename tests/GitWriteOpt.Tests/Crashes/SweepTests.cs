using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.PowerCuts;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>A sample of each sweep (I1, I2, I6); the whole is one command, see the README.</summary>
public sealed class SweepTests(SweptCases cases) : IClassFixture<SweptCases>
{
    public static TheoryData<string, RepositoryKind, string, int> Killed => new()
    {
        { "mixed", RepositoryKind.Plain, "apply", 16 },
        { "mixed", RepositoryKind.Sha256, "rollback", 6 },
        { "mixed", RepositoryKind.Linked, "recover", 6 },
        { "big", RepositoryKind.Plain, "apply", 3 },
        { "swap", RepositoryKind.Plain, "apply-stage", 10 },
        { "swap", RepositoryKind.Linked, "redo", 6 },
        { "swap", RepositoryKind.Plain, "gc", 6 },
    };

    [Theory]
    [MemberData(nameof(Killed))]
    public void A_kill_anywhere_leaves_all_before_or_all_after(string scenario, RepositoryKind kind, string command, int points)
    {
        var row = Sweep.Kill(cases.Workshop, cases.Get(scenario, kind, command), Few(points));
        row.Trials.Count.ShouldBe(Math.Min(Few(points), row.Points));
        row.Bad.Select(t => t.Text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ENOSPC", 8)]
    [InlineData("EIO-fsync", 4)]
    [InlineData("EIO-rename", 6)]
    [InlineData("EACCES", 8)]
    [InlineData("EMFILE", 6)]
    [InlineData("EXDEV", 4)]
    public void A_failure_anywhere_is_refused_or_rolled_back_and_says_so(string fault, int points)
    {
        var row = Sweep.Fail(cases.Workshop, cases.Get("swap", RepositoryKind.Plain, "apply"),
            Fault.All.Single(f => f.Name == fault), Few(points));
        row.Trials.Count.ShouldBe(Few(points));
        row.Bad.Select(t => t.Text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_durable_before_what_it_needs(int run)
    {
        SkipWhereNothingIsTraced();

        // In memory files are synced one by one, on the disk a file system at once.
        foreach (var place in ((string[])[cases.Workshop.Root, HermeticEnvironment.Disk]).Where((_, i) => SweptCases.Fast || run % 2 == i))
        {
            using var workshop = new Workshop(Writeopt.Binary, place);
            var order = new DriveInfo(place).DriveFormat is "ext4" or "ext3" or "xfs" or "btrfs"
                ? NameOrder.Kept : NameOrder.Any;
            OrderSweep.Check(workshop, Scenario.All.Single(s => s.Name == "swap"), OrderSweep.Runs[run], order)
                .Bad.Select(t => t.Text).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_command_of_gits_own_is_seen_torn_and_locked()
    {
        SkipWhereNothingIsTraced();
        var swept = SweptCase.Make(cases.Workshop,
            cases.Workshop.Prepare(Scenario.All.Single(s => s.Name == "swap"), RepositoryKind.Plain, inTheWay: false),
            SweptCommand.OfGit[0]);
        var row = Sweep.Kill(cases.Workshop, swept, 6);
        row.Counts.ShouldBeFalse();
        row.Bad.SelectMany(t => t.Verdict.Findings.Select(f => f.Harm)).ShouldContain(Harm.Torn);
        row.Bad.SelectMany(t => t.Verdict.Findings.Select(f => f.Harm)).ShouldContain(Harm.Stuck);
    }

    private static int Few(int points) => SweptCases.Fast ? points : Math.Max(2, points / 3);

    private static void SkipWhereNothingIsTraced() => Assert.SkipWhen(Tracer.Unavailable is not null, Tracer.Unavailable ?? "");
}
