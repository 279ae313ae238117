using GitWriteOpt.Errors;

namespace GitWriteOpt.Platform;

/// <summary>The failures of file systems that a person can tell apart and act on.</summary>
internal enum Fault
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>ENOSPC, EDQUOT.</summary>
    NoSpace,

    /// <summary>EFBIG.</summary>
    FileTooLarge,

    /// <summary>EACCES, EPERM.</summary>
    AccessDenied,

    /// <summary>EROFS.</summary>
    ReadOnlyFileSystem,

    /// <summary>EIO.</summary>
    InputOutput,

    /// <summary>EMFILE, ENFILE.</summary>
    TooManyOpenFiles,

    /// <summary>EXDEV.</summary>
    CrossDevice,

    /// <summary>ENOENT.</summary>
    NotFound,

    /// <summary>EEXIST.</summary>
    Exists,

    /// <summary>ENOTDIR.</summary>
    NotADirectory,

    /// <summary>EISDIR.</summary>
    IsADirectory,

    /// <summary>ENOTEMPTY.</summary>
    NotEmpty,

    /// <summary>ELOOP.</summary>
    Link,

    /// <summary>ENAMETOOLONG.</summary>
    NameTooLong,

    /// <summary>EBUSY, ETXTBSY, EAGAIN, a sharing violation.</summary>
    Busy,

    /// <summary>ESTALE: a network file system no longer knows the file that was opened.</summary>
    Stale,

    /// <summary>EINTR.</summary>
    Interrupted,

    /// <summary>ENOSYS, EOPNOTSUPP, EINVAL from a call that a file system may lack.</summary>
    Unsupported,
}

/// <summary>The platforms' numbers of each <see cref="Fault"/>, and what to tell a person.</summary>
internal static class Faults
{
    /// <summary>The fault behind an errno, or on Windows behind a Win32 error.</summary>
    public static Fault Of(int errno) => OperatingSystem.IsWindows() ? OfWin32(errno) : OfErrno(errno);

    /// <summary>Category, stable code and next step.</summary>
    public static (ErrorCategory Category, string Code, string? Suggestion) Describe(Fault fault) => fault switch
    {
        Fault.NoSpace => (ErrorCategory.System, "no-space", "free some space (or raise the quota) and run it again"),
        Fault.FileTooLarge => (ErrorCategory.System, "file-too-large",
            "the file system or a limit (ulimit -f) does not allow a file of this size"),
        Fault.AccessDenied => (ErrorCategory.Permission, "access-denied",
            "check the owner and the permission bits of the path and of the directory above it"),
        Fault.ReadOnlyFileSystem => (ErrorCategory.Permission, "read-only-file-system",
            "mount the file system for writing"),
        Fault.InputOutput => (ErrorCategory.System, "io-error",
            "the disk reported an error: look at the system's log, and do not rely on what was written last"),
        Fault.TooManyOpenFiles => (ErrorCategory.System, "too-many-open-files", "raise the limit (ulimit -n)"),
        Fault.CrossDevice => (ErrorCategory.System, "cross-device", "source and target must be on one file system"),
        Fault.NotFound => (ErrorCategory.Dependency, "not-found", "it is missing, or was removed meanwhile; run it again"),
        Fault.Exists => (ErrorCategory.Conflict, "already-exists", "something is there already; look at it, then run it again"),
        Fault.NotADirectory => (ErrorCategory.Conflict, "not-a-directory", "a part of the path is a file"),
        Fault.IsADirectory => (ErrorCategory.Conflict, "is-a-directory", "a directory is where a file was expected"),
        Fault.NotEmpty => (ErrorCategory.Conflict, "directory-not-empty", "something else was put into the directory"),
        Fault.Link => (ErrorCategory.Permission, "symbolic-link", "a symbolic link is where none may be followed"),
        Fault.NameTooLong => (ErrorCategory.System, "name-too-long", "use a shorter path"),
        Fault.Busy => (ErrorCategory.Conflict, "busy", "another program uses it: close it there and run it again"),
        Fault.Stale => (ErrorCategory.System, "stale-handle",
            "the network file system lost track of it: look whether its server was restarted, then run it again"),
        Fault.Interrupted => (ErrorCategory.System, "interrupted", "a signal came between: run it again"),
        Fault.Unsupported => (ErrorCategory.System, "not-supported", "the file system does not support this"),
        _ => (ErrorCategory.System, "system-error", null),
    };

    private static Fault OfErrno(int errno) => errno switch
    {
        1 or 13 => Fault.AccessDenied,
        2 => Fault.NotFound,
        4 => Fault.Interrupted,
        5 => Fault.InputOutput,
        16 or 26 => Fault.Busy,
        17 => Fault.Exists,
        18 => Fault.CrossDevice,
        20 => Fault.NotADirectory,
        21 => Fault.IsADirectory,
        22 => Fault.Unsupported,
        23 or 24 => Fault.TooManyOpenFiles,
        27 => Fault.FileTooLarge,
        28 => Fault.NoSpace,
        30 => Fault.ReadOnlyFileSystem,
        _ => OperatingSystem.IsLinux() ? OfLinux(errno) : OfBsd(errno),
    };

    // Numbers above 34 differ between Linux and the BSD family (macOS).
    private static Fault OfLinux(int errno) => errno switch
    {
        11 => Fault.Busy,
        36 => Fault.NameTooLong,
        38 or 95 => Fault.Unsupported,
        39 => Fault.NotEmpty,
        40 => Fault.Link,
        116 => Fault.Stale,
        122 => Fault.NoSpace,
        _ => Fault.Other,
    };

    private static Fault OfBsd(int errno) => errno switch
    {
        35 => Fault.Busy,
        45 or 78 => Fault.Unsupported,
        62 => Fault.Link,
        63 => Fault.NameTooLong,
        66 => Fault.NotEmpty,
        69 => Fault.NoSpace,
        70 => Fault.Stale,
        _ => Fault.Other,
    };

    private static Fault OfWin32(int error) => error switch
    {
        2 or 3 => Fault.NotFound,
        4 => Fault.TooManyOpenFiles,
        5 => Fault.AccessDenied,
        17 => Fault.CrossDevice,
        19 => Fault.ReadOnlyFileSystem,
        23 or 1117 => Fault.InputOutput,
        32 or 33 => Fault.Busy,
        39 or 112 or 1295 => Fault.NoSpace,
        50 => Fault.Unsupported,
        80 or 183 => Fault.Exists,
        145 => Fault.NotEmpty,
        206 => Fault.NameTooLong,
        223 => Fault.FileTooLarge,
        _ => Fault.Other,
    };
}
