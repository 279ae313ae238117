using System.Runtime.InteropServices;

namespace GitWriteOpt.Platform;

/// <summary>What kind of file system a path lies on (Linux).</summary>
internal static partial class Statfs
{
    private const long Ext4 = 0xef53;
    private const long Xfs = 0x58465342;
    private const long Btrfs = 0x9123683e;
    private const long Tmpfs = 0x01021994;
    private const long Overlay = 0x794c7630;
    private const long Nfs = 0x6969;
    private const long Fuse = 0x65735546;

    /// <summary>Whether <c>syncfs</c> is known to reach the disk there: measured on these three.</summary>
    public static bool IsTrusted(string path) => Type(path) is Ext4 or Xfs or Btrfs;

    /// <summary>The name of the file system's type, a number in hexadecimal for a rare one; null where it is not told.</summary>
    public static string? Name(string path) => OperatingSystem.IsLinux() ? Type(path) switch
    {
        null => null,
        Ext4 => "ext4",
        Xfs => "xfs",
        Btrfs => "btrfs",
        Tmpfs => "tmpfs",
        Overlay => "overlay",
        Nfs => "nfs",
        0x517b or 0xfe534d42 or 0xff534d42 => "smb",
        Fuse => "fuse",
        0x01021997 => "9p",
        0x2fc12fc1 => "zfs",
        0xf2f52010 => "f2fs",
        0x4d44 or 0x2011bab0 => "fat",
        0x7366746e or 0x5346544e => "ntfs",
        var other => $"0x{other:x}",
    } : null;

    private static long? Type(string path)
    {
        // struct statfs begins with its f_type, one machine word; 256 bytes are more than any architecture's.
        var buffer = new nint[256 / nint.Size];
        if (statfs(path, buffer) != 0)
        {
            return null;
        }

        return (long)buffer[0] & 0xffffffff;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statfs(string path, [Out] nint[] buffer);
}
