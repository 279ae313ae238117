using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// The locks of gc, forget and doctor. One for the whole run, which no writer asks for; and for the short stretches in
/// which names change, this worktree's lock and the gc lock alone, in the order in which writers take them: while it is
/// held no writer of any worktree is in a transaction (I7).
/// </summary>
internal static class UpkeepLock
{
    /// <summary>Takes the lock of the run.</summary>
    /// <returns>Null where another run holds it.</returns>
    internal static FileLock? Run(LocalState state, TimeSpan limit, Action? waiting)
    {
        state.Prepare();
        return FileLock.Acquire(state.UpkeepLock, exclusive: true, limit, waiting);
    }

    /// <summary>Keeps all writers out.</summary>
    /// <returns>Null where one stayed at work.</returns>
    internal static Held? Exclusive(LocalState state, TimeSpan limit, Action? waiting)
    {
        if (FileLock.Acquire(state.Lock, exclusive: true, limit, waiting) is not { } worktree)
        {
            return null;
        }

        if (FileLock.Acquire(state.SharedLock, exclusive: true, limit, waiting) is { } shared)
        {
            return new Held(worktree, shared);
        }

        worktree.Dispose();
        return null;
    }

    /// <summary>What to say where a lock stayed busy.</summary>
    internal static RefusedException Busy(string path, TimeSpan limit) => new(new WriteError(ErrorCategory.Permission,
        "lock-busy", $"another git writeopt has held {path} for more than {limit.TotalSeconds:0} s; nothing was changed")
    {
        Suggestion = "wait for it to end, or find it (fuser shows who holds the file) and stop it; the file itself is "
            + "harmless and must not be deleted",
    });

    /// <summary>Both locks.</summary>
    internal sealed class Held(FileLock worktree, FileLock shared) : IDisposable
    {
        /// <summary>Lets go.</summary>
        public void Dispose()
        {
            shared.Dispose();
            worktree.Dispose();
        }
    }
}
