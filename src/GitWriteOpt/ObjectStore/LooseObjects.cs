using System.Diagnostics.CodeAnalysis;

namespace GitWriteOpt.ObjectStore;

/// <summary>Objects in files of their own: <c>objects/xx/rest</c>, a zlib stream of header and bytes.</summary>
internal sealed class LooseObjects(string objectsDirectory)
{
    private const int LongestHeader = 32;

    /// <summary>
    /// Opens an object; null where there is none, or only an empty or otherwise unreadable file (a power cut leaves such
    /// files behind, and git too looks elsewhere then).
    /// </summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the stream returned owns it; otherwise it is disposed of below")]
    public ObjectStream? TryOpen(ObjectId id)
    {
        var hex = id.ToString();
        var path = $"{objectsDirectory}/{hex.AsSpan(0, 2)}/{hex.AsSpan(2)}";
        if (!File.Exists(path))
        {
            return null;
        }

        Stream? inflated = null;
        try
        {
            inflated = ObjectStream.Inflate(new FileStream(path, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
            if (ReadHeader(inflated) is var (type, length))
            {
                return new ObjectStream(type, length, inflated);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Unreadable here: the other ways to the object decide whether it is missing or damaged.
        }

        inflated?.Dispose();
        return null;
    }

    private static (ObjectType Type, long Length)? ReadHeader(Stream inflated)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        var used = 0;
        for (; used < header.Length; used++)
        {
            var next = inflated.ReadByte();
            if (next <= 0)
            {
                break;
            }

            header[used] = (byte)next;
        }

        header = header[..used];
        var blank = header.IndexOf((byte)' ');
        return blank > 0 && used < LongestHeader && ObjectTypes.Parse(header[..blank]) is { } type
            && System.Buffers.Text.Utf8Parser.TryParse(header[(blank + 1)..], out long length, out var digits)
            && digits == used - blank - 1 && length >= 0
                ? (type, length)
                : null;
    }
}
