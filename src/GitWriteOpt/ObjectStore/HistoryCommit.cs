namespace GitWriteOpt.ObjectStore;

/// <summary>What a commit did to one path.</summary>
public enum HistoryStatus
{
    /// <summary>Made it.</summary>
    Added,

    /// <summary>Changed its content or its mode.</summary>
    Modified,

    /// <summary>Removed it.</summary>
    Deleted,

    /// <summary>Gave it another name, and may have changed it as well.</summary>
    Renamed,

    /// <summary>Made it as a copy of another.</summary>
    Copied,

    /// <summary>Made it another kind of thing (file, link, submodule).</summary>
    TypeChanged,
}

/// <summary>One path of a commit, against its first parent: a line of <c>git log --raw</c>.</summary>
/// <param name="Status">What was done.</param>
/// <param name="Path">The path afterwards; of a deleted file the path it had.</param>
/// <param name="OldPath">The path before a rename or copy, or null.</param>
/// <param name="OldMode">The mode before; 0 where there was nothing.</param>
/// <param name="Mode">The mode afterwards; 0 where there is nothing.</param>
/// <param name="OldBlob">The blob before; all zero where there was none.</param>
/// <param name="Blob">The blob afterwards; all zero where there is none.</param>
public sealed record HistoryChange(
    HistoryStatus Status, string Path, string? OldPath, int OldMode, int Mode, ObjectId OldBlob, ObjectId Blob);

/// <summary>A commit with what it changed.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Parents">Its parents, in order.</param>
/// <param name="Author"><c>Name &lt;mail&gt;</c>, as recorded.</param>
/// <param name="Time">When it was authored, in UTC.</param>
/// <param name="Subject">The first paragraph of the message, on one line.</param>
/// <param name="Changes">As git lists them; empty for the commits at which a shallow clone begins.</param>
public sealed record HistoryCommit(
    ObjectId Id, IReadOnlyList<ObjectId> Parents, string Author, DateTimeOffset Time, string Subject,
    IReadOnlyList<HistoryChange> Changes);
