using System.Runtime.InteropServices;

namespace GitWriteOpt.Platform;

/// <summary>What kind of file system a path lies on (Linux).</summary>
internal static partial class Statfs
{
    private const long Ext4 = 0xef53;
    private const long Xfs = 0x58465342;
    private const long Btrfs = 0x9123683e;

    /// <summary>Whether <c>syncfs</c> is known to reach the disk there: measured on these three.</summary>
    public static bool IsTrusted(string path)
    {
        // struct statfs begins with its f_type, one machine word; 256 bytes are more than any architecture's.
        var buffer = new nint[256 / nint.Size];
        if (statfs(path, buffer) != 0)
        {
            return false;
        }

        return ((long)buffer[0] & 0xffffffff) is Ext4 or Xfs or Btrfs;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int statfs(string path, [Out] nint[] buffer);
}
