using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation;

/// <summary>One path that is validated: what was there, and what shall be there.</summary>
/// <param name="Path">The path.</param>
/// <param name="Before">What was there, of a moved file at its old path; <see cref="PathState.Nothing"/> for a new file, or where nothing is to be compared.</param>
/// <param name="After">What shall be there; <see cref="PathState.Nothing"/> where the file goes.</param>
public sealed record CheckedFile(RepoPath Path, PathState Before, PathState After)
{
    /// <summary>Where the content came from, for a move.</summary>
    public RepoPath? RenamedFrom { get; init; }

    /// <summary>The content before, where there was a file.</summary>
    internal Content? OldContent => (Before as PathState.File)?.Content;

    /// <summary>The content after, where there shall be a file.</summary>
    internal Content? NewContent => (After as PathState.File)?.Content;
}
