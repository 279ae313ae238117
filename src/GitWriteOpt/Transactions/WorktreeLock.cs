using GitWriteOpt.Errors;

namespace GitWriteOpt.Transactions;

/// <summary>
/// What a writer holds from before it looks until after it has ended: this worktree's lock alone, and the repository's
/// gc lock together with other worktrees' writers (I7).
/// </summary>
internal sealed class WorktreeLock : IDisposable
{
    private readonly FileLock _worktree;
    private readonly FileLock _shared;

    private WorktreeLock(FileLock worktree, FileLock shared)
    {
        _worktree = worktree;
        _shared = shared;
    }

    /// <summary>Takes both locks.</summary>
    /// <param name="state">This worktree's state.</param>
    /// <param name="limit">The longest wait for each.</param>
    /// <param name="waiting">Called when there is something to wait for.</param>
    /// <exception cref="RefusedException">It stayed busy; nothing was changed.</exception>
    internal static WorktreeLock Acquire(LocalState state, TimeSpan limit, Action? waiting)
    {
        state.Prepare();
        var worktree = FileLock.Acquire(state.Lock, exclusive: true, limit, waiting) ?? throw Busy(state.Lock, limit);
        var shared = FileLock.Acquire(state.SharedLock, exclusive: false, limit, waiting);
        if (shared is null)
        {
            worktree.Dispose();
            throw Busy(state.SharedLock, limit);
        }

        return new WorktreeLock(worktree, shared);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shared.Dispose();
        _worktree.Dispose();
    }

    private static RefusedException Busy(string path, TimeSpan limit) => new(new WriteError(ErrorCategory.Permission,
        "lock-busy", $"another git writeopt has held {path} for more than {limit.TotalSeconds:0} s")
    {
        Suggestion = "wait for it to end, or find it (fuser shows who holds the file) and stop it; the file itself is "
            + "harmless and must not be deleted",
    });
}
