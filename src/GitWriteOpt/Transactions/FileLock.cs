using System.Runtime.InteropServices;
using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Transactions;

/// <summary>
/// A lock that dies with its owner (I7): flock on a file that is never unlinked, checked, since .NET's own sharing
/// ignores errors, and opened without .NET, whose every open takes a flock of its own and fails where somebody holds the
/// lock, instead of waiting. Elsewhere than on Linux an open that excludes others.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlock = 11;
    private const int WouldBlockBsd = 35;

    private readonly SafeFileHandle _handle;

    private FileLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes a lock, waiting for its owner in the order in which the system serves the waiters.</summary>
    /// <param name="path">The lock's file; made where it is not there.</param>
    /// <param name="exclusive">Alone, or with others who share it.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="waiting">Called once, when there is something to wait for.</param>
    /// <returns>Null where it stayed busy.</returns>
    /// <exception cref="StoreException">The file cannot be opened or locked.</exception>
    internal static FileLock? Acquire(string path, bool exclusive, TimeSpan limit, Action? waiting = null)
    {
        if (!OperatingSystem.IsLinux())
        {
            return AcquireByOpening(path, exclusive, limit, waiting);
        }

        var handle = OpenFile(path);
        var operation = exclusive ? LinuxCalls.LockExclusive : LinuxCalls.LockShared;
        if (TryLock(handle, operation | LinuxCalls.LockNonBlocking, path))
        {
            return new FileLock(handle);
        }

        if (limit <= TimeSpan.Zero)
        {
            handle.Dispose();
            return null;
        }

        waiting?.Invoke();
        var start = TimeProvider.System.GetTimestamp();

        // A blocking flock is fair and wakes at once, but cannot be given up; a thread of its own waits for it. Where we
        // give up, that thread lets go of the lock as soon as it gets it.
        var waiter = Task.Factory.StartNew(() => TryLock(handle, operation, path),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ended = ((IAsyncResult)waiter).AsyncWaitHandle.WaitOne(limit);
        EventTrace.Current?.Region("lock", path, TimeProvider.System.GetElapsedTime(start));
        if (ended)
        {
            return waiter.GetAwaiter().GetResult() ? new FileLock(handle) : null;
        }

        waiter.ContinueWith(_ => handle.Dispose(), TaskScheduler.Default);
        return null;
    }

    /// <summary>Whether somebody holds the lock alone. Takes nothing, and makes no file.</summary>
    internal static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var taken = Acquire(path, exclusive: false, TimeSpan.Zero);
        return taken is null;
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => _handle.Dispose();

    private static SafeFileHandle OpenFile(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET's own open takes a shared flock at once, and fails where somebody holds the file: nobody would wait.
            var handle = LinuxCalls.Open(null, path, LinuxCalls.OpenReadWrite | LinuxCalls.OpenCreate, 0x1b6);
            return handle.IsInvalid ? throw Errno.Exception(Marshal.GetLastPInvokeError(), "open the lock", path) : handle;
        }

        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "open the lock", path);
        }
    }

    private static bool TryLock(SafeFileHandle handle, int operation, string path)
    {
        while (true)
        {
            if (LinuxCalls.Lock(handle, operation) == 0)
            {
                return true;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case WouldBlock or WouldBlockBsd:
                    return false;
                case var errno:
                    throw Errno.Exception(errno, "lock", path);
            }
        }
    }

    private static FileLock? AcquireByOpening(string path, bool exclusive, TimeSpan limit, Action? waiting)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var pause = 1; ; pause = Math.Min(pause * 2, 50))
        {
            try
            {
                return new FileLock(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    exclusive ? FileShare.None : FileShare.ReadWrite));
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(start) < limit)
            {
                waiting?.Invoke();
                waiting = null;
                Thread.Sleep(pause);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
