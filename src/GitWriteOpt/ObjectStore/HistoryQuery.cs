namespace GitWriteOpt.ObjectStore;

/// <summary>Which commits to read. Merges are left out: what they bring stands in the commits that they merge.</summary>
public sealed record HistoryQuery
{
    /// <summary>The commit whose ancestry is read, itself included.</summary>
    public required ObjectId Tip { get; init; }

    /// <summary>This commit and its ancestry are left out; null for none.</summary>
    public ObjectId? Since { get; init; }

    /// <summary>The newest so many; null for all.</summary>
    public int? Newest { get; init; }

    /// <summary>The oldest of them first; else the newest.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>
    /// At most so many files of a commit are compared with so many for inexact renames (the others are an addition and
    /// a removal); exact renames are always found.
    /// </summary>
    public int RenameLimit { get; init; } = 200;
}
