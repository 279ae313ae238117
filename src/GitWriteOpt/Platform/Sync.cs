using System.Runtime.InteropServices;
using GitWriteOpt.Errors;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Platform;

/// <summary>
/// Makes bytes durable, and says so where it failed: .NET's own flush does not throw when <c>fsync</c> fails. After a
/// failure the same descriptor is never tried again, since the kernel has dropped the dirty pages.
/// </summary>
public static partial class Sync
{
    private const int Interrupted = 4;
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC on Linux

    /// <summary>A file's bytes and length: without it a rename can outlive its content.</summary>
    /// <exception cref="StoreException">The kernel could not write them.</exception>
    public static void File(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        Check(() => FileSync(handle), path);
    }

    /// <summary>A directory's names: without it a rename or a new file can be lost.</summary>
    /// <exception cref="StoreException">It could not be opened or written.</exception>
    public static void Directory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = OpenDirectory(path);
        Check(() => FileSync(handle), path);
    }

    /// <summary>Everything dirty on the file system that holds a path; false where the platform cannot.</summary>
    /// <exception cref="StoreException">The kernel could not write it.</exception>
    public static bool FileSystem(string anyPathOnIt)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using var handle = OpenDirectory(System.IO.Directory.Exists(anyPathOnIt)
            ? anyPathOnIt
            : Path.GetDirectoryName(anyPathOnIt)!);
        Check(() => FileSystemSync(handle), anyPathOnIt);
        return true;
    }

    private static SafeFileHandle OpenDirectory(string path)
    {
        var handle = Open(path, OperatingSystem.IsLinux() ? ReadOnlyDirectory : 0);
        if (handle.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw Failure(errno, path);
        }

        return handle;
    }

    private static void Check(Func<int> call, string path)
    {
        while (call() != 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            if (errno != Interrupted)
            {
                throw Failure(errno, path);
            }
        }
    }

    private static StoreException Failure(int errno, string path) =>
        new(new WriteError(ErrorCategory.System, "sync-failed",
            $"\"{path}\" could not be made durable: {Marshal.GetPInvokeErrorMessage(errno)}")
        {
            Path = path,
            Suggestion = "check the disk and its free space, then try again",
        });

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSync(SafeFileHandle handle);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSystemSync(SafeFileHandle handle);
}
