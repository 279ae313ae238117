using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace GitWriteOpt.Platform;

/// <summary>The few facts of a path that discovery and locks need, from Linux's <c>statx</c>.</summary>
/// <param name="Mode">Kind and permission bits, as <c>st_mode</c>.</param>
/// <param name="Owner">Numeric user id.</param>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The inode.</param>
internal readonly partial record struct PathStatus(int Mode, uint Owner, ulong Device, ulong Inode)
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStatistics = 0x7ff;
    private const int KindMask = 0xf000;

    /// <summary>Whether it is a directory.</summary>
    public bool IsDirectory => (Mode & KindMask) == 0x4000;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => (Mode & KindMask) == 0x8000;

    /// <summary>Whether it is a symbolic link.</summary>
    public bool IsLink => (Mode & KindMask) == 0xa000;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="follow">Whether a final symbolic link is followed.</param>
    /// <param name="status">What it is.</param>
    /// <returns>0, or the errno: 2 and 20 mean that nothing is there.</returns>
    [SupportedOSPlatform("linux")]
    public static int Read(string path, bool follow, out PathStatus status)
    {
        // struct statx: uid at 20, mode at 28, ino at 32, dev_major and dev_minor at 136 and 140; 256 bytes.
        Span<byte> buffer = stackalloc byte[256];
        status = default;
        if (statx(CurrentDirectory, path, follow ? 0 : NoFollow, BasicStatistics, ref buffer[0]) != 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var device = ((ulong)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]);
        status = new PathStatus(MemoryMarshal.Read<ushort>(buffer[28..]), MemoryMarshal.Read<uint>(buffer[20..]),
            device, MemoryMarshal.Read<ulong>(buffer[32..]));
        return 0;
    }

    /// <summary>Whether an errno of <see cref="Read"/> means that nothing is there (ENOENT, ENOTDIR).</summary>
    public static bool IsAbsence(int errno) => errno is 2 or 20;

    /// <summary>
    /// Whether nothing is at a path, asked before it is opened where its absence is usual: an exception costs more than
    /// all the rest. False where that is not known.
    /// </summary>
    public static bool IsKnownAbsent(string path) =>
        OperatingSystem.IsLinux() && IsAbsence(Read(path, follow: true, out _));

    /// <summary>The effective user id of this process.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statx(int directory, string path, int flags, uint mask, ref byte buffer);
}
