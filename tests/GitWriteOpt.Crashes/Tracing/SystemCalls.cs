namespace GitWriteOpt.Crashes.Tracing;

/// <summary>The system calls of Linux x86_64 that change files, and where each names its files.</summary>
internal static class SystemCalls
{
    internal const int Open = 2;
    internal const int Mmap = 9;
    internal const int Ioctl = 16;
    internal const int Creat = 85;
    internal const int OpenAt = 257;
    internal const int IoUringSetup = 425;
    internal const int OpenAt2 = 437;
    internal const int RenameAt2 = 316;

    private static readonly Dictionary<int, SystemCall> Table = new SystemCall[]
    {
        new(Open, "open", CallClass.Open, [Target.Path(0)]),
        new(Creat, "creat", CallClass.Create, [Target.Path(0)]),
        new(OpenAt, "openat", CallClass.Open, [Target.At(0, 1)]),
        new(OpenAt2, "openat2", CallClass.Open, [Target.At(0, 1)]),
        new(133, "mknod", CallClass.Create, [Target.Path(0)]),
        new(259, "mknodat", CallClass.Create, [Target.At(0, 1)]),
        new(1, "write", CallClass.Write, [Target.File(0)], Count: 2),
        new(18, "pwrite64", CallClass.Write, [Target.File(0)], Count: 2),
        new(20, "writev", CallClass.Write, [Target.File(0)], Count: 2),
        new(296, "pwritev", CallClass.Write, [Target.File(0)], Count: 2),
        new(328, "pwritev2", CallClass.Write, [Target.File(0)], Count: 2),
        new(40, "sendfile", CallClass.Write, [Target.File(0)], Count: 3),
        new(275, "splice", CallClass.Write, [Target.File(2)], Count: 4),
        new(326, "copy_file_range", CallClass.Write, [Target.File(2)], Count: 4),
        new(Ioctl, "ioctl", CallClass.Write, [Target.File(0)]),
        new(76, "truncate", CallClass.Resize, [Target.Path(0)]),
        new(77, "ftruncate", CallClass.Resize, [Target.File(0)]),
        new(285, "fallocate", CallClass.Resize, [Target.File(0)]),
        new(82, "rename", CallClass.Rename, [Target.Path(0), Target.Path(1)]),
        new(264, "renameat", CallClass.Rename, [Target.At(0, 1), Target.At(2, 3)]),
        new(RenameAt2, "renameat2", CallClass.Rename, [Target.At(0, 1), Target.At(2, 3)]),
        new(86, "link", CallClass.HardLink, [Target.Path(0), Target.Path(1)]),
        new(265, "linkat", CallClass.HardLink, [Target.At(0, 1), Target.At(2, 3)]),
        new(88, "symlink", CallClass.SymbolicLink, [Target.Path(1)]),
        new(266, "symlinkat", CallClass.SymbolicLink, [Target.At(1, 2)]),
        new(87, "unlink", CallClass.Remove, [Target.Path(0)]),
        new(263, "unlinkat", CallClass.Remove, [Target.At(0, 1)]),
        new(84, "rmdir", CallClass.Remove, [Target.Path(0)]),
        new(83, "mkdir", CallClass.MakeDirectory, [Target.Path(0)]),
        new(258, "mkdirat", CallClass.MakeDirectory, [Target.At(0, 1)]),
        new(90, "chmod", CallClass.Attribute, [Target.Path(0)]),
        new(91, "fchmod", CallClass.Attribute, [Target.File(0)]),
        new(268, "fchmodat", CallClass.Attribute, [Target.At(0, 1)]),
        new(452, "fchmodat2", CallClass.Attribute, [Target.At(0, 1)]),
        new(92, "chown", CallClass.Attribute, [Target.Path(0)]),
        new(93, "fchown", CallClass.Attribute, [Target.File(0)]),
        new(94, "lchown", CallClass.Attribute, [Target.Path(0)]),
        new(260, "fchownat", CallClass.Attribute, [Target.At(0, 1)]),
        new(132, "utime", CallClass.Attribute, [Target.Path(0)]),
        new(235, "utimes", CallClass.Attribute, [Target.Path(0)]),
        new(261, "futimesat", CallClass.Attribute, [Target.At(0, 1)]),
        new(280, "utimensat", CallClass.Attribute, [Target.At(0, 1)]),
        new(188, "setxattr", CallClass.Attribute, [Target.Path(0)]),
        new(189, "lsetxattr", CallClass.Attribute, [Target.Path(0)]),
        new(190, "fsetxattr", CallClass.Attribute, [Target.File(0)]),
        new(197, "removexattr", CallClass.Attribute, [Target.Path(0)]),
        new(198, "lremovexattr", CallClass.Attribute, [Target.Path(0)]),
        new(199, "fremovexattr", CallClass.Attribute, [Target.File(0)]),
        new(74, "fsync", CallClass.Sync, [Target.File(0)]),
        new(75, "fdatasync", CallClass.Sync, [Target.File(0)]),
        new(306, "syncfs", CallClass.Sync, [Target.File(0)]),
        new(277, "sync_file_range", CallClass.Sync, [Target.File(0)]),
        new(162, "sync", CallClass.Sync, []),
        new(Mmap, "mmap", CallClass.None, [Target.File(4)]),
        new(IoUringSetup, "io_uring_setup", CallClass.None, []),
    }.ToDictionary(c => c.Number);

    /// <summary>The call of this number, or null where it changes nothing.</summary>
    internal static SystemCall? Find(ulong number) =>
        number <= int.MaxValue ? Table.GetValueOrDefault((int)number) : null;

    /// <summary>All numbers that must be looked at.</summary>
    internal static IEnumerable<int> Numbers => Table.Keys;
}

/// <summary>One system call.</summary>
/// <param name="Number">Its number on x86_64.</param>
/// <param name="Name">Its name.</param>
/// <param name="Class">Its class; of an open the flags decide.</param>
/// <param name="Targets">Where it names its files.</param>
/// <param name="Count">The argument with the number of bytes (or buffers) of a write; -1 for none.</param>
internal sealed record SystemCall(int Number, string Name, CallClass Class, Target[] Targets, int Count = -1);

/// <summary>Where a call names a file: a descriptor, a path, or a path below a directory's descriptor.</summary>
/// <param name="Descriptor">The argument with the descriptor; -1 for none.</param>
/// <param name="Text">The argument with the address of the path; -1 for none.</param>
internal readonly record struct Target(int Descriptor, int Text)
{
    internal static Target File(int descriptor) => new(descriptor, -1);

    internal static Target Path(int text) => new(-1, text);

    internal static Target At(int directory, int text) => new(directory, text);
}
