namespace GitWriteOpt.ObjectStore;

/// <summary>An index entry to be written, its name as bytes.</summary>
/// <param name="Name">The path's bytes.</param>
/// <param name="Mode">git's mode.</param>
/// <param name="Id">The object.</param>
internal readonly record struct IndexRow(ReadOnlyMemory<byte> Name, int Mode, ObjectId Id)
{
    /// <summary>0 to 3.</summary>
    public int Stage { get; init; }

    /// <summary>The bits that a user can set.</summary>
    public IndexFlags Flags { get; init; }

    /// <summary>All zero where nothing is known, so that git compares contents.</summary>
    public IndexStat Stat { get; init; }
}
