using GitWriteOpt.Errors;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Looks at what a transaction that was cut off has left on disk, and judges which way it should go. Changes nothing, and
/// makes nothing: a dry run asks here alone.
/// </summary>
internal sealed class CutOffTransaction(
    TransactionContext context, RecordedTransaction recorded, Witness witness, WorktreeReader worktree)
{
    private readonly DiskState _disk = new(context.Layout, worktree);

    /// <summary>What it recorded.</summary>
    internal RecordedTransaction Recorded => recorded;

    /// <summary>What was noted of it when it began.</summary>
    internal Witness Witness => witness;

    /// <summary>The worktree.</summary>
    internal WorktreeReader Worktree => worktree;

    /// <summary>Hashes what is on disk.</summary>
    internal DiskState Disk => _disk;

    /// <summary>
    /// Whether a power cut took a part of a transaction that had been reported as done: a path is in its before state, or
    /// torn, and has not been touched since the system started. What was changed since then is the user's doing.
    /// </summary>
    internal bool WasCutShort()
    {
        var started = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - Environment.TickCount64) * 1_000_000;
        return recorded.Changes.Any(change =>
        {
            var there = Look(change);
            if (there.Obstacle is not null)
            {
                return false;
            }

            var old = there.Found.Kind == FileKind.Absent
                ? worktree.Directories.Nearest(change.Path).LookAtSelf().ChangedNanoseconds < started
                : there.Found.ChangedNanoseconds < started;
            return old && !Same(change, there.Now, change.After)
                && (Same(change, there.Now, change.Before) || DiskState.LooksTorn(there.State));
        });
    }

    /// <summary>Which way it would go, and how many paths would be moved.</summary>
    internal (RecoveryDirection Direction, int Files) Foretell(RecoverRequest request)
    {
        var direction = Choose(request);
        return (direction, Chosen(request).Count(change => NeedsMove(change, direction)));
    }

    /// <summary>The way asked for; without one forward where all is there, else back.</summary>
    internal RecoveryDirection Choose(RecoverRequest request) => request.Direction
        ?? (recorded.Changes.All(c => Look(c) is { Obstacle: null } there && Same(c, there.Now, c.After)) && IndexIsAfter()
            ? RecoveryDirection.Forward : RecoveryDirection.Back);

    /// <summary>The paths that are asked for.</summary>
    internal IEnumerable<RecordedChange> Chosen(RecoverRequest request) => request.Paths is { Count: > 0 } paths
        ? recorded.Changes.Where(c => paths.Any(p => c.Path.Value == p
            || c.Path.Value.StartsWith(p.TrimEnd('/') + "/", StringComparison.Ordinal)))
        : recorded.Changes;

    /// <summary>Whether the index entries are those of the after state.</summary>
    internal bool IndexIsAfter() => recorded.IndexEntries.Count == 0
        || context.Staging().IsAsRecorded(recorded.IndexEntries);

    /// <summary>What is at a path, or why that cannot be said: a device, a repository of its own, a file that changes.</summary>
    internal There Look(RecordedChange change)
    {
        try
        {
            var (found, state, now) = _disk.Read(change.Path);
            return new There(found, state, now, null);
        }
        catch (RefusedException cause)
        {
            return new There(Fingerprint.Absent, PathState.Nothing, null, cause.Message);
        }
    }

    /// <summary>
    /// Whether two states of a path are one. With <c>core.fileMode=false</c> the executable bit on disk is noise, unless
    /// the transaction itself changed it.
    /// </summary>
    internal bool Same(RecordedChange change, RecordedState? left, RecordedState? right) => (left, right) switch
    {
        ({ } a, { } b) => a.Matches(b) || (a.Blob == b.Blob && !a.IsLink && !b.IsLink && ModeIsNoise(change)),
        _ => left is null && right is null,
    };

    private bool ModeIsNoise(RecordedChange change) => !context.Layout.FileModeIsTrusted
        && (change.Before is null || change.After is null || change.Before.Value.GitMode == change.After.Value.GitMode);

    private bool NeedsMove(RecordedChange change, RecoveryDirection direction)
    {
        var (wanted, other) = direction == RecoveryDirection.Back
            ? (change.Before, change.After) : (change.After, change.Before);
        var there = Look(change);
        return there.Obstacle is null && !Same(change, there.Now, wanted) && Same(change, there.Now, other);
    }

    /// <summary>What is at a path.</summary>
    /// <param name="Found">Its fingerprint.</param>
    /// <param name="State">Its content.</param>
    /// <param name="Now">As a transaction would record it; null for no file or link.</param>
    /// <param name="Obstacle">A sentence on what is there that cannot be looked at, or null.</param>
    internal readonly record struct There(Fingerprint Found, PathState State, RecordedState? Now, string? Obstacle);
}
