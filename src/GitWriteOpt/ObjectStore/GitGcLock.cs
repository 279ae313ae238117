using System.Globalization;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// git's own lock of <c>git gc</c>: <c>gc.pid</c> in the common directory, with process and host of its owner (git's
/// <c>builtin/gc.c</c>, <c>lock_repo_for_gc</c>). Held while transactions move from their own refs to the fold: git lists
/// refs one by one, and a <c>git gc --prune=now</c> could otherwise look at each of the two places before, or after, it
/// had what it has to keep.
/// </summary>
internal sealed class GitGcLock : IDisposable
{
    private static readonly TimeSpan Believed = TimeSpan.FromHours(12); // as git: older ones are of the dead
    private readonly string _file;

    private GitGcLock(string file) => _file = file;

    /// <summary>Takes it, waiting with pauses.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="limit">How long to wait for a gc of git's.</param>
    /// <param name="owner">The worktree's token, by which its recovery sweeps what a kill leaves.</param>
    /// <returns>Null where git is still at it.</returns>
    /// <exception cref="StoreException">The disk failed.</exception>
    internal static GitGcLock? Acquire(RepositoryLayout layout, TimeSpan limit, string owner)
    {
        const int pause = 50;
        var file = layout.CommonDirectory + "/gc.pid";
        var mine = $"{layout.CommonDirectory}/writeopt/tmp_pid_{OwnPacks.TemporaryMark}{owner}_{Environment.ProcessId}";
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        try
        {
            // Complete before it has the name: a half-written one would count as nobody's. git's gc.pid.lock is not used,
            // since a kill would leave it, and no gc of git's would ever run again.
            File.WriteAllText(mine, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {Host()}"));
            while (true)
            {
                if (File.Exists(file) && !IsAlive(file))
                {
                    File.Move(mine, file, overwrite: true);
                    return new GitGcLock(file);
                }

                var made = HardLink.Make(mine, file);
                if (made == LinkAttempt.Made)
                {
                    return new GitGcLock(file);
                }

                if (made != LinkAttempt.Exists && !File.Exists(file))
                {
                    File.Move(mine, file, overwrite: false); // no hard links here
                    return new GitGcLock(file);
                }

                if (Environment.TickCount64 >= deadline)
                {
                    return null;
                }

                Thread.Sleep(pause);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", file);
        }
        finally
        {
            PackDirectory.TryDelete(mine);
        }
    }

    /// <summary>Lets go. One that a kill leaves names a dead process, which git passes over.</summary>
    public void Dispose() => PackDirectory.TryDelete(_file);

    // Of another host, which shares the repository over a network, nobody can tell: it is believed, as by git.
    private static bool IsAlive(string file)
    {
        try
        {
            return DateTime.UtcNow - File.GetLastWriteTimeUtc(file) <= Believed
                && File.ReadAllText(file, Encoding.UTF8).Split(' ', 2) is [var pid, var host]
                && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && (host.Trim() != Host() || ProcessIdentity.Of(number, "") is not null);
        }
        catch (FileNotFoundException)
        {
            return true; // it has just ended: look again
        }
    }

    // As gethostname(2), which .NET cuts at the first dot.
    private static string Host() => File.Exists("/proc/sys/kernel/hostname")
        ? File.ReadAllText("/proc/sys/kernel/hostname").Trim() : Environment.MachineName;
}
