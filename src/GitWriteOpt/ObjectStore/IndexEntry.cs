namespace GitWriteOpt.ObjectStore;

/// <summary>The bits of an index entry that a user can set.</summary>
[Flags]
public enum IndexFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>git update-index --assume-unchanged</c>.</summary>
    AssumeUnchanged = 1,

    /// <summary>Outside the sparse checkout, or <c>git update-index --skip-worktree</c>.</summary>
    SkipWorktree = 2,

    /// <summary><c>git add --intent-to-add</c>: named, no content yet.</summary>
    IntentToAdd = 4,
}

/// <summary>
/// What <c>lstat</c> said when the entry was last known to be clean; all zero where it was never compared. Device,
/// inode, owner, group and size hold the low 32 bits alone.
/// </summary>
/// <param name="ChangedNanoseconds">ctime since 1970.</param>
/// <param name="ModifiedNanoseconds">mtime since 1970.</param>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The inode.</param>
/// <param name="Owner">Numeric user id.</param>
/// <param name="Group">Numeric group id.</param>
/// <param name="Size">Length in bytes, modulo 2^32.</param>
public readonly record struct IndexStat(
    long ChangedNanoseconds, long ModifiedNanoseconds, uint Device, uint Inode, uint Owner, uint Group, uint Size);

/// <summary>One entry of the index.</summary>
/// <param name="Path">The path, with <c>/</c>. Bytes that are not UTF-8 are shown as U+FFFD.</param>
/// <param name="Mode">git's mode: 0100644, 0100755, 0120000 or 0160000.</param>
/// <param name="Id">The blob, or a submodule's commit.</param>
/// <param name="Stage">0, or 1 to 3 (base, ours, theirs) where it is unmerged.</param>
/// <param name="Flags">The bits that a user can set.</param>
/// <param name="Stat">What <c>lstat</c> said.</param>
public sealed record IndexEntry(string Path, int Mode, ObjectId Id, int Stage, IndexFlags Flags, IndexStat Stat)
{
    /// <summary>Whether it is a submodule.</summary>
    public bool IsGitlink => Mode == GitModes.Gitlink;
}
