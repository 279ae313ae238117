namespace GitWriteOpt.ObjectStore;

/// <summary>The paths that differ from HEAD, as git sees them: in the worktree, or in the index alone.</summary>
internal static class ChangedPaths
{
    /// <summary>What is changed or untracked (and not ignored) in the worktree, or staged.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    internal static IReadOnlyList<string> InWorktree(RepositoryLayout layout) =>
    [
        // "XY path": renames are off, so that each piece has one path.
        .. Pieces(layout, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"])
            .Where(piece => piece.Length > 3).Select(piece => piece[3..]),
    ];

    /// <summary>What the index has otherwise than HEAD.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    internal static IReadOnlyList<string> Staged(RepositoryLayout layout) =>
        [.. Pieces(layout, ["diff", "--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff"])];

    private static string[] Pieces(RepositoryLayout layout, string[] arguments) =>
        new GitProcess(layout).Run(arguments).Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
