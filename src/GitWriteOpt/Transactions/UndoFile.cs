using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>Lines that two contents do not have alike.</summary>
/// <param name="Start">The first of them in the present content, from 0.</param>
/// <param name="Count">How many there; 0 where lines only come.</param>
/// <param name="NewStart">The first of them in the wanted content.</param>
/// <param name="NewCount">How many there; 0 where lines only go.</param>
public readonly record struct LineBlock(int Start, int Count, int NewStart, int NewCount);

/// <summary>What undoing would do to one path, for a person who chooses among its parts.</summary>
/// <param name="Path">The path.</param>
/// <param name="Change">How it would differ.</param>
/// <param name="Found">The blob that is there now, hex; null for nothing.</param>
/// <param name="Wanted">The blob that would be there, hex; null for nothing.</param>
public sealed record UndoFile(RepoPath Path, ChangeKind Change, string? Found, string? Wanted)
{
    /// <summary>The lines that are there now, each with its end, a character for each byte; empty where it is all or nothing.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>The lines that would be there.</summary>
    public IReadOnlyList<string> NewLines { get; init; } = [];

    /// <summary>Where they differ; empty where the path can only be undone as a whole.</summary>
    public IReadOnlyList<LineBlock> Blocks { get; init; } = [];
}

/// <summary>The parts of one path that were chosen.</summary>
/// <param name="File">What was offered.</param>
/// <param name="Blocks">The numbers of the blocks; null for the whole.</param>
public sealed record ChosenFile(UndoFile File, IReadOnlyList<int>? Blocks);

/// <summary>What was chosen of all that was offered.</summary>
/// <param name="Files">The paths of which something was chosen.</param>
/// <param name="IsPartial">Whether something was left out.</param>
public sealed record ChosenHunks(IReadOnlyList<ChosenFile> Files, bool IsPartial);
