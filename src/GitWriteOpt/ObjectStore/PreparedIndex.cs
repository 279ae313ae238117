using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A new index that waits in <c>index.lock</c>. Until <see cref="Commit"/> the user's index is as it was and no git
/// command can write it; disposing of it without committing gives the lock up. Where nothing has to change there is no
/// lock, and committing does nothing.
/// </summary>
public sealed class PreparedIndex : IDisposable
{
    private readonly RepositoryLayout _layout;
    private readonly PrivateDirectory? _folder;
    private readonly IndexStamp? _before;
    private readonly bool _durable;
    private bool _open;

    internal PreparedIndex(RepositoryLayout layout, IReadOnlyList<RecordedEntry> recorded, PrivateDirectory? folder,
        IndexStamp? before, bool durable)
    {
        _layout = layout;
        _folder = folder;
        _before = before;
        _durable = durable;
        _open = folder is not null;
        Recorded = recorded;
        LockHash = folder is null ? null : IndexLock.Hash(LockFile);
    }

    /// <summary>What changes: for the journal, before the swap.</summary>
    public IReadOnlyList<RecordedEntry> Recorded { get; }

    /// <summary>
    /// The SHA-256 of the lock's bytes, lower-case hexadecimal, for the journal; null where nothing changes and no lock
    /// is held.
    /// </summary>
    public string? LockHash { get; }

    /// <summary>The lock that is held.</summary>
    public string LockFile => _layout.IndexFile + ".lock";

    /// <summary>Puts the new index in place.</summary>
    /// <exception cref="StoreException">
    /// <c>index-changed</c>: the index or the lock was replaced by something that ignores git's lock; or the rename
    /// failed. The user's index is as it was.
    /// </exception>
    public void Commit()
    {
        if (!_open)
        {
            return;
        }

        if (IndexStamp.Of(_layout.IndexFile) != _before || IndexLock.Hash(LockFile) != LockHash)
        {
            throw new StoreException(new WriteError(ErrorCategory.Conflict, "index-changed",
                $"the index changed although we held its lock: expected \"{_layout.IndexFile}\" as it was read")
            {
                Path = _layout.IndexFile,
                Suggestion = "find the program that writes the index without git's lock, then try again",
            });
        }

        new IndexLock(_layout).Commit();
        _open = false;
        if (_durable)
        {
            // Without it a power cut could bring the old index back after the transaction was reported as done.
            Sync.Directory(Path.GetDirectoryName(_layout.IndexFile)!);
        }

        _folder?.Dispose();
    }

    /// <summary>Gives the lock up; the index stays as it was. A lock that is not ours any more is left alone.</summary>
    public void Abort()
    {
        if (_open)
        {
            _open = false;
            new IndexLock(_layout).ReleaseIf(LockHash!);
        }

        _folder?.Dispose();
    }

    /// <summary>The same as <see cref="Abort"/>, where it was not committed.</summary>
    public void Dispose() => Abort();
}
