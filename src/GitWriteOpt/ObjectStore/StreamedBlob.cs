using System.Buffers;
using System.IO.Compression;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>Packs a large file in one pass: read, hash, compress, write, a piece at a time.</summary>
internal static class StreamedBlob
{
    private const int PieceLength = 1 << 17;

    /// <summary>Appends the entry of a blob.</summary>
    /// <param name="content">Its length must be what it says: it stands first in the entry and under the hash.</param>
    /// <param name="output">The pack.</param>
    /// <param name="format">The hash function.</param>
    /// <param name="crc">CRC-32 of the entry.</param>
    /// <exception cref="StoreException">The file cannot be read or changed its length; what was appended must be cut off.</exception>
    public static ObjectId Write(Content content, PackOutput output, ObjectFormat format, out uint crc)
    {
        var path = content is Content.InFile file ? file.AbsolutePath : "";
        output.Crc.Reset();
        output.CountsCrc = true;
        try
        {
            Span<byte> header = stackalloc byte[PackEntry.LongestHeader];
            output.Write(header[..PackEntry.WriteHeader(ObjectType.Blob, content.Length, header)]);
            using var source = content.Open();
            var id = Copy(source, content.Length, output, format, path);
            crc = output.Crc.GetCurrentHashAsUInt32();
            return id;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", path);
        }
        finally
        {
            output.CountsCrc = false;
        }
    }

    private static ObjectId Copy(Stream source, long length, PackOutput output, ObjectFormat format, string path)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            using var hasher = new ObjectHasher(format);
            hasher.Start(ObjectType.Blob, length);
            var read = source.ReadAtLeast(piece, PieceLength, throwOnEndOfStream: false);
            using var zlib = new ZLibStream(output, Zlib.LevelFor(piece.AsSpan(0, read)), leaveOpen: true);
            long seen = 0;
            for (; read > 0; read = source.Read(piece))
            {
                seen += read;
                hasher.Append(piece.AsSpan(0, read));
                zlib.Write(piece.AsSpan(0, read));
            }

            zlib.Dispose();
            return seen == length ? hasher.Finish() : throw ObjectHash.ChangedLength(path, length, seen);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
