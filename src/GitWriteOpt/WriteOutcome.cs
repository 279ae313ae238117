using GitWriteOpt.Errors;
using GitWriteOpt.Planning;
using GitWriteOpt.Validation;

namespace GitWriteOpt;

/// <summary>How a request that may write ended.</summary>
public enum WriteState
{
    /// <summary>Done: exit code 0.</summary>
    Applied,

    /// <summary>Nothing had to change, no transaction was made: exit code 0.</summary>
    Unchanged,

    /// <summary>A dry run: exit code 0.</summary>
    Planned,

    /// <summary>Some groups were applied, others not (<c>--partial</c>): exit code 5.</summary>
    Partial,

    /// <summary>Nothing was changed: exit code 1.</summary>
    Refused,

    /// <summary>It failed half-way and the worktree is as it was: exit code 3.</summary>
    RolledBack,

    /// <summary>A person is needed: exit code 4.</summary>
    Attention,
}

/// <summary>One path of an outcome.</summary>
/// <param name="Path">Relative to the worktree's root.</param>
/// <param name="Change">How it differs.</param>
/// <param name="From">Where it came from, for a rename.</param>
/// <param name="Bytes">Length of the after content; 0 for a deletion.</param>
/// <param name="Blob">The blob id of the after content, hex, or null for a deletion.</param>
public sealed record WrittenFile(string Path, ChangeKind Change, string? From, long Bytes, string? Blob);

/// <summary>The answer to apply, rollback, redo and restore.</summary>
public sealed record WriteOutcome
{
    /// <summary>How it ended.</summary>
    public required WriteState State { get; init; }

    /// <summary>The transaction's id, or null where there is none.</summary>
    public string? Transaction { get; init; }

    /// <summary>The full ref name, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>The backup commit, hex, or null.</summary>
    public string? Before { get; init; }

    /// <summary>The transaction's commit, hex, or null.</summary>
    public string? After { get; init; }

    /// <summary>The message of the transaction.</summary>
    public string? Message { get; init; }

    /// <summary>The transactions that were undone or redone, newest first.</summary>
    public IReadOnlyList<string> Undone { get; init; } = [];

    /// <summary>The paths that changed (or would).</summary>
    public IReadOnlyList<WrittenFile> Files { get; init; } = [];

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<SkippedChange> Skipped { get; init; } = [];

    /// <summary>Fallbacks that were taken and other things worth knowing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What validation found, warnings and errors; empty where nothing was validated.</summary>
    public IReadOnlyList<CheckFinding> Findings { get; init; } = [];

    /// <summary>Milliseconds by phase, in the order in which they ran.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();

    /// <summary>Why it was refused, rolled back or needs a person; null where all is well.</summary>
    public WriteError? Error { get; init; }

    /// <summary>Further errors found together with <see cref="Error"/>.</summary>
    public IReadOnlyList<WriteError> MoreErrors { get; init; } = [];

    /// <summary>The last lines that a verifying command said, where it did not pass.</summary>
    public IReadOnlyList<string> CommandOutput { get; init; } = [];

    /// <summary>The plan that was carried out (or would be), for people.</summary>
    public WritePlan? Plan { get; init; }
}
