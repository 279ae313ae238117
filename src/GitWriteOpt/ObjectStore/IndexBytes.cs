using System.Buffers.Binary;
using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The bytes of an index of version 2 or 3 (git's <c>Documentation/gitformat-index.txt</c>), searched in place: entries
/// have no fixed length, so one pass checks all bounds and notes every 64th offset; a search halves among those. No
/// object is made for an entry that nobody asked for. The trailing checksum is not verified, as git does not.
/// </summary>
internal sealed class IndexBytes
{
    private const int HeaderLength = 12;
    private const int SampleEvery = 64;
    private const int NameMask = 0xfff;
    private const int ExtendedBit = 0x4000;

    private readonly byte[] _data;
    private readonly int _hashLength;
    private readonly List<int> _samples = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _extensions = new(StringComparer.Ordinal);

    private IndexBytes(byte[] data, int hashLength)
    {
        _data = data;
        _hashLength = hashLength;
    }

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>Reads an index, or says why it takes git to read it.</summary>
    /// <exception cref="StoreException">It is cut off or no index at all; git would read on beyond its end.</exception>
    public static IndexBytes? TryRead(byte[] data, ObjectFormat format, string path, out string objection)
    {
        var hashLength = format == ObjectFormat.Sha256 ? 32 : 20;
        var index = new IndexBytes(data, hashLength);
        objection = index.Scan(path) ?? "";
        return objection.Length == 0 ? index : null;
    }

    /// <summary>The bytes of an optional extension, by its four letters; empty where the index has none.</summary>
    public ReadOnlyMemory<byte> Extension(string signature) => _extensions.GetValueOrDefault(signature);

    /// <summary>The first entry whose name is not less than <paramref name="name"/>.</summary>
    public Position Seek(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, _samples.Count);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = NameAt(_samples[middle]).SequenceCompareTo(name) < 0 ? (middle, high) : (low, middle);
        }

        var position = new Position(low * SampleEvery, _samples.Count == 0 ? HeaderLength : _samples[low]);
        while (position.Ordinal < Count && NameAt(position.Offset).SequenceCompareTo(name) < 0)
        {
            position = Next(position);
        }

        return position;
    }

    /// <summary>The first entry.</summary>
    public static Position First => new(0, HeaderLength);

    /// <summary>The entry after this one.</summary>
    public Position Next(Position at) => new(at.Ordinal + 1, at.Offset + LengthAt(at.Offset));

    /// <summary>The name of an entry, as bytes.</summary>
    public ReadOnlySpan<byte> NameAt(Position at) => NameAt(at.Offset);

    /// <summary>The stage of an entry.</summary>
    public int StageAt(Position at) => (FlagsAt(at.Offset) >> 12) & 3;

    /// <summary>The name of an entry with the NUL that ends it.</summary>
    public ReadOnlySpan<byte> TerminatedNameAt(Position at) =>
        _data.AsSpan(NameStart(at.Offset), NameAt(at.Offset).Length + 1);

    /// <summary>git's mode of an entry.</summary>
    public int ModeAt(Position at) => (int)Word(_data.AsSpan(at.Offset + 24));

    /// <summary>What <c>lstat</c> said of an entry.</summary>
    public IndexStat StatAt(Position at)
    {
        var entry = _data.AsSpan(at.Offset, 40);
        return new IndexStat(
            (Word(entry) * 1_000_000_000L) + Word(entry[4..]), (Word(entry[8..]) * 1_000_000_000L) + Word(entry[12..]),
            Word(entry[16..]), Word(entry[20..]), Word(entry[28..]), Word(entry[32..]), Word(entry[36..]));
    }

    /// <summary>The bits of an entry that a user can set.</summary>
    public IndexFlags UserFlagsAt(Position at)
    {
        var flags = FlagsAt(at.Offset);
        var extended = (flags & ExtendedBit) != 0 ? Word16(_data.AsSpan(at.Offset + 42 + _hashLength)) : 0;
        return ((flags & 0x8000) != 0 ? IndexFlags.AssumeUnchanged : 0)
            | ((extended & 0x4000) != 0 ? IndexFlags.SkipWorktree : 0)
            | ((extended & 0x2000) != 0 ? IndexFlags.IntentToAdd : 0);
    }

    /// <summary>An entry, in full.</summary>
    public IndexEntry EntryAt(Position at) => new(Encoding.UTF8.GetString(NameAt(at.Offset)), ModeAt(at),
        new ObjectId(_data.AsSpan(at.Offset + 40, _hashLength)), StageAt(at), UserFlagsAt(at), StatAt(at));

    private static uint Word(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static int Word16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private int FlagsAt(int offset) => Word16(_data.AsSpan(offset + 40 + _hashLength));

    private int NameStart(int offset) =>
        offset + 42 + _hashLength + ((FlagsAt(offset) & ExtendedBit) != 0 ? 2 : 0);

    private ReadOnlySpan<byte> NameAt(int offset)
    {
        var start = NameStart(offset);
        var length = FlagsAt(offset) & NameMask;
        return _data.AsSpan(start, length < NameMask ? length : _data.AsSpan(start).IndexOf((byte)0));
    }

    // One to eight NULs pad an entry to a multiple of eight.
    private int LengthAt(int offset) =>
        (NameStart(offset) - offset + NameAt(offset).Length + 8) & ~7;

    private string? Scan(string path)
    {
        var end = _data.Length - _hashLength;
        if (end < HeaderLength || !_data.AsSpan(0, 4).SequenceEqual("DIRC"u8))
        {
            throw Damaged(path);
        }

        var version = Word(_data.AsSpan(4));
        if (version is not (2 or 3))
        {
            return $"the index has version {version}";
        }

        var count = Word(_data.AsSpan(8));
        var offset = HeaderLength;
        for (var i = 0L; i < count; i++)
        {
            if (offset + 44 + _hashLength > end)
            {
                throw Damaged(path);
            }

            var start = NameStart(offset);
            var length = FlagsAt(offset) & NameMask;
            var terminator = length < NameMask ? start + length : start + _data.AsSpan(start).IndexOf((byte)0);
            if (terminator < start || terminator >= end || _data[terminator] != 0 || offset + LengthAt(offset) > end)
            {
                throw Damaged(path);
            }

            if (i % SampleEvery == 0)
            {
                _samples.Add(offset);
            }

            offset += LengthAt(offset);
        }

        Count = (int)count;
        return ExtensionObjection(offset, end, path);
    }

    // An extension whose name begins with a capital may be ignored; the others (link, sdir) change what the entries mean.
    private string? ExtensionObjection(int offset, int end, string path)
    {
        while (offset + 8 <= end)
        {
            if (_data[offset] is < (byte)'A' or > (byte)'Z')
            {
                return $"the index has the extension {Encoding.Latin1.GetString(_data, offset, 4)}";
            }

            var next = offset + 8L + Word(_data.AsSpan(offset + 4));
            if (next > end)
            {
                throw Damaged(path);
            }

            _extensions[Encoding.Latin1.GetString(_data, offset, 4)] = _data.AsMemory(offset + 8, (int)next - offset - 8);
            offset = (int)next;
        }

        return offset == end ? null : throw Damaged(path);
    }

    private static StoreException Damaged(string path) =>
        new(new WriteError(ErrorCategory.System, "damaged-index", $"the index \"{path}\" is damaged")
        {
            Path = path,
            Suggestion = $"keep a copy of \"{path}\", remove it, then `git reset` makes it anew from HEAD",
        });

    /// <summary>Where an entry is.</summary>
    /// <param name="Ordinal">Its number, from 0.</param>
    /// <param name="Offset">Its first byte.</param>
    public readonly record struct Position(int Ordinal, int Offset);
}
