using System.IO.Hashing;
using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>An object as it stands in a pack: header, then its zlib stream.</summary>
/// <param name="Id">The object.</param>
/// <param name="Bytes">The entry; empty where the pack was known to hold the object already.</param>
/// <param name="Crc">CRC-32 of the entry, for the index.</param>
internal readonly record struct PackEntry(ObjectId Id, ArraySegment<byte> Bytes, uint Crc)
{
    /// <summary>The longest entry header: a 64-bit length, 4 bits in the first byte and 7 in each further one.</summary>
    public const int LongestHeader = 10;

    /// <summary>Compresses an object of a known id.</summary>
    public static PackEntry Of(ObjectId id, ObjectType type, ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream(bytes.Length <= Zlib.StoredUpTo ? bytes.Length + 24 : (bytes.Length / 2) + 64);
        Span<byte> header = stackalloc byte[LongestHeader];
        packed.Write(header[..WriteHeader(type, bytes.Length, header)]);
        Zlib.Write(bytes, packed);
        var entry = new ArraySegment<byte>(packed.GetBuffer(), 0, (int)packed.Length);
        return new PackEntry(id, entry, Crc32.HashToUInt32(entry));
    }

    /// <summary>Writes type and length as packs have them; the number of bytes.</summary>
    public static int WriteHeader(ObjectType type, long length, Span<byte> target)
    {
        var used = 0;
        var current = ((int)type << 4) | (int)(length & 15);
        length >>= 4;
        while (length > 0)
        {
            target[used++] = (byte)(current | 0x80);
            current = (int)(length & 0x7f);
            length >>= 7;
        }

        target[used++] = (byte)current;
        return used;
    }

    /// <summary>Whether a content is small enough to be packed from memory.</summary>
    public static bool FitsMemory(Content content) =>
        content is Content.Memory || content.Length <= Content.StreamingThreshold;
}
