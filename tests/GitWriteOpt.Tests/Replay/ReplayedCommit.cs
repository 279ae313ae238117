namespace GitWriteOpt.Tests.Replay;

/// <summary>A commit, what it is compared with, and what it changes.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Parent">Its first parent, or the empty tree for a root commit.</param>
/// <param name="IsMerge">Whether it has other parents too.</param>
internal sealed record ReplayedCommit(string Id, string Parent, bool IsMerge)
{
    public required IReadOnlyList<CommitChange> Changes { get; init; }

    /// <summary>The contents of all blobs before and after, by id.</summary>
    public required IReadOnlyDictionary<string, byte[]> Blobs { get; init; }
}
