using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Plans to bring given states about, whatever operations once led to them: for rollbacks, redos and restores. The same
/// overlay, directories, order, groups and tables as for a batch, so that undoing is as careful as doing.
/// </summary>
internal static class StatePlan
{
    /// <summary>Plans.</summary>
    /// <param name="message">The message.</param>
    /// <param name="wanted">What shall be at each path.</param>
    /// <param name="directories">Directories that shall be there in the end, with their permission bits.</param>
    /// <param name="context">How to look.</param>
    /// <exception cref="Errors.RefusedException">Something is in the way.</exception>
    internal static WritePlan Of(string message, IEnumerable<KeyValuePair<RepoPath, PathState>> wanted,
        IReadOnlyDictionary<RepoPath, int> directories, PlanningContext context)
    {
        var overlay = new Overlay(context.Read, context.List, context.IgnoreCase);
        foreach (var (path, state) in wanted)
        {
            overlay.Set(path, state);
        }

        foreach (var directory in directories.Keys)
        {
            overlay.Want(directory);
        }

        return Planner.OfOverlay(message, overlay, context) with { DirectoryPermissions = directories };
    }
}
