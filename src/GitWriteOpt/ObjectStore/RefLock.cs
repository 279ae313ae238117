using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A lock file as git makes them: it appears exclusively beside what it guards, then is renamed onto it or removed. Ours
/// appears with its whole content and flocked, so that one whose owner was killed can be told apart: nobody else writes
/// below <c>refs/writeopt</c>, on other files our own mark counts, and the flock died with the owner. Such a one is taken
/// over; an empty one of our refs (a power cut took its bytes) once it has stayed the same for the whole wait. A lock that
/// stays is an error after the wait.
/// </summary>
internal sealed class RefLock : IDisposable
{
    /// <summary>What our lock on a file that is not below <c>refs/writeopt</c> holds.</summary>
    public static ReadOnlySpan<byte> Mark => "git writeopt\n"u8;

    private const int MostDirectories = 10; // a concurrent pack-refs removes directories that it has emptied
    private const int LongestPause = 100;
    private const string TemporaryPrefix = "reflock-";

    private readonly SafeFileHandle _handle;
    private bool _held = true;

    private RefLock(string file, SafeFileHandle handle) => (File, _handle) = (file, handle);

    /// <summary>The lock file.</summary>
    public string File { get; }

    /// <summary>Directories that had to be made for it, outermost first, each with a slash-less path.</summary>
    public IReadOnlyList<string> NewDirectories { get; private init; } = [];

    /// <summary>Takes a lock.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="file">The lock file.</param>
    /// <param name="content">What it holds from its first instant.</param>
    /// <param name="isOfOurRef">Whether it guards a ref below <c>refs/writeopt</c>.</param>
    /// <param name="sync">Whether its content is made durable before it gets its name.</param>
    /// <param name="longestWait">How long somebody else's lock is waited for.</param>
    /// <exception cref="Errors.StoreException"><c>ref-locked</c>: somebody else has it and keeps it.</exception>
    public static RefLock Take(
        RepositoryLayout layout, string file, byte[] content, bool isOfOurRef, bool sync, TimeSpan longestWait)
    {
        var started = Stopwatch.GetTimestamp();
        var made = new List<string>();
        var (pause, attempts) = (1, MostDirectories);
        while (true)
        {
            try
            {
                return Create(layout, file, content, sync, made);
            }
            catch (Exception cause) when (cause is DirectoryNotFoundException or FileNotFoundException && attempts-- > 0)
            {
                // Which of the two .NET throws depends on whether somebody has made the directory again since.
                MakeDirectories(layout, Path.GetDirectoryName(file)!, made);
                continue;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                if (Faults.Of(Errno.Of(cause)) is not (Fault.Exists or Fault.Busy))
                {
                    throw Errno.Exception(cause, "lock", file);
                }
            }

            var waited = Stopwatch.GetElapsedTime(started);
            if (OperatingSystem.IsLinux() && TakeOver(file, isOfOurRef, emptyToo: waited >= longestWait))
            {
                continue;
            }

            if (waited >= longestWait)
            {
                throw RefErrors.Locked(file, waited);
            }

            // Jitter, so that two who wait for each other do not keep step.
            Thread.Sleep(pause + RandomNumberGenerator.GetInt32(pause + 1));
            pause = Math.Min(pause * 2, LongestPause);
        }
    }

    /// <summary>Makes what was written durable.</summary>
    public void Sync() => Platform.Sync.File(_handle, File);

    /// <summary>Renames the lock file onto what it guards, which releases it.</summary>
    public void RenameTo(string target)
    {
        if (OperatingSystem.IsWindows())
        {
            _handle.Dispose(); // an open file cannot be renamed there
        }

        try
        {
            System.IO.File.Move(File, target, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", target);
        }

        // Only now: an unlocked lock file with content looks as if its owner were dead.
        _held = false;
        _handle.Dispose();
    }

    /// <summary>Releases the lock and removes its file, unless it was renamed.</summary>
    public void Dispose()
    {
        if (_held)
        {
            _held = false;
            if (OperatingSystem.IsWindows())
            {
                _handle.Dispose();
            }

            PackDirectory.TryDelete(File); // a lock that stays is one without a flock: the next who needs it takes it over
        }

        _handle.Dispose();
    }

    /// <summary>Removes the locks that killed owners of ours left on our refs and on <c>packed-refs</c>.</summary>
    public static void RemoveAbandoned(RepositoryLayout layout)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var ours = layout.CommonDirectory + "/" + RefNames.Root.TrimEnd('/');
        if (Directory.Exists(ours))
        {
            foreach (var file in Directory.EnumerateFiles(ours, "*.lock", SearchOption.AllDirectories))
            {
                TakeOver(file, isOfOurRef: true, IsOld(file));
            }
        }

        TakeOver(layout.CommonDirectory + "/packed-refs.lock", isOfOurRef: false, emptyToo: false);
        foreach (var left in Directory.EnumerateFiles(layout.GitDirectory + "/writeopt", TemporaryPrefix + "*"))
        {
            System.IO.File.Delete(left);
        }
    }

    // Written, flocked, then named: a kill leaves either a temporary file of this worktree's or a lock that says whose it
    // is, never an empty one that nobody dares to remove.
    private static RefLock Create(
        RepositoryLayout layout, string file, byte[] content, bool sync, List<string> made)
    {
        var state = layout.GitDirectory + "/writeopt";
        var temporary = $"{state}/{TemporaryPrefix}{Guid.NewGuid():N}";
        Directory.CreateDirectory(state);
        var handle = Open(temporary);
        try
        {
            FileLock.TryTake(handle);
            RandomAccess.Write(handle, content, 0);
            SharedPermissions.Apply(layout, temporary, isDirectory: false);
            if (sync)
            {
                Platform.Sync.File(handle, temporary);
            }

            switch (HardLink.Make(temporary, file))
            {
                case LinkAttempt.Made:
                    return new RefLock(file, handle) { NewDirectories = made };
                case LinkAttempt.Exists:
                    handle.Dispose();
                    throw new IOException($"\"{file}\" exists", Errno.Exists);
                default:
                    handle.Dispose();
                    return CreateInPlace(layout, file, content, made);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }
        finally
        {
            PackDirectory.TryDelete(temporary); // the lock has its name, or there is a better error; recovery sweeps it
        }
    }

    // Where there are no hard links, or to get the error that linking hides (no directory, no space).
    private static RefLock CreateInPlace(RepositoryLayout layout, string file, byte[] content, List<string> made)
    {
        var taken = new RefLock(file, Open(file)) { NewDirectories = made };
        try
        {
            FileLock.TryTake(taken._handle);
            RandomAccess.Write(taken._handle, content, 0);
            SharedPermissions.Apply(layout, file, isDirectory: false);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    // git holds a lock for milliseconds, and an empty one never longer than it takes to write into it.
    private static bool IsOld(string file) =>
        DateTime.UtcNow - System.IO.File.GetLastWriteTimeUtc(file) > TimeSpan.FromSeconds(2);

    // Shared fully as far as .NET is concerned: the flock is ours to take, and checked.
    private static SafeFileHandle Open(string file) => System.IO.File.OpenHandle(file, FileMode.CreateNew,
        FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private static void MakeDirectories(RepositoryLayout layout, string directory, List<string> made)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        MakeDirectories(layout, Path.GetDirectoryName(directory)!, made);
        try
        {
            Directory.CreateDirectory(directory);
            SharedPermissions.Apply(layout, directory, isDirectory: true);
        }
        catch (Exception cause) when (cause is DirectoryNotFoundException or FileNotFoundException)
        {
            return; // pack-refs was quicker and removed a parent; the caller tries again, a bounded number of times
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "create", directory);
        }

        made.Remove(directory);
        made.Add(directory);
    }

    // Removing needs the flock on that very file, and that it is still the one at the path: so of two that find it
    // abandoned one alone removes it, and never the next owner's.
    [SupportedOSPlatform("linux")]
    private static bool TakeOver(string file, bool isOfOurRef, bool emptyToo)
    {
        try
        {
            using var handle = System.IO.File.OpenHandle(file, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            if (PathStatus.Read($"/proc/self/fd/{handle.DangerousGetHandle()}", follow: true, out var open) != 0)
            {
                return false;
            }

            Span<byte> content = stackalloc byte[16];
            content = content[..RandomAccess.Read(handle, content, 0)];
            var ours = isOfOurRef ? content.Length > 0 || emptyToo : content.StartsWith(Mark);
            if (!ours || !FileLock.TryTake(handle)
                || PathStatus.Read(file, follow: false, out var named) != 0 || named != open)
            {
                return false;
            }

            System.IO.File.Delete(file);
            return true;
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return true; // released meanwhile
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false; // not ours to judge; the wait ends with an error that names the file
        }
    }
}
