using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>How a path differs after a transaction.</summary>
public enum ChangeKind
{
    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>Its content differs.</summary>
    Modified,

    /// <summary>It is not there any more.</summary>
    Deleted,

    /// <summary>It was not there before, and its content came from a path that is not there any more.</summary>
    Renamed,

    /// <summary>Its mode alone differs.</summary>
    Mode,

    /// <summary>A file became a link or the reverse.</summary>
    Type,
}

/// <summary>One path of a plan: what was found there, and what shall be there.</summary>
/// <param name="Path">The path.</param>
/// <param name="Before">What was found, as raw worktree bytes.</param>
/// <param name="After">What shall be there; never equal to <paramref name="Before"/>.</param>
/// <param name="Found">The fingerprint of what was found, for the re-check before the swap.</param>
public sealed record PlannedChange(RepoPath Path, PathState Before, PathState After, Fingerprint Found)
{
    /// <summary>Where the content came from, for a move.</summary>
    public RepoPath? RenamedFrom { get; init; }

    /// <summary>The kind of change.</summary>
    public ChangeKind Kind => (Before, After) switch
    {
        (PathState.Absent, _) when RenamedFrom is not null => ChangeKind.Renamed,
        (PathState.Absent, _) => ChangeKind.Added,
        (_, PathState.Absent) => ChangeKind.Deleted,
        (PathState.File before, PathState.File after) when ReferenceEquals(before.Content, after.Content)
            || (before.Id is { } old && old == after.Id) => ChangeKind.Mode,
        (PathState.File, PathState.File) or (PathState.Link, PathState.Link) => ChangeKind.Modified,
        _ => ChangeKind.Type,
    };
}
