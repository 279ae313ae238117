namespace GitWriteOpt.Crashes;

/// <summary>The command line.</summary>
internal sealed record Options
{
    internal const string Usage = """
        usage: GitWriteOpt.Crashes kill|faults|powercut|all [<option>...]
          --scenario <name>,...   mixed, big, swap (all)
          --kind <kind>,...       plain, sha256, linked (all)
          --command <name>,...    apply, apply-stage, rollback, redo, recover, gc, git (all)
          --fault <name>,...      ENOSPC, EIO-fsync, ... (all)
          --disk <kind>           power cuts on ext4, xfs or btrfs alone, without the order of calls (all)
          --max <n>               at most n points a line of the table, evenly spread
          --at <n>                only the points at call n
          --keep                  leave the folders for a look
          --binary <path>         what is tested (the git-writeopt on PATH, else one that is published now)
          --work <folder>         where (memory); on ext4, xfs or btrfs the syncs are syncfs
          --json <file>           the same as the table, for programs
        """;

    internal required string Sweep { get; init; }

    internal IReadOnlyList<string> Scenarios { get; private set; } = [];

    internal IReadOnlyList<string> Kinds { get; private set; } = [];

    internal IReadOnlyList<string> Commands { get; private set; } = [];

    internal IReadOnlyList<string> Faults { get; private set; } = [];

    internal string? Disk { get; private set; }

    internal int? Most { get; private set; }

    internal int? At { get; private set; }

    internal bool Keep { get; private set; }

    internal string? Binary { get; private set; }

    internal string? Work { get; private set; }

    internal string? Json { get; private set; }

    /// <summary>The options, or null where the command line is wrong.</summary>
    internal static Options? Parse(string[] words)
    {
        if (words is not [("kill" or "faults" or "powercut" or "all") and var sweep, .. var rest])
        {
            return null;
        }

        var options = new Options { Sweep = sweep };
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--keep")
            {
                options.Keep = true;
            }
            else if (i + 1 >= rest.Length || !options.Set(rest[i], rest[++i]))
            {
                return null;
            }
        }

        return options;
    }

    /// <summary>Whether a name was asked for; with none all are.</summary>
    internal static bool Has(IReadOnlyList<string> asked, string name) =>
        asked.Count == 0 || asked.Contains(name, StringComparer.OrdinalIgnoreCase);

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "--scenario":
                Scenarios = value.Split(',');
                return true;
            case "--kind":
                Kinds = value.Split(',');
                return true;
            case "--command":
                Commands = value.Split(',');
                return true;
            case "--fault":
                Faults = value.Split(',');
                return true;
            case "--disk":
                Disk = value;
                return true;
            case "--binary":
                Binary = Path.GetFullPath(value);
                return true;
            case "--work":
                Work = Path.GetFullPath(value);
                return true;
            case "--json":
                Json = value;
                return true;
            case "--max" when int.TryParse(value, out var most) && most > 0:
                Most = most;
                return true;
            case "--at" when int.TryParse(value, out var at) && at > 0:
                At = at;
                return true;
            default:
                return false;
        }
    }
}
