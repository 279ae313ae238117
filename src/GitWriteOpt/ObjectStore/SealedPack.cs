using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A pack and its index that are complete but still have temporary names, where git does not see them: so that they can
/// be made durable first. A name that became durable before its bytes would leave git with a damaged pack after a power
/// cut. Then <see cref="Publish"/>, or <see cref="Discard"/>.
/// </summary>
internal sealed class SealedPack
{
    private const int Attempts = 8;

    private readonly PackDirectory _directory;
    private readonly string _pack;
    private readonly string _index;
    private readonly ObjectId _id;
    private readonly int _count;

    private SealedPack(PackDirectory directory, string pack, string index, ObjectId id, int count, long bytes)
    {
        (_directory, _pack, _index, _id, _count, Bytes) = (directory, pack, index, id, count, bytes);
        Stem = $"pack-{id}";
    }

    /// <summary>Length of the pack in bytes.</summary>
    internal long Bytes { get; }

    /// <summary>The base name that it gets, unless another process takes it first.</summary>
    internal string Stem { get; private set; }

    /// <summary>Completes the pack and its index under temporary names.</summary>
    /// <exception cref="StoreException">The disk did not take it: nothing of it is left.</exception>
    internal static SealedPack Seal(PackDirectory directory, PackOutput output, List<PackedObject> objects)
    {
        var id = output.Seal(objects.Count);
        string? index = null;
        try
        {
            output.Dispose();
            using var file = directory.CreateTemporary("tmp_idx_");
            index = file.Name;
            PackDirectory.Write(file.SafeFileHandle, PackIndexFile.Of(objects, id), 0, index);
        }
        catch
        {
            PackDirectory.TryDelete(index ?? output.TemporaryPath!);
            PackDirectory.TryDelete(output.TemporaryPath!);
            throw;
        }

        var pack = output.TemporaryPath!;
        output.Release();
        return new SealedPack(directory, pack, index, id, objects.Count, output.Position);
    }

    /// <summary>A pack and its index that git wrote for us under temporary names.</summary>
    internal static SealedPack Of(PackDirectory directory, string pack, string index, ObjectId id, int count) =>
        new(directory, pack, index, id, count, new FileInfo(pack).Length);

    /// <summary>Makes the bytes of both files durable.</summary>
    /// <exception cref="StoreException">The disk did not take them.</exception>
    internal void Sync()
    {
        Platform.Sync.File(_pack);
        Platform.Sync.File(_index);
    }

    /// <summary>Gives them their names: keep file, pack, index, in this order; on failure none of them stays.</summary>
    /// <exception cref="StoreException">They cannot be renamed.</exception>
    internal WrittenPack Publish()
    {
        var pack = Claim();
        try
        {
            PackDirectory.Publish(_pack, pack.PackPath);
            PackDirectory.Publish(_index, pack.IndexPath);
            return pack;
        }
        catch
        {
            foreach (var left in new[] { _index, _pack, pack.IndexPath, pack.PackPath, pack.KeepPath })
            {
                PackDirectory.TryDelete(left);
            }

            throw;
        }
    }

    /// <summary>Removes what was not published; what was is left.</summary>
    internal void Discard()
    {
        PackDirectory.TryDelete(_index);
        PackDirectory.TryDelete(_pack);
    }

    // The name is ours alone: two processes that wrote the same objects must not share a keep file, which the first to
    // finish would remove. The name of a pack is free; that it is the hash is a habit.
    private WrittenPack Claim()
    {
        var keep = Encoding.ASCII.GetBytes(_directory.KeepReason + "\n");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pack = new WrittenPack($"{_directory.Path}/{Stem}", _id, _count, Bytes);
            if (!File.Exists(pack.PackPath) && _directory.TryCreate(pack.KeepPath, keep))
            {
                return pack;
            }

            Stem = $"pack-{ObjectHash.Of(ObjectType.Blob, Guid.NewGuid().ToByteArray(), _id.Format)}";
        }

        throw new StoreException(new WriteError(ErrorCategory.System, "already-exists",
            $"no free name for a pack was found in \"{_directory.Path}\" in {Attempts} attempts")
        {
            Path = _directory.Path,
        });
    }
}
