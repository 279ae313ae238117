using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Compresses objects for speed: <see cref="QuickDeflate"/> for what is small, zlib's level 1 for the rest; stored where
/// compression would cost time and win nothing, which a sample or the result tells, and where it is only ids.
/// </summary>
internal static class Zlib
{
    /// <summary>Objects up to this many bytes are stored: most are trees and commits, made of incompressible ids.</summary>
    public const int StoredUpTo = 512;

    // Header, a stored block's head, Adler-32.
    private const int Framing = 2 + 5 + sizeof(uint);
    private const int SampleFrom = 32 << 10;
    private const int SampleLength = 16 << 10;

    /// <summary>Appends the zlib stream of these bytes.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, Stream target)
    {
        if (bytes.Length <= QuickDeflate.Longest)
        {
            WriteSmall(bytes, target);
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

    // RFC 1950 and 1951: header, one final block, Adler-32.
    private static void WriteSmall(ReadOnlySpan<byte> bytes, Stream target)
    {
        var rented = ArrayPool<byte>.Shared.Rent(bytes.Length + Framing);
        try
        {
            rented[0] = 0x78;
            rented[1] = 0x01;
            var body = rented.AsSpan(2, bytes.Length + Framing - 2 - sizeof(uint));
            var length = bytes.Length <= StoredUpTo ? -1 : QuickDeflate.Compress(bytes, body[..bytes.Length]);
            if (length < 0)
            {
                length = Store(bytes, body);
            }

            BinaryPrimitives.WriteUInt32BigEndian(rented.AsSpan(2 + length), Adler32(bytes));
            target.Write(rented, 0, 2 + length + sizeof(uint));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Store(ReadOnlySpan<byte> bytes, Span<byte> body)
    {
        body[0] = 0x01;
        BinaryPrimitives.WriteUInt16LittleEndian(body[1..], (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(body[3..], (ushort)~bytes.Length);
        bytes.CopyTo(body[5..]);
        return 5 + bytes.Length;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const int unreduced = 5552; // as many bytes as the sums can take before they have to be reduced
        uint low = 1;
        uint high = 0;
        while (!bytes.IsEmpty)
        {
            var some = bytes[..Math.Min(unreduced, bytes.Length)];
            foreach (var b in some)
            {
                low += b;
                high += low;
            }

            (low, high) = (low % 65521, high % 65521);
            bytes = bytes[some.Length..];
        }

        return (high << 16) | low;
    }
}
