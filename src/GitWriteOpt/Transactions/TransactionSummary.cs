namespace GitWriteOpt.Transactions;

/// <summary>What a transaction was: the <c>Writeopt-Kind</c> trailer.</summary>
public enum TransactionKind
{
    /// <summary>A batch.</summary>
    Apply,

    /// <summary>Undid others.</summary>
    Rollback,

    /// <summary>Did again what a rollback had undone.</summary>
    Redo,

    /// <summary>Brought back a state.</summary>
    Restore,

    /// <summary>Recovery's own writes.</summary>
    Recover,

    /// <summary>A command's writes.</summary>
    Run,

    /// <summary>Writes of others, seen afterwards.</summary>
    Observed,
}

/// <summary>One line of the log.</summary>
public sealed record TransactionSummary
{
    /// <summary>The id.</summary>
    public required string Transaction { get; init; }

    /// <summary>What it was.</summary>
    public required TransactionKind Kind { get; init; }

    /// <summary>When it was made (the commit's author date).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The subject line.</summary>
    public required string Message { get; init; }

    /// <summary>The session, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The workflow step, or null.</summary>
    public string? Step { get; init; }

    /// <summary>The format that its batch came in, or null.</summary>
    public string? Format { get; init; }

    /// <summary>Files of implementation, testing and documentation, as their paths tell; empty where it is not recorded.</summary>
    public IReadOnlyList<int> StepFiles { get; init; } = [];

    /// <summary>How many files validation looked at.</summary>
    public int Validated { get; init; }

    /// <summary>The id that a client gave the batch, or null.</summary>
    public BatchRequest? Request { get; init; }

    /// <summary>The worktree's random token that it was made in.</summary>
    public string? Worktree { get; init; }

    /// <summary>The number of paths.</summary>
    public required int Files { get; init; }

    /// <summary>Paths that were not there before.</summary>
    public required int Added { get; init; }

    /// <summary>Paths that were there before and after.</summary>
    public required int Modified { get; init; }

    /// <summary>Paths that are not there after.</summary>
    public required int Deleted { get; init; }

    /// <summary>Whether its effect stands: not undone, or undone and redone.</summary>
    public required bool Standing { get; init; }

    /// <summary>The transactions that it undid or redid.</summary>
    public IReadOnlyList<string> Undid { get; init; } = [];

    /// <summary>The transactions whose writes are among those of this one: undoing it undoes them.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The checkpoint that it brought its session back to, or null.</summary>
    public string? BackTo { get; init; }

    /// <summary>Paths that <c>forget</c> took out of it: no rollback brings them back.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>The full name of the ref that holds it: its own, or that of the folded ones.</summary>
    public required string Ref { get; init; }

    /// <summary>The commit, hex.</summary>
    public required string Commit { get; init; }

    /// <summary>The backup commit, hex.</summary>
    public required string Backup { get; init; }
}
