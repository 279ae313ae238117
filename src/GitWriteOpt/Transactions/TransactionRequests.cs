using GitWriteOpt.Paths;

namespace GitWriteOpt.Transactions;

/// <summary>Which transactions to undo.</summary>
public sealed record RollbackRequest
{
    /// <summary>One transaction (an id, a unique prefix or suffix, <c>@</c>, <c>@~n</c>); null is <c>@</c>.</summary>
    public string? Transaction { get; init; }

    /// <summary>Undo all standing ones that are newer than this one.</summary>
    public string? To { get; init; }

    /// <summary>Undo all that was done in this session.</summary>
    public string? Session { get; init; }

    /// <summary>Of a session, also what may have been written by something else while it ran.</summary>
    public bool WithUnattributed { get; init; }

    /// <summary>Only these paths (files or directories); empty for all.</summary>
    public IReadOnlyList<RepoPath> Paths { get; init; } = [];

    /// <summary>Only these parts; null for all.</summary>
    public ChosenHunks? Hunks { get; init; }

    /// <summary>Overwrites what was changed later, saving it first.</summary>
    public bool Force { get; init; }

    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What survives a power cut.</summary>
    public Durability Durability { get; init; }
}

/// <summary>Which state to bring back.</summary>
public sealed record RestoreRequest
{
    /// <summary>The transaction, or a snapshot.</summary>
    public required string Transaction { get; init; }

    /// <summary>The index's entries too, as the snapshot saw them.</summary>
    public bool Index { get; init; }

    /// <summary>Its before state instead of its after state.</summary>
    public bool Before { get; init; }

    /// <summary>Only these paths; empty for all.</summary>
    public IReadOnlyList<RepoPath> Paths { get; init; } = [];

    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>What survives a power cut.</summary>
    public Durability Durability { get; init; }
}

/// <summary>Which transactions to list.</summary>
/// <param name="Limit">At most this many; null for all.</param>
/// <param name="Session">Only those of this session.</param>
/// <param name="AllWorktrees">Also those of other worktrees.</param>
public sealed record LogQuery(int? Limit = null, string? Session = null, bool AllWorktrees = false);
