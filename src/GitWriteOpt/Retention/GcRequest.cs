namespace GitWriteOpt.Retention;

/// <summary>How to collect garbage. What is null comes from the configuration.</summary>
public sealed record GcRequest
{
    /// <summary>Younger ones are kept, in days.</summary>
    public int? KeepDays { get; init; }

    /// <summary>The newest of each worktree are kept.</summary>
    public int? KeepCount { get; init; }

    /// <summary>What all of them together may cost on disk, in bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Waits for nobody, and lets git work with one thread: started behind a command's back.</summary>
    public bool Auto { get; init; }
}

/// <summary>How a gc ended.</summary>
public enum GcState
{
    /// <summary>Something was done.</summary>
    Done,

    /// <summary>There was nothing to do.</summary>
    Unchanged,

    /// <summary>A dry run.</summary>
    Planned,

    /// <summary>An automatic gc found another at work and left.</summary>
    Busy,
}

/// <summary>The answer to gc.</summary>
public sealed record GcOutcome
{
    /// <summary>How it ended.</summary>
    public required GcState State { get; init; }

    /// <summary>What was to be kept.</summary>
    public required RetentionPolicy Policy { get; init; }

    /// <summary>Transactions that went, oldest first.</summary>
    public IReadOnlyList<string> Expired { get; init; } = [];

    /// <summary>Those among them that were young or new enough and went for the byte budget alone.</summary>
    public IReadOnlyList<string> OverBudget { get; init; } = [];

    /// <summary>The number of transactions that lost their own ref and are held by the fold.</summary>
    public int Folded { get; init; }

    /// <summary>The number of transactions that are left.</summary>
    public int Kept { get; init; }

    /// <summary>The number of packs that became one.</summary>
    public int PacksMerged { get; init; }

    /// <summary>The number of leftovers of killed processes that were removed.</summary>
    public int Swept { get; init; }

    /// <summary>Bytes on disk that our refs hold, where the budget made it necessary to know; else null.</summary>
    public long? HeldBytes { get; init; }

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
