using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace GitWriteOpt.Platform;

/// <summary>A path with every symbolic link resolved, as <c>realpath(3)</c> gives it.</summary>
internal static partial class CanonicalPath
{
    private const int LongestPath = 4097; // PATH_MAX and a final zero

    /// <summary>The absolute path without links, <c>.</c> and <c>..</c>; null where it is not there or not reachable.</summary>
    [SupportedOSPlatform("linux")]
    public static string? Of(string path)
    {
        Span<byte> buffer = stackalloc byte[LongestPath];
        return realpath(path, ref buffer[0]) == 0
            ? null
            : Encoding.UTF8.GetString(buffer[..buffer.IndexOf((byte)0)]);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint realpath(string path, ref byte resolved);
}
