namespace GitWriteOpt.Sessions;

/// <summary>How a session stands.</summary>
public enum SessionState
{
    /// <summary>It was begun and its owner is running.</summary>
    Open,

    /// <summary>It was begun, not ended, and its owner is gone.</summary>
    Abandoned,

    /// <summary>It was ended.</summary>
    Ended,

    /// <summary>It was given up.</summary>
    Aborted,
}

/// <summary>What a checkpoint was taken for.</summary>
public enum CheckpointReason
{
    /// <summary>The session began.</summary>
    Start,

    /// <summary>Somebody asked for it: what changed before it was done in the session.</summary>
    Asked,

    /// <summary>A prompt: what changed before it was done by a person.</summary>
    Prompt,

    /// <summary>A tool is about to write: what changed before it was not done by a tool.</summary>
    BeforeTool,

    /// <summary>A tool has written: what changed before it was done by that tool.</summary>
    AfterTool,

    /// <summary>A turn ended.</summary>
    Stop,

    /// <summary>The session ended.</summary>
    End,

    /// <summary>Recovery found the session without its owner.</summary>
    Found,
}

/// <summary>A stretch of work between two snapshots.</summary>
public sealed record SessionSummary
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The full name of its ref.</summary>
    public required string Ref { get; init; }

    /// <summary>Its newest checkpoint, hex.</summary>
    public required string Commit { get; init; }

    /// <summary>How it stands.</summary>
    public required SessionState State { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When its newest checkpoint was taken.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>The name by which its host knows it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Which agent, or null.</summary>
    public string? Agent { get; init; }

    /// <summary>The workflow step that it works on, or null.</summary>
    public string? Step { get; init; }

    /// <summary>The number of the owner's process, or null.</summary>
    public int? OwnerPid { get; init; }

    /// <summary>The number of turns so far.</summary>
    public int Turns { get; init; }

    /// <summary>What its newest checkpoint was taken for.</summary>
    public string Message { get; init; } = "";

    /// <summary>The token of the worktree that it works in, or null.</summary>
    public string? Worktree { get; init; }
}

/// <summary>Who wrote a path between two checkpoints.</summary>
public enum Attribution
{
    /// <summary>A transaction of the session.</summary>
    Transaction,

    /// <summary>A tool that said that it would write this path.</summary>
    Tool,

    /// <summary>Something that ran in the session: a shell command, or whatever a checkpoint without a tool was taken for.</summary>
    Session,

    /// <summary>Nothing of the session that is known: a person, or another process.</summary>
    Unattributed,
}

/// <summary>One path that changed between two checkpoints.</summary>
/// <param name="File">What changed.</param>
/// <param name="By">Who wrote it, as far as can be told.</param>
public sealed record SessionFile(WrittenFile File, Attribution By);

/// <summary>One path that a session as a whole changed.</summary>
/// <param name="Path">The path.</param>
/// <param name="Change">From the session's start to its newest checkpoint.</param>
/// <param name="By">Who of the session wrote it last; unattributed where nothing of the session did.</param>
/// <param name="AlsoUnattributed">Whether something that is not known to be of the session wrote it too.</param>
public sealed record SessionPath(string Path, Planning.ChangeKind Change, Attribution By, bool AlsoUnattributed);

/// <summary>What a session did, as far as it got.</summary>
/// <param name="Session">The session.</param>
/// <param name="Steps">Its checkpoints, oldest first.</param>
/// <param name="Files">All that changed, in byte order.</param>
public sealed record SessionAccount(SessionSummary Session, IReadOnlyList<SessionStep> Steps, IReadOnlyList<SessionPath> Files);

/// <summary>A checkpoint and what changed since the one before.</summary>
public sealed record SessionStep
{
    /// <summary>The checkpoint's id.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Its commit, hex.</summary>
    public required string Commit { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it was taken for.</summary>
    public required CheckpointReason Reason { get; init; }

    /// <summary>The tool or command, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>The turn that it belongs to.</summary>
    public required int Turn { get; init; }

    /// <summary>One line.</summary>
    public required string Message { get; init; }

    /// <summary>What changed since the checkpoint before.</summary>
    public required IReadOnlyList<SessionFile> Files { get; init; }
}
