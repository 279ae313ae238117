using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace GitWriteOpt.Platform;

/// <summary>
/// The Linux system calls that .NET does not offer: everything relative to an open directory, without following links,
/// with errors that are checked. Thin: names, constants and structures as in the manual pages.
/// </summary>
internal static partial class LinuxCalls
{
    internal const int OpenReadOnly = 0;
    internal const int OpenWriteOnly = 1;
    internal const int OpenReadWrite = 2;
    internal const int OpenCreate = 0x40;
    internal const int OpenExclusive = 0x80;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int OpenPath = 0x200000;

    // The generic values of O_DIRECTORY and O_NOFOLLOW are swapped on Arm.
    internal static readonly int OpenDirectory = IsArm ? 0x4000 : 0x10000;
    internal static readonly int OpenNoFollow = IsArm ? 0x8000 : 0x20000;

    internal const int AtEmptyPath = 0x1000;
    internal const int AtSymlinkNoFollow = 0x100;
    internal const int AtRemoveDirectory = 0x200;
    internal const int AtCurrentDirectory = -100;

    internal const uint RenameNoReplace = 1;
    internal const uint RenameExchange = 2;

    internal const ulong ResolveNoMagicLinks = 2;
    internal const ulong ResolveNoSymlinks = 4;
    internal const ulong ResolveBeneath = 8;

    internal const int LockShared = 1;
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;

    private const nint SyscallOpenat2 = 437;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RawOpenAt(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint RawOpenAt2(nint number, nint directory, string path, OpenHow* how, nint size);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int RawStatx(SafeFileHandle directory, string path, int flags, uint mask, Statx* result);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static unsafe partial int RawStatx(SafeFileHandle directory, byte* path, int flags, uint mask, Statx* result);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RenameAt2(
        SafeFileHandle fromDirectory, string from, SafeFileHandle toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int LinkAt(
        SafeFileHandle fromDirectory, string from, SafeFileHandle toDirectory, string to, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UnlinkAt(SafeFileHandle directory, string path, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeDirectoryAt(SafeFileHandle directory, string path, uint mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SymlinkAt(string target, SafeFileHandle directory, string path);

    [LibraryImport("libc", EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint ReadLinkAt(SafeFileHandle directory, string path, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AccessAt(SafeFileHandle directory, string path, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int ChangeMode(SafeFileHandle file, uint mode);

    [LibraryImport("libc", EntryPoint = "fchmodat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeModeAt(SafeFileHandle directory, string path, uint mode, int flags);

    [LibraryImport("libc", EntryPoint = "fchownat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeOwnerAt(SafeFileHandle directory, string path, uint owner, uint group, int flags);

    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int SetTimesAt(SafeFileHandle directory, string path, void* times, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "flistxattr", SetLastError = true)]
    internal static unsafe partial nint ListAttributes(SafeFileHandle file, byte* names, nint size);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    internal static unsafe partial nint GetAttribute(SafeFileHandle file, byte* name, byte* value, nint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    internal static unsafe partial int SetAttribute(SafeFileHandle file, byte* name, byte* value, nint size, int flags);


    [LibraryImport("libc", EntryPoint = "geteuid", SetLastError = false)]
    internal static partial uint EffectiveUser();

    /// <summary>openat(2); an invalid handle where it failed (see <see cref="Marshal.GetLastPInvokeError"/>).</summary>
    internal static SafeFileHandle Open(SafeFileHandle? directory, string path, int flags, uint mode = 0)
    {
        var added = false;
        try
        {
            directory?.DangerousAddRef(ref added);
            var number = directory is null ? AtCurrentDirectory : (int)directory.DangerousGetHandle();
            var result = RawOpenAt(number, path, flags | OpenCloseOnExec, mode);
            return new SafeFileHandle(result, ownsHandle: result >= 0);
        }
        finally
        {
            if (added)
            {
                directory!.DangerousRelease();
            }
        }
    }

    /// <summary>openat2(2): like <see cref="Open"/>, resolved by the kernel under <paramref name="resolve"/>.</summary>
    internal static unsafe SafeFileHandle OpenResolved(SafeFileHandle directory, string path, int flags, ulong resolve)
    {
        var how = new OpenHow { Flags = (ulong)(uint)(flags | OpenCloseOnExec), Resolve = resolve };
        var added = false;
        try
        {
            directory.DangerousAddRef(ref added);
            var result = RawOpenAt2(SyscallOpenat2, directory.DangerousGetHandle(), path, &how, sizeof(OpenHow));
            return new SafeFileHandle(result, ownsHandle: result >= 0);
        }
        finally
        {
            if (added)
            {
                directory.DangerousRelease();
            }
        }
    }

    /// <summary>statx(2) of a name in a directory, or of the open file itself where the name is empty.</summary>
    internal static unsafe int Stat(SafeFileHandle directory, string path, out Statx result)
    {
        const uint basic = 0x7ff;
        fixed (Statx* pointer = &result)
        {
            return RawStatx(directory, path, AtSymlinkNoFollow | (path.Length == 0 ? AtEmptyPath : 0), basic, pointer);
        }
    }

    /// <summary>statx(2) of a name in a directory, given as bytes with a NUL at the end.</summary>
    [System.Runtime.CompilerServices.SkipLocalsInit]
    internal static unsafe int Stat(SafeFileHandle directory, ReadOnlySpan<byte> terminated, out Statx result)
    {
        const uint basic = 0x7ff;
        fixed (byte* path = terminated)
        fixed (Statx* pointer = &result)
        {
            return RawStatx(directory, path, AtSymlinkNoFollow, basic, pointer);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    /// <summary>struct statx_timestamp.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct StatxTime
    {
        public long Seconds;
        public uint Nanoseconds;
        public int Reserved;

        public readonly long Total => (Seconds * 1_000_000_000L) + Nanoseconds;
    }

    /// <summary>struct statx: the same on all architectures.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct Statx
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint Owner;
        public uint Group;
        public ushort Mode;
        public ushort Spare;
        public ulong Inode;
        public ulong Size;
        public ulong Blocks;
        public ulong AttributesMask;
        public StatxTime Accessed;
        public StatxTime Born;
        public StatxTime Changed;
        public StatxTime Modified;
        public uint SpecialMajor;
        public uint SpecialMinor;
        public uint DeviceMajor;
        public uint DeviceMinor;
    }
}
