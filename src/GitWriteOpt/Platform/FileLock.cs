using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Platform;

/// <summary>
/// <c>flock(2)</c> on an open file: released by the system when its owner dies. Used to tell a lock file whose owner is
/// alive from one that was left behind. .NET's own file sharing ignores errors of flock, so it cannot be asked.
/// </summary>
internal static partial class FileLock
{
    private const int ExclusiveWithoutWaiting = 2 | 4; // LOCK_EX | LOCK_NB

    /// <summary>Locks the file if nobody else does.</summary>
    /// <returns>False where somebody does, or where the file system or the platform has no such locks.</returns>
    public static bool TryTake(SafeFileHandle file) =>
        !OperatingSystem.IsWindows() && flock(file, ExclusiveWithoutWaiting) == 0;

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int flock(SafeFileHandle file, int operation);
}
