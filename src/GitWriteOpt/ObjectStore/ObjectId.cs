using System.Runtime.CompilerServices;

namespace GitWriteOpt.ObjectStore;

/// <summary>The hash function that a repository names its objects by.</summary>
public enum ObjectFormat
{
    /// <summary>20-byte ids.</summary>
    Sha1,

    /// <summary>32-byte ids.</summary>
    Sha256,
}

/// <summary>The name of a git object: 20 or 32 bytes. A value: compared by its bytes.</summary>
public readonly struct ObjectId : IEquatable<ObjectId>, IComparable<ObjectId>
{
    private readonly Bytes32 _bytes;
    private readonly byte _length;

    /// <summary>An id of 20 or 32 raw bytes.</summary>
    public ObjectId(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is not (20 or 32))
        {
            throw new ArgumentException($"an object id has 20 or 32 bytes, not {raw.Length}", nameof(raw));
        }

        raw.CopyTo(_bytes);
        _length = (byte)raw.Length;
    }

    /// <summary>The function that made it.</summary>
    public ObjectFormat Format => _length == 32 ? ObjectFormat.Sha256 : ObjectFormat.Sha1;

    /// <summary>Length in bytes: 20 or 32; 0 for the default value.</summary>
    public int Length => _length;

    /// <summary>Parses 40 or 64 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out ObjectId id)
    {
        id = default;
        if (hex.Length is not (40 or 64))
        {
            return false;
        }

        Span<byte> raw = stackalloc byte[hex.Length / 2];
        if (Convert.FromHexString(hex, raw, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        id = new ObjectId(raw);
        return true;
    }

    /// <summary>Parses 40 or 64 hexadecimal digits.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ObjectId Parse(string hex) =>
        TryParse(hex, out var id) ? id : throw new FormatException($"\"{hex}\" is not an object id");

    /// <summary>Copies the raw bytes to the start of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => ((ReadOnlySpan<byte>)_bytes)[.._length].CopyTo(target);

    /// <summary>The raw bytes.</summary>
    public byte[] ToByteArray() => ((ReadOnlySpan<byte>)_bytes)[.._length].ToArray();

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(((ReadOnlySpan<byte>)_bytes)[.._length]);

    /// <inheritdoc/>
    public bool Equals(ObjectId other) =>
        _length == other._length && ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <inheritdoc/>
    public int CompareTo(ObjectId other) => ((ReadOnlySpan<byte>)_bytes).SequenceCompareTo(other._bytes);

    /// <summary>By bytes.</summary>
    public static bool operator ==(ObjectId left, ObjectId right) => left.Equals(right);

    /// <summary>By bytes.</summary>
    public static bool operator !=(ObjectId left, ObjectId right) => !left.Equals(right);

    /// <summary>By bytes.</summary>
    public static bool operator <(ObjectId left, ObjectId right) => left.CompareTo(right) < 0;

    /// <summary>By bytes.</summary>
    public static bool operator >(ObjectId left, ObjectId right) => left.CompareTo(right) > 0;

    /// <summary>By bytes.</summary>
    public static bool operator <=(ObjectId left, ObjectId right) => left.CompareTo(right) <= 0;

    /// <summary>By bytes.</summary>
    public static bool operator >=(ObjectId left, ObjectId right) => left.CompareTo(right) >= 0;

    [InlineArray(32)]
    private struct Bytes32
    {
        private byte _first;
    }
}
