using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A pack that is in its place. Its <c>.keep</c> protects the objects from <c>git gc --prune=now</c> while no ref reaches
/// them: <see cref="Sync"/>, then publish the ref, make that durable, then <see cref="ReleaseKeep"/>.
/// </summary>
public sealed class WrittenPack
{
    /// <summary>The first line of our <c>.keep</c> files, by which a sweep knows those that a killed process left.</summary>
    public const string KeepReason = "git-writeopt";

    internal WrittenPack(string stem, ObjectId id, int count, long bytes)
    {
        PackPath = stem + ".pack";
        IndexPath = stem + ".idx";
        KeepPath = stem + ".keep";
        Id = id;
        Count = count;
        Bytes = bytes;
    }

    /// <summary>The hash at the pack's end.</summary>
    public ObjectId Id { get; }

    /// <summary>The number of objects.</summary>
    public int Count { get; }

    /// <summary>The length of the pack in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Absolute path of the pack.</summary>
    public string PackPath { get; }

    /// <summary>Absolute path of its index.</summary>
    public string IndexPath { get; }

    /// <summary>Absolute path of its keep file.</summary>
    public string KeepPath { get; }

    /// <summary>Makes the pack, its index, its keep file and their names survive a power cut.</summary>
    /// <exception cref="StoreException">The disk did not take them: <see cref="Discard"/> the pack and write another.</exception>
    public void Sync()
    {
        Platform.Sync.File(PackPath);
        Platform.Sync.File(IndexPath);
        Platform.Sync.File(KeepPath);
        Platform.Sync.Directory(Path.GetDirectoryName(PackPath)!);
    }

    /// <summary>Removes the keep file: a durable ref protects the objects now. Idempotent.</summary>
    /// <exception cref="StoreException">It cannot be removed.</exception>
    public void ReleaseKeep() => Delete(KeepPath);

    /// <summary>
    /// Removes the pack: index first, so that git never sees an index without its pack, the keep file last. Only for a
    /// pack that no ref reaches. Idempotent.
    /// </summary>
    /// <exception cref="StoreException">A file cannot be removed.</exception>
    public void Discard()
    {
        Delete(IndexPath);
        Delete(PackPath);
        Delete(KeepPath);
    }

    private static void Delete(string path)
    {
        try
        {
            if (OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetAttributes(path, FileAttributes.Normal);
            }

            File.Delete(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "remove", path);
        }
    }
}
