namespace GitWriteOpt.Crashes.Tracing;

/// <summary>What a system call does to the disk; a sweep counts the classes that its strike can hit.</summary>
[Flags]
public enum CallClass
{
    /// <summary>Nothing of interest.</summary>
    None = 0,

    /// <summary>Opens a file for reading, or a directory.</summary>
    Open = 1,

    /// <summary>Opens an existing file for writing, which changes nothing yet.</summary>
    OpenForWriting = 2,

    /// <summary>Opens with O_CREAT, O_TRUNC or O_TMPFILE; mknod.</summary>
    Create = 4,

    /// <summary>Puts bytes into a file: write and its family, sendfile, copy_file_range, FICLONE.</summary>
    Write = 8,

    /// <summary>truncate, ftruncate, fallocate.</summary>
    Resize = 16,

    /// <summary>rename and its family.</summary>
    Rename = 32,

    /// <summary>link and linkat.</summary>
    HardLink = 64,

    /// <summary>symlink and symlinkat.</summary>
    SymbolicLink = 128,

    /// <summary>unlink and rmdir.</summary>
    Remove = 256,

    /// <summary>mkdir.</summary>
    MakeDirectory = 512,

    /// <summary>chmod, chown, utimens, setxattr and their families.</summary>
    Attribute = 1024,

    /// <summary>fsync, fdatasync, syncfs, sync_file_range, sync.</summary>
    Sync = 2048,

    /// <summary>All that change what is on the disk, or what of it is durable.</summary>
    StateChanging = Create | Write | Resize | Rename | HardLink | SymbolicLink | Remove | MakeDirectory | Attribute | Sync,

    /// <summary>All that change names.</summary>
    Names = Create | Rename | HardLink | SymbolicLink | Remove | MakeDirectory,
}
