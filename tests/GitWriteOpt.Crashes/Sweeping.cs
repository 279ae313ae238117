using GitWriteOpt.Crashes.PowerCuts;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;

namespace GitWriteOpt.Crashes;

/// <summary>All the sweeps that were asked for, one after another.</summary>
internal static class Sweeping
{
    private const int UsualPowerCuts = 40;

    internal static void Run(Options options, string binary, Report report)
    {
        using var workshop = new Workshop(binary, options.Work, options.Keep);
        foreach (var sweep in ((string[])["kill", "faults"]).Where(s => options.Sweep == s || options.Sweep == "all"))
        {
            foreach (var scenario in Scenario.All.Where(s => Options.Has(options.Scenarios, s.Name)))
            {
                foreach (var kind in Enum.GetValues<RepositoryKind>().Where(k => Options.Has(options.Kinds, k.ToString())))
                {
                    Run(options, workshop, sweep, scenario, kind, report);
                }
            }
        }

        if (options.Sweep is "powercut" or "all")
        {
            if (options.Disk is null)
            {
                CheckOrder(options, workshop, report);
            }

            CutPower(options, workshop, report);
        }
    }

    // In memory files are synced one by one and nothing is known of the order of names; on the disk syncfs is used.
    private static void CheckOrder(Options options, Workshop inMemory, Report report)
    {
        using var onDisk = new Workshop(inMemory.Binary, Path.GetTempPath(), options.Keep);
        foreach (var workshop in (Workshop[])[inMemory, onDisk])
        {
            var order = new DriveInfo(workshop.Root).DriveFormat is "ext4" or "ext3" or "xfs" or "btrfs"
                ? NameOrder.Kept : NameOrder.Any;
            foreach (var scenario in Scenario.All.Where(s => Options.Has(options.Scenarios, s.Name)))
            {
                foreach (var run in OrderSweep.Runs.Where(r => Options.Has(options.Commands, r.Command.Name)))
                {
                    report.Add(OrderSweep.Check(workshop, scenario, run, order));
                }
            }
        }
    }

    private static void CutPower(Options options, Workshop workshop, Report report)
    {
        foreach (var (kind, megabytes) in LoopDisk.Kinds.Where(d => options.Disk is null || options.Disk == d.Kind))
        {
            foreach (var scenario in Scenario.All.Where(s => Options.Has(options.Scenarios, s.Name)))
            {
                foreach (var command in SweptCommand.Ours.Take(3).Where(c => Options.Has(options.Commands, c.Name)))
                {
                    report.Add(LoopSweep.Run(workshop, kind, megabytes, scenario, command, options.Most ?? UsualPowerCuts));
                }
            }
        }
    }

    private static void Run(Options options, Workshop workshop, string sweep, Scenario scenario, RepositoryKind kind,
        Report report)
    {
        foreach (var command in SweptCommand.Ours.Where(c => Options.Has(options.Commands, c.Name)))
        {
            if (command.Name == "gc" && !workshop.Knows("gc"))
            {
                report.Add(Sweep.NotAvailable(scenario.Name, command, sweep, "not available in this binary"));
                continue;
            }

            Run(options, workshop, sweep, SweptCase.Make(workshop, workshop.Prepare(scenario, kind, inTheWay: true), command), report);
        }

        // git refuses to overwrite the user's work, so its commands get a worktree in which none is in the way.
        foreach (var command in SweptCommand.OfGit.Where(_ => kind == RepositoryKind.Plain && Options.Has(options.Commands, "git")))
        {
            Run(options, workshop, sweep, SweptCase.Make(workshop, workshop.Prepare(scenario, kind, inTheWay: false), command), report);
        }
    }

    private static void Run(Options options, Workshop workshop, string sweep, SweptCase swept, Report report)
    {
        foreach (var blind in swept.BlindSpots)
        {
            Console.Error.WriteLine($"{swept.Name}, {swept.Command.Name}: a blind spot, {blind}");
        }

        if (sweep == "kill")
        {
            report.Add(Sweep.Kill(workshop, swept, options.Most, options.At));
            return;
        }

        foreach (var fault in Fault.All.Where(f => Options.Has(options.Faults, f.Name)))
        {
            report.Add(Sweep.Fail(workshop, swept, fault, options.Most, options.At));
        }
    }
}
