using System.Diagnostics.CodeAnalysis;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>What a revert of index entries did.</summary>
/// <param name="Restored">The entries that are as before again.</param>
/// <param name="Left">Those that somebody changed since; they were left as they are.</param>
public sealed record RevertedIndex(IReadOnlyList<RepoPath> Restored, IReadOnlyList<RepoPath> Left);

/// <summary>
/// Staging of what a transaction writes, asked for with <c>--stage</c>. Order of calls: <see cref="Prepare"/>, which
/// does all that can fail and holds git's lock on the index; the journal records <see cref="PreparedIndex.Recorded"/>
/// and <see cref="PreparedIndex.LockHash"/>; the swap; <see cref="PreparedIndex.Commit"/>. After a kill:
/// <see cref="RemoveOwnLock"/>, <see cref="RemoveOrphanedLock"/>, then <see cref="Revert"/>.
/// Guarantees: entries of other paths keep their ids and bits (I3); unmerged paths, submodules and paths with external
/// filters are refused; another's lock is never removed.
/// </summary>
/// <param name="layout">The repository.</param>
/// <param name="settings">The configuration of line ends.</param>
/// <param name="durable">Whether what is written has to survive a power cut.</param>
public sealed class IndexStaging(RepositoryLayout layout, AttributeSettings settings, bool durable)
{
    // Each round loses only to a git command that wrote the index in between.
    private const int Rounds = 5;

    /// <summary>How long a lock of git's is waited for.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Makes the new index and takes the lock.</summary>
    /// <exception cref="RefusedException">
    /// <c>unmerged-path</c>, <c>filtered-path</c>, <c>inside-submodule</c> or <c>not-stageable</c>.
    /// </exception>
    /// <exception cref="StoreException"><c>index-locked</c>, or git or the disk failed.</exception>
    public PreparedIndex Prepare(IReadOnlyList<StagedPath> paths) =>
        PrepareFrom(index => StagedEntries.Decide(paths, index, new CheckIn(layout, settings, durable), layout));

    /// <summary>Restores the entries that still are as we wrote them, at once.</summary>
    /// <exception cref="StoreException"><c>index-locked</c>, or git or the disk failed.</exception>
    public RevertedIndex Revert(IReadOnlyList<RecordedEntry> recorded)
    {
        var left = new List<RepoPath>();
        using var prepared = PrepareFrom(index =>
        {
            left.Clear();
            left.AddRange(recorded.Where(r => !StagedEntries.IsAsWritten(r, index)).Select(r => r.Path));
            return StagedEntries.Undo([.. recorded.Where(r => !left.Contains(r.Path))], index);
        });
        prepared.Commit();
        return new RevertedIndex([.. recorded.Select(r => r.Path).Except(left)], left);
    }

    /// <summary>
    /// Makes the index in which the entries that still are as we wrote them are restored, and takes the lock; the others
    /// are left as they are.
    /// </summary>
    /// <exception cref="StoreException"><c>index-locked</c>, or git or the disk failed.</exception>
    public PreparedIndex PrepareRevert(IReadOnlyList<RecordedEntry> recorded) => PrepareFrom(index =>
        StagedEntries.Undo([.. recorded.Where(r => StagedEntries.IsAsWritten(r, index))], index));

    /// <summary>Whether the index holds what was recorded as written, at every path.</summary>
    public bool IsAsRecorded(IReadOnlyList<RecordedEntry> recorded)
    {
        var index = IndexReader.Open(layout);
        return recorded.All(r => StagedEntries.IsAsWritten(r, index));
    }

    /// <summary>Removes an <c>index.lock</c> whose bytes are those that a journal recorded; true where it did.</summary>
    public bool RemoveOwnLock(string recordedHash) => new IndexLock(layout).ReleaseIf(recordedHash);

    /// <summary>
    /// After a kill between the lock and the journal: removes an <c>index.lock</c> that equals a private copy which a
    /// process of ours left, then what such processes left. The caller holds the worktree's lock, so none is running.
    /// </summary>
    public bool RemoveOrphanedLock()
    {
        var removed = false;
        var held = new IndexLock(layout);
        foreach (var folder in PrivateDirectory.Left(layout))
        {
            if (!removed && File.Exists(held.LockFile) && IndexLock.Hash(folder + "/index") is { } hash)
            {
                removed = held.ReleaseIf(hash);
            }

            PrivateDirectory.Remove(folder);
        }

        return removed;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "it is handed to the caller")]
    private PreparedIndex PrepareFrom(Func<IndexReader, StagedEntries> decide)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = IndexStamp.Of(layout.IndexFile);
            var entries = decide(IndexReader.Open(layout));
            if (entries.Changes.Count == 0)
            {
                return new PreparedIndex(layout, [], null, null, durable);
            }

            if (TakeOver(entries, before) is { } prepared)
            {
                return prepared;
            }
        }

        throw new StoreException(new WriteError(ErrorCategory.Conflict, "index-changed",
            $"the index \"{layout.IndexFile}\" was changed by others {Rounds} times while ours was being made")
        {
            Path = layout.IndexFile,
            Suggestion = "stop what writes the index all the time, or apply without --stage",
        });
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "the folder goes with what is returned")]
    private PreparedIndex? TakeOver(StagedEntries entries, IndexStamp before)
    {
        PreparedIndex? prepared = null;
        var folder = PrivateDirectory.Make(layout);
        try
        {
            var made = new IndexEdit(layout, durable).Write(folder, entries.Changes);
            prepared = Lock(made, before) ? new PreparedIndex(layout, entries.Recorded, folder, before, durable) : null;
            return prepared;
        }
        finally
        {
            if (prepared is null)
            {
                folder.Dispose();
            }
        }
    }

    // False where the index is not the one that was read any more.
    private bool Lock(string made, IndexStamp before)
    {
        var held = new IndexLock(layout) { LongestWait = LockWait };
        held.Take(made);
        var kept = false;
        try
        {
            kept = IndexStamp.Of(layout.IndexFile) == before;
            if (kept && durable)
            {
                kept = false;

                // Without it the rename could outlive the bytes: an empty index after a power cut.
                using var file = File.OpenHandle(held.LockFile, FileMode.Open, FileAccess.Read);
                Sync.File(file, held.LockFile);
                kept = true;
            }

            return kept;
        }
        finally
        {
            if (!kept)
            {
                held.Release();
            }
        }
    }
}
