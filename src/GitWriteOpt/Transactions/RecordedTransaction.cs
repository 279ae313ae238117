using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>What a path was or became, as a transaction recorded it.</summary>
/// <param name="GitMode">git's mode.</param>
/// <param name="Blob">The raw bytes, or the link's target.</param>
/// <param name="Permissions">The permission bits.</param>
internal readonly record struct RecordedState(int GitMode, ObjectId Blob, int Permissions)
{
    /// <summary>git's mode of a symbolic link.</summary>
    internal const int LinkMode = 0xa000;

    /// <summary>git's mode of a file that is not executable.</summary>
    internal const int PlainMode = 0x81a4;

    /// <summary>git's mode of an executable file.</summary>
    internal const int ExecutableMode = 0x81ed;

    /// <summary>Whether it is a symbolic link.</summary>
    internal bool IsLink => GitMode == LinkMode;

    /// <summary>Whether it is an executable file.</summary>
    internal bool IsExecutable => GitMode == ExecutableMode;

    /// <summary>The same kind, mode and bytes, whatever the bits that git does not keep.</summary>
    internal bool Matches(RecordedState other) => GitMode == other.GitMode && Blob == other.Blob;

    /// <summary>Whether both match, or nothing is there in both.</summary>
    internal static bool Same(RecordedState? left, RecordedState? right) =>
        left is { } a && right is { } b ? a.Matches(b) : left is null && right is null;
}

/// <summary>One path of a recorded transaction.</summary>
/// <param name="Path">The path.</param>
/// <param name="Number">Its number among the transaction's paths in byte order: the name of its slot.</param>
/// <param name="Before">What was there, or null for nothing.</param>
/// <param name="After">What was put there, or null for nothing.</param>
internal sealed record RecordedChange(RepoPath Path, int Number, RecordedState? Before, RecordedState? After)
{
    /// <summary>Whether a symbolic link was there or was put there.</summary>
    internal bool HasLink => Before is { IsLink: true } || After is { IsLink: true };

    /// <summary>Where the content came from, for a move.</summary>
    internal RepoPath? RenamedFrom { get; init; }

    /// <summary>The kind of change.</summary>
    internal ChangeKind Kind => (Before, After) switch
    {
        (null, _) when RenamedFrom is not null => ChangeKind.Renamed,
        (null, _) => ChangeKind.Added,
        (_, null) => ChangeKind.Deleted,
        ({ IsLink: var was }, { IsLink: var @is }) when was != @is => ChangeKind.Type,
        ({ Blob: var old }, { Blob: var now }) when old == now => ChangeKind.Mode,
        _ => ChangeKind.Modified,
    };
}

/// <summary>A transaction as its two commits tell it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Commit">The commit with the after tree.</param>
/// <param name="Backup">Its parent, with the before tree.</param>
/// <param name="Changes">All paths, in byte order.</param>
internal sealed record RecordedTransaction(
    TransactionId Id, ObjectId Commit, ObjectId Backup, IReadOnlyList<RecordedChange> Changes)
{
    /// <summary>The subject line.</summary>
    internal required string Subject { get; init; }

    /// <summary>How its files are to be read as batches; none for a transaction, and for a batch that could be planned.</summary>
    internal IReadOnlyList<KeptSource> Sources { get; init; } = [];

    /// <summary>Directories that it made, outermost first.</summary>
    internal IReadOnlyList<RepoPath> Made { get; init; } = [];

    /// <summary>Directories that were there before and that it removed or first filled, outermost first.</summary>
    internal IReadOnlyList<PlannedDirectory> DirectoriesBefore { get; init; } = [];

    /// <summary>Index entries that it changed.</summary>
    internal IReadOnlyList<RecordedEntry> IndexEntries { get; init; } = [];
}
