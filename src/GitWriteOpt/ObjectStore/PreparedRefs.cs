namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A transaction of refs that is ready: all that is likely to fail has been tried, nothing is visible yet. Order of calls:
/// <see cref="SyncFiles"/> (or one <c>syncfs</c> over <see cref="FilesToSync"/>) where it has to survive a power cut, then
/// <see cref="Commit"/>, then <see cref="SyncDirectories"/> likewise; or <see cref="Abort"/>, which takes everything
/// back. Creations and updates become visible before any deletion, so that after a kill in between both refs exist, never
/// neither.
/// </summary>
public abstract class PreparedRefs : IDisposable
{
    /// <summary>Files that must be durable before <see cref="Commit"/>; a ref whose content is not is empty after a cut.</summary>
    public abstract IReadOnlyList<string> FilesToSync { get; }

    /// <summary>
    /// Directories whose names must be durable after <see cref="Commit"/>, each once: those of the refs, and those above
    /// directories that had to be made.
    /// </summary>
    public abstract IReadOnlyList<string> DirectoriesToSync { get; }

    /// <summary>Syncs <see cref="FilesToSync"/>, one by one.</summary>
    /// <exception cref="Errors.StoreException">The disk did not take it.</exception>
    public abstract void SyncFiles();

    /// <summary>Makes the changes. Can be called once.</summary>
    /// <exception cref="Errors.StoreException">
    /// <c>packed-refs</c> stayed locked: nothing was changed. Or the disk failed: the first of the changes may stand.
    /// </exception>
    public abstract void Commit();

    /// <summary>Syncs <see cref="DirectoriesToSync"/>, one by one.</summary>
    /// <exception cref="Errors.StoreException">The disk did not take it.</exception>
    public virtual void SyncDirectories()
    {
        var gone = false;
        foreach (var directory in DirectoriesToSync)
        {
            // A concurrent git pack-refs takes refs into packed-refs and removes the directories that this leaves empty; so
            // does whoever deletes the last ref in one.
            for (var at = directory; ;)
            {
                try
                {
                    Platform.Sync.Directory(at);
                    break;
                }
                catch (Errors.StoreException cause) when (cause.Error.Code == "not-found"
                    && Path.GetDirectoryName(at) is { Length: > 1 } above)
                {
                    (gone, at) = (true, above);
                }
            }
        }

        if (gone)
        {
            SyncPacked();
        }
    }

    /// <summary>Syncs what refs are packed into, if there is such.</summary>
    /// <exception cref="Errors.StoreException">The disk did not take it.</exception>
    protected abstract void SyncPacked();

    /// <summary>Releases what <see cref="Commit"/> has not used: nothing changes.</summary>
    public void Abort() => Dispose();

    /// <summary>Releases what <see cref="Commit"/> has not used.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the locks.</summary>
    protected abstract void Dispose(bool disposing);
}
