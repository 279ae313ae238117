namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>
/// A scenario on the disk: <c>repo</c>, for a linked worktree also <c>tree</c>, and beside them <c>fixed</c> with the
/// batch, the same as a patch, and the paths that it touches.
/// </summary>
/// <param name="Scenario">Which one.</param>
/// <param name="Kind">In what repository.</param>
/// <param name="Folder">The folder to copy for each trial.</param>
/// <param name="Fixed">The inputs.</param>
/// <param name="Changes">The batch.</param>
/// <param name="InTheWay">Whether the user's work is on paths of the batch too.</param>
public sealed record PreparedScenario(Scenario Scenario, RepositoryKind Kind, string Folder, string Fixed,
    IReadOnlyList<Change> Changes, bool InTheWay)
{
    /// <summary>The batch's file.</summary>
    public string Batch => Fixed + "/batch.json";

    /// <summary>The worktree in a copy of the folder.</summary>
    public string WorktreeIn(string folder) => folder + (Kind == RepositoryKind.Linked ? "/tree" : "/repo");

    /// <summary>Builds it.</summary>
    /// <param name="scenario">Which one.</param>
    /// <param name="kind">In what repository.</param>
    /// <param name="inTheWay">Whether the user's work is on paths of the batch too, which git's own commands refuse.</param>
    /// <param name="place">An empty folder.</param>
    /// <param name="hermetic">Runs git.</param>
    public static PreparedScenario Make(
        Scenario scenario, RepositoryKind kind, bool inTheWay, string place, Hermetic hermetic)
    {
        var folder = place + "/pristine";
        var fixedFolder = place + "/fixed";
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(fixedFolder);
        var main = folder + "/repo";
        hermetic.Must(folder, kind == RepositoryKind.Sha256
            ? ["git", "init", "-q", "--object-format=sha256", main] : ["git", "init", "-q", main]);
        var worktree = main;
        if (kind == RepositoryKind.Linked)
        {
            hermetic.Must(main, "git", "commit", "-q", "--allow-empty", "-m", "root");
            worktree = folder + "/tree";
            hermetic.Must(main, "git", "worktree", "add", "-q", "-b", "linked", worktree);
        }

        var ground = new Ground(worktree, hermetic);
        scenario.Commit(ground);
        ground.Git("add", "-A");
        ground.Git("commit", "-q", "-m", "first");
        var changes = scenario.Plan(ground);
        BatchFile.Write(fixedFolder + "/batch.json", changes);
        MakeInputsOfGit(worktree, fixedFolder, changes, hermetic);
        hermetic.Must(main, "git", "gc", "-q");
        scenario.Work(ground, inTheWay);
        return new PreparedScenario(scenario, kind, folder, fixedFolder, changes, inTheWay);
    }

    // The branch "after" has the change as a commit, for the ways beside ours.
    private static void MakeInputsOfGit(
        string worktree, string fixedFolder, IReadOnlyList<Change> changes, Hermetic hermetic)
    {
        foreach (var change in changes)
        {
            change.DoNaively(worktree);
        }

        hermetic.Must(worktree, "git", "add", "-A");
        var tree = hermetic.Must(worktree, "git", "write-tree").Trim();
        var commit = hermetic.Must(worktree, "git", "commit-tree", "-p", "HEAD", "-m", "after", tree).Trim();
        hermetic.Must(worktree, "git", "branch", "after", commit);
        hermetic.Must(worktree, "git", "reset", "-q", "--hard");
        hermetic.Must(worktree, "git", "clean", "-qfd");
        hermetic.Must(worktree, "git", "diff", "--binary", "--full-index", "--no-renames",
            $"--output={fixedFolder}/change.patch", "HEAD", "after");
        File.WriteAllText(fixedFolder + "/paths", hermetic.Must(worktree, "git", "diff", "--name-only", "-z",
            "--no-renames", "--diff-filter=AMT", "HEAD", "after"));
    }
}
