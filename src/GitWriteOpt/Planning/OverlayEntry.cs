using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>One path as the batch sees it: what was on disk, and what the operations so far made of it.</summary>
public sealed class OverlayEntry
{
    internal OverlayEntry(RepoPath path, Fingerprint found, PathState before) =>
        (Path, Found, Before, Now) = (path, found, before, before);

    /// <summary>The path.</summary>
    public RepoPath Path { get; }

    /// <summary>The fingerprint of what is on disk.</summary>
    public Fingerprint Found { get; }

    /// <summary>What is on disk.</summary>
    public PathState Before { get; }

    /// <summary>What the operations so far made of it.</summary>
    public PathState Now { get; internal set; }

    /// <summary>Where the content of <see cref="Now"/> was before the batch, for a move.</summary>
    public RepoPath? From { get; internal set; }

    /// <summary>Where an operation moved it to, for messages.</summary>
    public RepoPath? MovedTo { get; internal set; }

    /// <summary>Whether a file or link is there now.</summary>
    public bool IsPresent => Now is not PathState.Absent;

    /// <summary>Whether the batch changes it.</summary>
    public bool IsChanged => !ReferenceEquals(Before, Now) && !PathStates.Same(Before, Now);
}
