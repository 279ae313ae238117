using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Looks at the worktree, never through a link: every parent of a path is checked, once, to be a real directory of this
/// worktree (not a link, not a nested repository, not a submodule) (I5). Reads raw bytes. Changes nothing.
/// </summary>
public sealed class WorktreeReader(RepositoryLayout layout)
{
    /// <summary>What is at a path.</summary>
    /// <exception cref="RefusedException">A parent is a link, or the path lies in a nested repository.</exception>
    public Fingerprint Look(RepoPath path) => throw new NotSupportedException(layout.WorktreeRoot + path);

    /// <summary>What is at a path, with its content. A directory and nothing at all are both absent.</summary>
    /// <exception cref="RefusedException">As for <see cref="Look"/>; or it is a FIFO, socket or device.</exception>
    public (Fingerprint Found, PathState State) Read(RepoPath path) =>
        throw new NotSupportedException(nameof(Content) + path);

    /// <summary>The names in a directory (null: the root, without <c>.git</c>), in no order.</summary>
    public IReadOnlyList<string> List(RepoPath? directory) => throw new NotSupportedException(directory?.Value);
}
