using System.Buffers.Binary;

namespace GitWriteOpt.ObjectStore;

/// <summary>Where an object lies in a pack.</summary>
/// <param name="Id">The object.</param>
/// <param name="Offset">Of its entry, in bytes.</param>
/// <param name="Crc">CRC-32 of its entry.</param>
internal readonly record struct PackedObject(ObjectId Id, long Offset, uint Crc);

/// <summary>
/// The bytes of a pack index, version 2 (gitformat-pack): fan-out, ids, CRCs, offsets, offsets of 2 GiB and more in a
/// table of their own, the pack's hash, its own hash.
/// </summary>
internal static class PackIndexFile
{
    private const int HeaderLength = 8 + (256 * 4);
    private const uint LargeOffset = 0x80000000;

    /// <summary>The whole index.</summary>
    /// <param name="objects">In any order; sorted here.</param>
    /// <param name="pack">The hash at the pack's end.</param>
    public static byte[] Of(List<PackedObject> objects, ObjectId pack)
    {
        objects.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        var count = objects.Count;
        var width = pack.Length;
        var large = objects.Count(o => o.Offset >= LargeOffset);
        var index = new byte[HeaderLength + ((long)count * (width + 8)) + ((long)large * 8) + (2 * width)];
        WriteHeader(index, objects);
        var ids = index.AsSpan(HeaderLength);
        var crcs = ids[(count * width)..];
        var offsets = crcs[(count * 4)..];
        var largeOffsets = offsets[(count * 4)..];
        large = 0;
        for (var i = 0; i < count; i++)
        {
            var (id, offset, crc) = objects[i];
            id.CopyTo(ids[(i * width)..]);
            BinaryPrimitives.WriteUInt32BigEndian(crcs[(i * 4)..], crc);
            if (offset < LargeOffset)
            {
                BinaryPrimitives.WriteUInt32BigEndian(offsets[(i * 4)..], (uint)offset);
                continue;
            }

            BinaryPrimitives.WriteUInt32BigEndian(offsets[(i * 4)..], LargeOffset | (uint)large);
            BinaryPrimitives.WriteInt64BigEndian(largeOffsets[(large * 8)..], offset);
            large++;
        }

        pack.CopyTo(largeOffsets[(large * 8)..]);
        var hasher = ObjectHasher.OfThread(pack.Format);
        hasher.Start(index.Length);
        hasher.Append(index.AsSpan(0, index.Length - width));
        hasher.Finish().CopyTo(index.AsSpan(index.Length - width));
        return index;
    }

    private static void WriteHeader(Span<byte> index, List<PackedObject> objects)
    {
        BinaryPrimitives.WriteUInt32BigEndian(index, 0xff744f63);
        BinaryPrimitives.WriteInt32BigEndian(index[4..], 2);
        Span<byte> raw = stackalloc byte[32];
        var seen = 0;
        for (var first = 0; first < 256; first++)
        {
            for (; seen < objects.Count; seen++)
            {
                objects[seen].Id.CopyTo(raw);
                if (raw[0] != first)
                {
                    break;
                }
            }

            BinaryPrimitives.WriteInt32BigEndian(index[(8 + (first * 4))..], seen);
        }
    }
}
