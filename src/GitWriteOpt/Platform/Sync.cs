using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using GitWriteOpt.Errors;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Platform;

/// <summary>
/// Makes what was written survive a power cut, and checks that it did: .NET's <c>Flush(true)</c> and
/// <c>FlushToDisk</c> do not throw where fsync fails. After a failure the data must be written afresh; syncing the same
/// file again would report success over lost pages.
/// </summary>
public static partial class Sync
{
    private static long _count;

    private const int DirectoryReadOnly = 0x80000; // O_CLOEXEC; O_DIRECTORY differs by architecture, and is not needed
    private const int CloseOnExecBsd = 0x1000000;

    /// <summary>How many calls of fsync and syncfs this process has made so far.</summary>
    public static long Count => Interlocked.Read(ref _count);

    /// <summary>Makes a file's data and size durable.</summary>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public static void File(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Flush(handle, path);
            return;
        }

        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            Check(FsyncAgain((int)handle.DangerousGetHandle()), "sync", path);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }

        if (OperatingSystem.IsMacOS())
        {
            Flush(handle, path); // F_FULLFSYNC: a plain fsync does not reach the drive's platters on APFS.
        }
    }

    /// <summary>Makes a file durable that is not open.</summary>
    /// <exception cref="StoreException">It is not there, or the disk did not take it.</exception>
    public static void File(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            SyncByPath(path);
            return;
        }

        try
        {
            var access = OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read;
            using var handle = System.IO.File.OpenHandle(path, FileMode.Open, access,
                FileShare.ReadWrite | FileShare.Delete);
            File(handle, path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "sync", path);
        }
    }

    /// <summary>
    /// Makes the names in a directory durable: without it a power cut may lose a rename whose file was synced. Nothing to
    /// do on Windows, where NTFS journals them.
    /// </summary>
    /// <exception cref="StoreException">It is not there, or the disk did not take it.</exception>
    public static void Directory(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            SyncByPath(path);
        }
    }

    /// <summary>
    /// Makes all that was written to a file system durable in one call: cheaper than a sync each from a few files on.
    /// Only where it is known to do so: ext4, xfs and btrfs on Linux; on FUSE or 9p it may do nothing.
    /// </summary>
    /// <returns>False where it is not supported, so that the caller syncs file by file.</returns>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public static bool FileSystem(string anyPathOnIt)
    {
        if (!OperatingSystem.IsLinux() || !Statfs.IsTrusted(anyPathOnIt))
        {
            return false;
        }

        var descriptor = OpenForSync(anyPathOnIt);
        try
        {
            int result;
            do
            {
                Interlocked.Increment(ref _count);
                result = syncfs(descriptor);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
            Check(result, "sync the file system of", anyPathOnIt);
            return true;
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void SyncByPath(string path)
    {
        var descriptor = OpenForSync(path);
        try
        {
            Check(FsyncAgain(descriptor), "sync", path);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static int OpenForSync(string path)
    {
        int descriptor;
        do
        {
            descriptor = open(path, OperatingSystem.IsLinux() ? DirectoryReadOnly : CloseOnExecBsd);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        Check(descriptor, "open", path);
        return descriptor;
    }

    private static int FsyncAgain(int descriptor)
    {
        int result;
        do
        {
            Interlocked.Increment(ref _count);
            result = fsync(descriptor);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        return result;
    }

    private static void Check(int result, string action, string path)
    {
        if (result < 0)
        {
            throw Errno.Exception(Marshal.GetLastPInvokeError(), action, path);
        }
    }

    private static void Flush(SafeFileHandle handle, string path)
    {
        try
        {
            RandomAccess.FlushToDisk(handle);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "sync", path);
        }
    }

    // The two-argument form of a variadic function: right for every ABI as long as no mode is passed.
    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int syncfs(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int close(int descriptor);
}
