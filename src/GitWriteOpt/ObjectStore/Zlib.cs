using System.Buffers.Binary;
using System.IO.Compression;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Compresses objects for speed: level 1; stored (level 0) where compression would cost time and win nothing, which a
/// sample tells; and stored blocks written by hand for what is so small that setting up zlib costs more than the bytes.
/// </summary>
internal static class Zlib
{
    /// <summary>Objects up to this many bytes are stored: most are trees and commits, made of incompressible ids.</summary>
    public const int StoredUpTo = 512;

    private const int SampleFrom = 32 << 10;
    private const int SampleLength = 16 << 10;

    /// <summary>Appends the zlib stream of these bytes.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, Stream target)
    {
        if (bytes.Length <= StoredUpTo)
        {
            WriteStored(bytes, target);
            return;
        }

        using var zlib = new ZLibStream(target, LevelFor(bytes), leaveOpen: true);
        zlib.Write(bytes);
    }

    /// <summary>The level for a content that begins like this.</summary>
    public static CompressionLevel LevelFor(ReadOnlySpan<byte> start)
    {
        if (start.Length < SampleFrom)
        {
            return CompressionLevel.Fastest;
        }

        // The middle of what is known: headers of archives and images compress, their bodies do not.
        var sample = start.Slice((start.Length - SampleLength) / 2, SampleLength);
        using var counted = new MemoryStream(SampleLength);
        using (var zlib = new ZLibStream(counted, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(sample);
        }

        return counted.Length > SampleLength * 97 / 100 ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
    }

    // RFC 1950 and 1951: header, one final stored block, Adler-32.
    private static void WriteStored(ReadOnlySpan<byte> bytes, Stream target)
    {
        Span<byte> framed = stackalloc byte[StoredUpTo + 11];
        framed[0] = 0x78;
        framed[1] = 0x01;
        framed[2] = 0x01;
        BinaryPrimitives.WriteUInt16LittleEndian(framed[3..], (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(framed[5..], (ushort)~bytes.Length);
        bytes.CopyTo(framed[7..]);
        BinaryPrimitives.WriteUInt32BigEndian(framed[(7 + bytes.Length)..], Adler32(bytes));
        target.Write(framed[..(bytes.Length + 11)]);
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        uint low = 1;
        uint high = 0;
        foreach (var b in bytes)
        {
            low += b;
            high += low;
        }

        // At most 512 bytes: neither sum can overflow before it is reduced.
        return ((high % 65521) << 16) | (low % 65521);
    }
}
