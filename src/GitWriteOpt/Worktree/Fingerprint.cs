namespace GitWriteOpt.Worktree;

/// <summary>What kind of thing a path names on disk.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Absent,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A FIFO, socket or device: never written.</summary>
    Special,
}

/// <summary>
/// What <c>lstat</c> says of a path, without reading it. Two equal fingerprints of a file mean that nobody replaced it
/// and nobody wrote to it in between (as far as its file system's clock can tell).
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="ModifiedNanoseconds">mtime since 1970.</param>
/// <param name="ChangedNanoseconds">ctime since 1970; 0 where the platform has none.</param>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The inode; 0 where the platform has none.</param>
/// <param name="Permissions">The permission bits, 07777.</param>
/// <param name="Links">The number of hard links.</param>
/// <param name="Owner">Numeric user id.</param>
/// <param name="Group">Numeric group id.</param>
public readonly record struct Fingerprint(
    FileKind Kind, long Size, long ModifiedNanoseconds, long ChangedNanoseconds, ulong Device, ulong Inode,
    int Permissions, uint Links, uint Owner, uint Group)
{
    /// <summary>The fingerprint of nothing.</summary>
    public static readonly Fingerprint Absent = new(FileKind.Absent, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>
    /// Whether this is still the same, unwritten thing. ctime and the link count are left out: renaming changes the one,
    /// an unrelated hard link the other.
    /// </summary>
    public bool SameFile(in Fingerprint other) =>
        Kind == other.Kind && Inode == other.Inode && Device == other.Device && Size == other.Size
        && ModifiedNanoseconds == other.ModifiedNanoseconds && Permissions == other.Permissions;
}
