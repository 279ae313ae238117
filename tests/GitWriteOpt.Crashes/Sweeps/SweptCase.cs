using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>
/// A command over a prepared scenario, run once without a strike: the calls that it makes are the points of a sweep, and
/// what it leaves is the state after.
/// </summary>
public sealed class SweptCase
{
    private readonly Workshop _workshop;
    private readonly PreparedScenario _prepared;

    private SweptCase(Workshop workshop, PreparedScenario prepared, SweptCommand command)
    {
        (_workshop, _prepared, Command) = (workshop, prepared, command);
        Before = After = new RepositoryState(new WorktreeState("", new Dictionary<string, string>()), "", new HashSet<string>());
    }

    /// <summary>The command.</summary>
    public SweptCommand Command { get; }

    /// <summary>The scenario's name with the kind of repository.</summary>
    public string Name => _prepared.Kind == RepositoryKind.Plain ? _prepared.Scenario.Name
        : $"{_prepared.Scenario.Name}, {_prepared.Kind switch { RepositoryKind.Sha256 => "sha256", _ => "linked worktree" }}";

    /// <summary>The state before.</summary>
    public RepositoryState Before { get; private set; }

    /// <summary>The state after.</summary>
    public RepositoryState After { get; private set; }

    /// <summary>The calls of the undisturbed run that change state.</summary>
    public IReadOnlyList<TracedCall> Calls { get; private set; } = [];

    /// <summary>How many such calls a recovery makes that has something to do.</summary>
    public int RecoveryCalls { get; private set; } = 1;

    /// <summary>The ways of writing that cannot be struck.</summary>
    public IReadOnlyCollection<string> BlindSpots { get; private set; } = [];

    /// <summary>Judges a trial of this case.</summary>
    public Judge Judge => new(Before, After, _prepared.Kind == RepositoryKind.Sha256, Command.Forgets, _workshop.Hermetic);

    /// <summary>The folder that each trial copies.</summary>
    public string Folder => _prepared.Folder;

    /// <summary>The worktree in a copy.</summary>
    public string WorktreeIn(string folder) => _prepared.WorktreeIn(folder);

    /// <summary>Prepares a case.</summary>
    /// <exception cref="InvalidOperationException">
    /// The undisturbed run fails, or does not make the state that the batch describes.
    /// </exception>
    public static SweptCase Make(Workshop workshop, PreparedScenario scenario, SweptCommand command)
    {
        var folder = workshop.NewFolder($"{scenario.Scenario.Name}-{scenario.Kind}-{command.Name.Replace(' ', '-')}");
        FolderCopy.Make(scenario.Folder, folder + "/pristine");
        var made = new SweptCase(workshop, scenario with { Folder = folder + "/pristine" }, command);
        made.Prepare();
        return made;
    }

    /// <summary>Makes a fresh copy for a trial.</summary>
    public void CopyTo(string folder)
    {
        FolderCopy.Make(Folder, folder);
        if (!Command.IsOurs)
        {
            // A copy has other inodes; git's own commands want them in the index.
            _ = _workshop.Hermetic.Run(WorktreeIn(folder), "git", "update-index", "-q", "--refresh");
        }
    }

    /// <summary>Runs the command in a copy.</summary>
    public TraceResult Run(string folder, CallClass counted, Strike strike, int at) =>
        Trace(folder, Command.CommandLine(_prepared, _workshop.Binary), counted, strike, at);

    /// <summary>Runs the recovery in a copy, killed at a point.</summary>
    public TraceResult KilledRecovery(string folder, int at) => Trace(folder,
        [_workshop.Binary, "recover", "--json"], CallClass.StateChanging, new Strike.Kill(), at);

    /// <summary>Runs the recovery in a copy.</summary>
    public Ran Recover(string folder) => _workshop.Hermetic.Run(WorktreeIn(folder), _workshop.Binary, "recover", "--json");

    /// <summary>Runs the command in a copy with nothing in its way.</summary>
    public Ran RunUndisturbed(string folder) =>
        _workshop.Hermetic.Run(WorktreeIn(folder), Command.CommandLine(_prepared, _workshop.Binary));

    private TraceResult Trace(string folder, IReadOnlyList<string> words, CallClass counted, Strike strike, int at) =>
        Tracer.Run(new TraceRequest(words, WorktreeIn(folder), folder, _workshop.Hermetic.Variables)
        {
            Counted = counted,
            Strike = strike,
            At = at,
        });

    private void Prepare()
    {
        var worktree = WorktreeIn(Folder);
        var sha256 = _prepared.Kind == RepositoryKind.Sha256;
        foreach (var words in Command.Preceding(_prepared, _workshop.Binary))
        {
            _workshop.Hermetic.Must(worktree, words);
        }

        var killed = Command.AfterKilledApply ? KillApply() : null;
        if (killed is null)
        {
            Before = RepositoryState.Of(worktree, sha256, _workshop.Hermetic);
        }

        var trial = Folder + "-reference";
        CopyTo(trial);
        var run = Run(trial, CallClass.StateChanging, new Strike.None(), 0);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{Command.Name} on {Name} ends with {run.ExitCode} undisturbed: {run.Output}{run.Error}");
        }

        (Calls, BlindSpots) = (run.Calls, run.BlindSpots);
        After = killed ?? RepositoryState.Of(WorktreeIn(trial), sha256, _workshop.Hermetic);
        if (Command.MakesTheBatch)
        {
            CheckAgainstTheBatch(sha256);
        }

        RecoveryCalls = Command.AfterKilledApply ? Calls.Count : CountRecovery(trial);
        FolderCopy.Remove(trial);
    }

    // An apply that has done half of its swaps; what it would have made comes back.
    private RepositoryState KillApply()
    {
        var apply = Make(_workshop, _prepared, SweptCommand.Ours[0]);
        (Before, var after) = (apply.Before, apply.After);
        Run(Folder, SweptCommand.Ours[0], apply.MiddleOfSwaps());
        FolderCopy.Remove(Path.GetDirectoryName(apply.Folder)!);
        return after;
    }

    private void Run(string folder, SweptCommand command, int at) => Trace(folder,
        command.CommandLine(_prepared, _workshop.Binary), CallClass.StateChanging, new Strike.Kill(), at);

    /// <summary>The call at which about half of the worktree's names have been swapped.</summary>
    public int MiddleOfSwaps()
    {
        var swaps = Calls.Where(c => c.Class is CallClass.Rename && c.Paths.Any(p =>
            p.Contains("/pristine-reference/", StringComparison.Ordinal)
            && !p.Contains("/.git/", StringComparison.Ordinal))).ToList();
        return swaps.Count == 0 ? Math.Max(1, Calls.Count / 2) : swaps[swaps.Count / 2].Number;
    }

    private int CountRecovery(string trial)
    {
        if (!Command.IsOurs)
        {
            return 1;
        }

        CopyTo(trial);
        Run(trial, CallClass.StateChanging, new Strike.Kill(), MiddleOfSwaps());
        return Math.Max(1, KilledRecovery(trial, int.MaxValue).Calls.Count);
    }

    // The batch said a second time, without the product: the state after must not come from what is being tested.
    private void CheckAgainstTheBatch(bool sha256)
    {
        var naive = Folder + "-naive";
        FolderCopy.Make(Folder, naive);
        if (Command.Before.Count == 0)
        {
            foreach (var change in _prepared.Changes)
            {
                change.DoNaively(WorktreeIn(naive));
            }

            var expected = WorktreeState.Of(WorktreeIn(naive), sha256).Text;
            if (expected != After.Worktree.Text)
            {
                var strange = After.Worktree.Text.Split('\n').Except(expected.Split('\n')).FirstOrDefault();
                throw new InvalidOperationException($"{Command.Name} on {Name} does not make what the batch says: {strange}");
            }
        }

        FolderCopy.Remove(naive);
    }
}
