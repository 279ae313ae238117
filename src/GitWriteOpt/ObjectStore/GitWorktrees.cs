namespace GitWriteOpt.ObjectStore;

/// <summary>The git directories of all worktrees of a repository: the common one and those below <c>worktrees/</c>.</summary>
internal static class GitWorktrees
{
    /// <summary>Absolute paths, the main worktree's first. One whose files were removed by hand is still here.</summary>
    internal static IReadOnlyList<string> GitDirectories(RepositoryLayout layout)
    {
        var linked = layout.CommonDirectory + "/worktrees";
        return Directory.Exists(linked)
            ? [layout.CommonDirectory, .. Directory.GetDirectories(linked).Order(StringComparer.Ordinal)]
            : [layout.CommonDirectory];
    }
}
