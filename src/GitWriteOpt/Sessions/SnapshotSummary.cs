using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>A snapshot of the whole worktree.</summary>
/// <param name="Id">The id.</param>
/// <param name="Ref">The full name of its ref.</param>
/// <param name="Commit">Its commit, hex: its tree is the worktree's, in raw bytes.</param>
/// <param name="Time">When.</param>
/// <param name="Message">What for.</param>
public sealed record SnapshotSummary(string Id, string Ref, string Commit, DateTimeOffset Time, string Message)
{
    /// <summary>The session that it was taken in, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The token of the worktree that it shows, or null.</summary>
    public string? Worktree { get; init; }

    /// <summary>What was not taken in, and why. A restore never deletes it, and cannot bring it back.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>Nested repositories and submodules, which are left alone.</summary>
    public IReadOnlyList<string> Nested { get; init; } = [];

    /// <summary>Files taken though they are ignored; they are never shared.</summary>
    public IReadOnlyList<string> Private { get; init; } = [];
}

/// <summary>The answer to taking a snapshot.</summary>
/// <param name="Snapshot">What was taken.</param>
/// <param name="Looked">The number of files looked at.</param>
/// <param name="Hashed">The number of files read and hashed.</param>
public sealed record SnapshotOutcome(SnapshotSummary Snapshot, int Looked, int Hashed);
