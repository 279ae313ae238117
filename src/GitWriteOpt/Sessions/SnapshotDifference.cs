using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>What two moments of a worktree do not have alike, as a transaction would record it.</summary>
internal static class SnapshotDifference
{
    /// <summary>The changes from one to the other, in byte order. Submodules and names that cannot be written are left out.</summary>
    /// <param name="trees">Where the trees are.</param>
    /// <param name="before">The earlier tree.</param>
    /// <param name="after">The later tree.</param>
    /// <param name="wasState">What the earlier moment has at a path.</param>
    /// <param name="isState">What the later moment has at a path.</param>
    internal static IReadOnlyList<RecordedChange> Between(TreeStore trees, ObjectId before, ObjectId after,
        Func<RepoPath, int, ObjectId, RecordedState> wasState, Func<RepoPath, int, ObjectId, RecordedState> isState)
    {
        var found = TreeDifference.Between(trees, before, after)
            .Where(d => PathRules.Objection(d.Path) is null && !d.Path.Contains('\ufffd', StringComparison.Ordinal)
                && d.Old is not { Mode: GitModes.Gitlink } && d.New is not { Mode: GitModes.Gitlink })
            .Select(d => (Path: RepoPath.Parse(d.Path), d.Old, d.New)).OrderBy(d => d.Path).ToList();
        return
        [
            .. found.Select((d, number) => new RecordedChange(d.Path, number,
                d.Old is { } old ? wasState(d.Path, old.Mode, old.Id) : null,
                d.New is { } now ? isState(d.Path, now.Mode, now.Id) : null)),
        ];
    }
}
