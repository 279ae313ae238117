using System.Buffers;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Ids of objects: the hash over <c>type length NUL</c> and the raw bytes, as <c>git hash-object --no-filters</c> gives
/// them. Thread-safe. Unlike git's SHA-1 ours does not detect collision attacks; git does when it reads.
/// </summary>
public static class ObjectHash
{
    private const int StreamBuffer = 1 << 17;

    /// <summary>The id of an object of these bytes.</summary>
    public static ObjectId Of(ObjectType type, ReadOnlySpan<byte> bytes, ObjectFormat format)
    {
        var hasher = ObjectHasher.OfThread(format);
        hasher.Start(type, bytes.Length);
        hasher.Append(bytes);
        return hasher.Finish();
    }

    /// <summary>The blob id of a content; one that is in a file is streamed.</summary>
    /// <exception cref="StoreException">The file cannot be read, or changed its length.</exception>
    public static ObjectId OfBlob(Content content, ObjectFormat format)
    {
        if (content is Content.Memory memory)
        {
            return Of(ObjectType.Blob, memory.Bytes.Span, format);
        }

        var path = content is Content.InFile file ? file.AbsolutePath : "";
        try
        {
            using var stream = content.Open();
            return Of(ObjectType.Blob, stream, content.Length, format, path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", path);
        }
    }

    /// <summary>The id of an object whose bytes a stream holds: exactly <paramref name="length"/> up to its end.</summary>
    /// <param name="type">The kind of object.</param>
    /// <param name="stream">Read to its end, in pieces.</param>
    /// <param name="length">Its length in bytes, which the id covers and so must be known first.</param>
    /// <param name="format">The hash function.</param>
    /// <param name="path">The name to give in errors.</param>
    /// <exception cref="StoreException">The stream has another length.</exception>
    public static ObjectId Of(ObjectType type, Stream stream, long length, ObjectFormat format, string path = "")
    {
        using var hasher = new ObjectHasher(format);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(StreamBuffer, length + 1));
        try
        {
            hasher.Start(type, length);
            long seen = 0;
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                seen += read;
                hasher.Append(buffer.AsSpan(0, read));
            }

            return seen == length ? hasher.Finish() : throw ChangedLength(path, length, seen);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The id of the tree without entries.</summary>
    public static ObjectId EmptyTree(ObjectFormat format) => Of(ObjectType.Tree, [], format);

    /// <summary>The failure where a file does not have the length that it had when it was looked at.</summary>
    internal static StoreException ChangedLength(string path, long expected, long actual) =>
        new(new WriteError(ErrorCategory.Conflict, "changed-while-read",
            $"\"{path}\" changed while it was read: {expected} bytes were expected, {actual} found")
        {
            Path = path,
            Suggestion = "wait until the program that writes it has ended, then run it again",
        });
}
