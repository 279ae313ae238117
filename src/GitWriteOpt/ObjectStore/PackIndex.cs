using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Looks objects up in a pack index of version 2: the fan-out table is held, the rest is read where it is needed. Thread-safe.
/// </summary>
internal sealed class PackIndex : IDisposable
{
    private const int FanOutLength = 256 * 4;
    private const int IdsAt = 8 + FanOutLength;
    private const int RowsReadAtOnce = 1024;

    private readonly SafeFileHandle _file;
    private readonly byte[] _fanOut;
    private readonly int _width;
    private readonly int _count;

    private PackIndex(SafeFileHandle file, byte[] header, int width)
    {
        _file = file;
        _fanOut = header[8..];
        _width = width;
        _count = FanOut(255);
    }

    /// <summary>Opens an index; null where it is gone, or not one of version 2 that fits its length.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the index returned owns the file; otherwise it is disposed of below")]
    public static PackIndex? TryOpen(string path, ObjectFormat format)
    {
        var width = format == ObjectFormat.Sha256 ? 32 : 20;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var header = new byte[IdsAt];
            if (RandomAccess.Read(file, header, 0) == header.Length
                && BinaryPrimitives.ReadUInt32BigEndian(header) == 0xff744f63
                && BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)) == 2)
            {
                var index = new PackIndex(file, header, width);
                if (index._count >= 0
                    && RandomAccess.GetLength(file) >= IdsAt + ((long)index._count * (width + 8)) + (2 * width))
                {
                    return index;
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Gone or unreadable: the object may be elsewhere, and git has the last word.
        }

        file?.Dispose();
        return null;
    }

    /// <summary>The offset of an object's entry in the pack, or -1.</summary>
    public long Find(ObjectId id)
    {
        if (id.Length != _width)
        {
            return -1;
        }

        Span<byte> wanted = stackalloc byte[_width];
        id.CopyTo(wanted);
        var low = wanted[0] == 0 ? 0 : FanOut(wanted[0] - 1);
        var high = FanOut(wanted[0]);
        if (low < 0 || high > _count)
        {
            return -1;
        }

        Span<byte> row = stackalloc byte[_width];
        while (high - low > RowsReadAtOnce)
        {
            var middle = low + ((high - low) / 2);
            Read(row, IdsAt + ((long)middle * _width));
            if (row.SequenceCompareTo(wanted) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high <= low ? -1 : FindAmong(wanted, low, high - low) is >= 0 and var found ? Offset(found) : -1;
    }

    /// <summary>The number of objects.</summary>
    public int Count => _count;

    /// <summary>All ids, in their order.</summary>
    public IEnumerable<ObjectId> Ids()
    {
        var rows = new byte[RowsReadAtOnce * _width];
        for (var first = 0; first < _count; first += RowsReadAtOnce)
        {
            var some = Math.Min(RowsReadAtOnce, _count - first);
            Read(rows.AsSpan(0, some * _width), IdsAt + ((long)first * _width));
            for (var row = 0; row < some; row++)
            {
                yield return new ObjectId(rows.AsSpan(row * _width, _width));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private int FanOut(int first) => BinaryPrimitives.ReadInt32BigEndian(_fanOut.AsSpan(first * 4));

    private int FindAmong(ReadOnlySpan<byte> wanted, int first, int count)
    {
        var rows = ArrayPool<byte>.Shared.Rent(count * _width);
        try
        {
            Read(rows.AsSpan(0, count * _width), IdsAt + ((long)first * _width));
            var (low, high) = (0, count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var order = rows.AsSpan(middle * _width, _width).SequenceCompareTo(wanted);
                if (order == 0)
                {
                    return first + middle;
                }

                (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
            }

            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
        }
    }

    private long Offset(int row)
    {
        Span<byte> field = stackalloc byte[8];
        var offsetsAt = IdsAt + ((long)_count * (_width + 4));
        Read(field[..4], offsetsAt + (row * 4L));
        var offset = BinaryPrimitives.ReadUInt32BigEndian(field);
        if (offset < 0x80000000)
        {
            return offset;
        }

        Read(field, offsetsAt + (_count * 4L) + ((offset & 0x7fffffff) * 8L));
        return BinaryPrimitives.ReadInt64BigEndian(field);
    }

    private void Read(Span<byte> target, long offset)
    {
        for (var read = 0; read < target.Length;)
        {
            var now = RandomAccess.Read(_file, target[read..], offset + read);
            read += now > 0 ? now : throw new InvalidDataException("a pack index is shorter than its header says");
        }
    }
}
