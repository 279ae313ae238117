using System.IO.Compression;

namespace GitWriteOpt.ObjectStore;

/// <summary>An object that was found and can be inflated: kind and length are known, the bytes are still compressed.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Bytes">Its bytes; disposing of it closes what it reads from.</param>
internal sealed record ObjectStream(ObjectType Type, long Length, Stream Bytes) : IDisposable
{
    /// <summary>All bytes; null where there are fewer or more of them than the header says, or they do not inflate.</summary>
    public byte[]? ReadWhole()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)Length));
        try
        {
            return Bytes.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
                && Bytes.ReadByte() < 0 ? bytes : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Bytes.Dispose();

    /// <summary>Inflates a zlib stream.</summary>
    public static ZLibStream Inflate(Stream compressed, bool leaveOpen = false) =>
        new(compressed, CompressionMode.Decompress, leaveOpen);
}
