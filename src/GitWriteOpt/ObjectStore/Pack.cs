using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Reads one pack with its index: whole entries and deltas whose base lies in the same pack. Null stands for anything
/// that is not as expected; git then has the last word. Thread-safe.
/// </summary>
internal sealed class Pack(string stem, ObjectFormat format) : IDisposable
{
    private const int OffsetDelta = 6;
    private const int IdDelta = 7;
    private const int LongestChain = 4096;

    private readonly Lazy<PackIndex?> _index = new(() => PackIndex.TryOpen(stem + ".idx", format));
    private readonly Lazy<SafeFileHandle?> _pack = new(() => TryOpenPack(stem + ".pack"));

    /// <summary>Absolute path without extension.</summary>
    public string Stem => stem;

    /// <summary>Whether the index can be read; where not, git must be asked.</summary>
    public bool IsReadable => _index.Value is not null;

    /// <summary>The offset of an object's entry, or -1.</summary>
    public long Find(ObjectId id) => _index.Value?.Find(id) ?? -1;

    /// <summary>Opens a whole entry for streaming; null for a delta.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the stream returned owns it")]
    public ObjectStream? TryOpen(long offset)
    {
        if (_pack.Value is not { } file || ReadHeader(file, offset) is not { } header
            || header.Type is < (int)ObjectType.Commit or > (int)ObjectType.Tag)
        {
            return null;
        }

        var inflated = ObjectStream.Inflate(new PositionedStream(file, header.DataAt));
        return new ObjectStream((ObjectType)header.Type, header.Length, inflated);
    }

    /// <summary>Reads an entry, applying deltas.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the entry owns it, and is disposed of")]
    public StoredObject? TryRead(long offset)
    {
        // Deltas from the wanted object down to its base: applied in reverse, without recursion, since chains are long.
        var deltas = new Stack<byte[]>();
        while (_pack.Value is { } file && deltas.Count < LongestChain && ReadHeader(file, offset) is { } header)
        {
            using var entry = new ObjectStream(ObjectType.Blob, header.Length,
                ObjectStream.Inflate(new PositionedStream(file, header.DataAt)));
            if (header.Length > Array.MaxLength || entry.ReadWhole() is not { } bytes)
            {
                return null;
            }

            if (header.Type is not (OffsetDelta or IdDelta))
            {
                return Apply((ObjectType)header.Type, bytes, deltas);
            }

            deltas.Push(bytes);
            offset = header.BaseAt;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_index.IsValueCreated)
        {
            _index.Value?.Dispose();
        }

        if (_pack.IsValueCreated)
        {
            _pack.Value?.Dispose();
        }
    }

    private static StoredObject? Apply(ObjectType type, byte[] bytes, Stack<byte[]> deltas)
    {
        var current = bytes;
        while (deltas.TryPop(out var delta))
        {
            if (Delta.Apply(current, delta) is not { } result)
            {
                return null;
            }

            current = result;
        }

        return new StoredObject(type, current);
    }

    private static SafeFileHandle? TryOpenPack(string path)
    {
        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A concurrent repack removed it: the object is in another pack by now.
            return null;
        }
    }

    // Type and length, then for a delta where its base is: a distance back, or an id.
    private (int Type, long Length, long DataAt, long BaseAt)? ReadHeader(SafeFileHandle file, long offset)
    {
        Span<byte> start = stackalloc byte[64];
        start = start[..RandomAccess.Read(file, start, offset)];
        if (offset < 12 || start.IsEmpty)
        {
            return null;
        }

        var used = 1;
        var type = (start[0] >> 4) & 7;
        long length = start[0] & 15;
        for (var shift = 4; (start[used - 1] & 0x80) != 0; shift += 7)
        {
            if (used >= start.Length || shift > 60)
            {
                return null;
            }

            length |= (long)(start[used++] & 0x7f) << shift;
        }

        return length < 0 ? null : type switch
        {
            0 or 5 => null,
            OffsetDelta => OffsetBase(start, used, offset) is { Back: > 0 } found
                ? (type, length, offset + found.Next, offset - found.Back)
                : null,
            IdDelta => IdBase(start[used..]) is >= 0 and var at
                ? (type, length, offset + used + (format == ObjectFormat.Sha256 ? 32 : 20), at)
                : null,
            _ => (type, length, offset + used, 0),
        };
    }

    private static (long Back, int Next) OffsetBase(ReadOnlySpan<byte> start, int used, long offset)
    {
        if (used >= start.Length)
        {
            return default;
        }

        long back = start[used] & 0x7f;
        while ((start[used++] & 0x80) != 0)
        {
            if (used >= start.Length || back > offset)
            {
                return default;
            }

            back = ((back + 1) << 7) | (uint)(start[used] & 0x7f);
        }

        return back < offset ? (back, used) : default;
    }

    private long IdBase(ReadOnlySpan<byte> raw)
    {
        var width = format == ObjectFormat.Sha256 ? 32 : 20;
        return raw.Length < width ? -1 : Find(new ObjectId(raw[..width]));
    }
}
