using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>Gives a finished pack its name: keep file, pack, index, in this order; on failure none of them stays.</summary>
internal static class PackPublication
{
    private const int Attempts = 8;

    /// <summary>Seals and publishes a pack.</summary>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public static WrittenPack Publish(PackDirectory directory, PackOutput output, List<PackedObject> objects)
    {
        var id = output.Seal(objects.Count);
        var pack = Claim(directory, id, objects.Count, output.Position);
        string? index = null;
        try
        {
            output.Dispose();
            PackDirectory.Publish(output.TemporaryPath!, pack.PackPath);
            output.Release();
            using (var file = directory.CreateTemporary("tmp_idx_"))
            {
                index = file.Name;
                PackDirectory.Write(file.SafeFileHandle, PackIndexFile.Of(objects, id), 0, index);
            }

            PackDirectory.Publish(index, pack.IndexPath);
            return pack;
        }
        catch
        {
            foreach (var left in new[] { index, pack.IndexPath, pack.PackPath, pack.KeepPath })
            {
                PackDirectory.TryDelete(left ?? pack.IndexPath);
            }

            throw;
        }
    }

    // The name is ours alone: two processes that wrote the same objects must not share a keep file, which the first to
    // finish would remove. The name of a pack is free; that it is the hash is a habit.
    private static WrittenPack Claim(PackDirectory directory, ObjectId id, int count, long bytes)
    {
        var keep = Encoding.ASCII.GetBytes(directory.KeepReason + "\n");
        var name = id;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var pack = new WrittenPack($"{directory.Path}/pack-{name}", id, count, bytes);
            if (!File.Exists(pack.PackPath) && directory.TryCreate(pack.KeepPath, keep))
            {
                return pack;
            }

            name = ObjectHash.Of(ObjectType.Blob, Guid.NewGuid().ToByteArray(), id.Format);
        }

        throw new StoreException(new WriteError(ErrorCategory.System, "already-exists",
            $"no free name for a pack was found in \"{directory.Path}\" in {Attempts} attempts")
        {
            Path = directory.Path,
        });
    }
}
