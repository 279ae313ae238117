using System.Buffers.Binary;
using System.IO.Hashing;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The bytes of a pack in the making: in memory while they are few, so that a small pack is one write; in a temporary
/// file beyond that. Not thread-safe.
/// </summary>
internal sealed class PackOutput(PackDirectory directory, ObjectFormat format) : WriteOnlyStream
{
    private const int FirstBuffer = 32 << 10;
    private const int LargestBuffer = 2 << 20;
    private const int HeaderLength = 12;

    private byte[] _buffer = StartOfPack();
    private int _used = HeaderLength;
    private long _flushed;
    private FileStream? _stream;
    private SafeFileHandle? _file;

    /// <summary>The temporary file, or null while all is in memory.</summary>
    public string? TemporaryPath { get; private set; }

    /// <summary>The offset of the next byte.</summary>
    public override long Position
    {
        get => _flushed + _used;
        set => throw new NotSupportedException();
    }

    /// <summary>CRC-32 of what was written since it was last reset.</summary>
    public Crc32 Crc { get; } = new();

    /// <summary>Whether <see cref="Crc"/> is kept up: only for entries that are not made in memory.</summary>
    public bool CountsCrc { get; set; }

    /// <inheritdoc/>
    public override long Length => Position;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (CountsCrc)
        {
            Crc.Append(buffer);
        }

        Append(buffer);
    }

    /// <summary>Drops all from an offset on: an entry that turned out to be there already, or failed.</summary>
    public void Truncate(long position)
    {
        if (position >= _flushed)
        {
            _used = (int)(position - _flushed);
            return;
        }

        try
        {
            RandomAccess.SetLength(_file!, position);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "truncate", TemporaryPath!);
        }

        _flushed = position;
        _used = 0;
    }

    /// <summary>
    /// Ends the pack: puts the number of objects into its header, its hash at its end, and all into the temporary file.
    /// </summary>
    /// <returns>The hash.</returns>
    public ObjectId Seal(int count)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, count);
        ObjectId hash;
        using var hasher = new ObjectHasher(format);
        hasher.Start(Position);
        if (_file is null)
        {
            number.CopyTo(_buffer.AsSpan(8));
            hasher.Append(_buffer.AsSpan(0, _used));
        }
        else
        {
            FlushBuffer();
            PackDirectory.Write(_file, number, 8, TemporaryPath!);
            HashFile(hasher);
        }

        hash = hasher.Finish();
        Append(hash.ToByteArray());
        FlushBuffer();
        return hash;
    }

    /// <summary>The temporary file got its name: it is no longer ours to remove.</summary>
    public void Release() => TemporaryPath = null;

    /// <inheritdoc/>
    public override void Flush()
    {
        // The deflater flushes after each entry; the buffer is written when it is full and when the pack is sealed.
    }

    /// <summary>Closes the temporary file, which stays.</summary>
    protected override void Dispose(bool disposing)
    {
        _stream?.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] StartOfPack()
    {
        var buffer = new byte[FirstBuffer];
        "PACK\0\0\0\u0002"u8.CopyTo(buffer);
        return buffer;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > _buffer.Length - _used && _buffer.Length < LargestBuffer)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        if (bytes.Length > _buffer.Length - _used)
        {
            FlushBuffer();
            if (bytes.Length >= _buffer.Length)
            {
                PackDirectory.Write(_file!, bytes, _flushed, TemporaryPath!);
                _flushed += bytes.Length;
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    private void FlushBuffer()
    {
        if (_file is null)
        {
            _stream = directory.CreateTemporary("tmp_pack_");
            TemporaryPath = _stream.Name;
            _file = _stream.SafeFileHandle;
        }

        PackDirectory.Write(_file, _buffer.AsSpan(0, _used), _flushed, TemporaryPath!);
        _flushed += _used;
        _used = 0;
    }

    // The count stands before all else, so the hash of a pack whose count came last is taken in a second pass.
    private void HashFile(ObjectHasher hasher)
    {
        for (long offset = 0; offset < _flushed;)
        {
            var wanted = (int)Math.Min(_buffer.Length, _flushed - offset);
            var read = ReadFile(_buffer.AsSpan(0, wanted), offset);
            hasher.Append(_buffer.AsSpan(0, read));
            offset += read;
        }
    }

    private int ReadFile(Span<byte> target, long offset)
    {
        try
        {
            return RandomAccess.Read(_file!, target, offset) is > 0 and var read
                ? read
                : throw ObjectHash.ChangedLength(TemporaryPath!, _flushed, offset);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", TemporaryPath!);
        }
    }
}
