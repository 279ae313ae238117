using System.Buffers;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>Inflates a large blob into a file, a piece at a time.</summary>
internal static class SpooledBlob
{
    private const int PieceLength = 1 << 17;

    /// <summary>Writes a new file, which must not be there yet; on failure none is left.</summary>
    /// <exception cref="StoreException">The blob is damaged, or the file cannot be written.</exception>
    public static Content Write(ObjectStream blob, ObjectId id, string path, bool verify)
    {
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            try
            {
                Copy(blob, id, file, verify);
            }
            catch
            {
                PackDirectory.TryDelete(path);
                throw;
            }

            return new Content.InFile(path, blob.Length);
        }
        catch (InvalidDataException cause)
        {
            throw DamagedObject.Error(id, "it does not inflate", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", path);
        }
    }

    private static void Copy(ObjectStream blob, ObjectId id, FileStream file, bool verify)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            using var hasher = new ObjectHasher(id.Format);
            hasher.Start(ObjectType.Blob, blob.Length);
            long seen = 0;
            for (int read; (read = blob.Bytes.ReadAtLeast(piece, PieceLength, throwOnEndOfStream: false)) > 0; seen += read)
            {
                file.Write(piece, 0, read);
                if (verify)
                {
                    hasher.Append(piece.AsSpan(0, read));
                }
            }

            if (seen != blob.Length || (verify && hasher.Finish() != id))
            {
                throw DamagedObject.Error(id, seen == blob.Length
                    ? "its bytes have another hash"
                    : $"{blob.Length} bytes were expected, {seen} found");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
