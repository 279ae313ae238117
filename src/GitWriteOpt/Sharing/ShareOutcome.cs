namespace GitWriteOpt.Sharing;

/// <summary>What was shared.</summary>
/// <param name="Remote">Where.</param>
/// <param name="User">Under whose name.</param>
/// <param name="Refs">The refs there, and here.</param>
/// <param name="Withheld">Private files that were taken out of the shared copies, in byte order.</param>
public sealed record SharePushOutcome(string Remote, string User, IReadOnlyList<string> Refs, IReadOnlyList<string> Withheld)
{
    /// <summary>What was shared though it looks like a secret, since that was forced; a line each.</summary>
    public IReadOnlyList<string> Forced { get; init; } = [];
}

/// <summary>What was fetched.</summary>
/// <param name="Remote">Where from.</param>
/// <param name="Refs">The refs that are new here or have changed.</param>
/// <param name="Known">The number of those that were here already.</param>
public sealed record ShareFetchOutcome(string Remote, IReadOnlyList<string> Refs, int Known);

/// <summary>One thing that is shared, by us or by somebody else: it is shown, never acted on (I6).</summary>
/// <param name="User">Whose.</param>
/// <param name="Session">The session that it belongs to; null for patterns.</param>
/// <param name="Kind"><c>checkpoints</c>, <c>tx</c>, <c>snap</c> or <c>patterns</c>.</param>
/// <param name="Ref">Its ref.</param>
/// <param name="Commit">Its commit, hex.</param>
/// <param name="Time">When it was made; null where that cannot be read.</param>
/// <param name="Message">One line.</param>
public sealed record SharedItem(
    string User, string? Session, string Kind, string Ref, string Commit, DateTimeOffset? Time, string Message);
