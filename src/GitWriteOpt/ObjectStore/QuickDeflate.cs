using System.Buffers.Binary;
using System.Numerics;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Deflates what is small, quickly: one block of fixed codes (RFC 1951, 3.2.6), with the nearest earlier place of the same
/// four bytes as the only match that is tried, which is what zlib's quickest level does.
/// </summary>
/// <remarks>
/// zlib has to clear a third of a megabyte for each stream, and the class library's cannot be set back for another one:
/// for a file of 4 KB that was four fifths of the time. This needs 16 KiB, kept for the thread.
/// </remarks>
internal static class QuickDeflate
{
    /// <summary>The longest input: all of it lies in one window.</summary>
    public const int Longest = 32 << 10;

    private const int HashBits = 13;
    private const int ShortestMatch = 4;
    private const int LongestMatch = 258;
    private const int EndOfBlock = 256;

    // A code with its extra bits, lowest bit first, and above bit 24 how many they are.
    private static readonly uint[] Literals = LiteralCodes();
    private static readonly uint[] Lengths = LengthCodes();

    [ThreadStatic]
    private static ushort[]? _places;

    /// <summary>Deflates.</summary>
    /// <param name="source">At most <see cref="Longest"/> bytes.</param>
    /// <param name="target">Room; what does not fit is not worth it.</param>
    /// <returns>The number of bytes, or -1 where there was not enough room.</returns>
    public static int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var places = _places ??= new ushort[1 << HashBits];
        Array.Clear(places);
        var bits = new BitTarget(target);
        bits.Put(0b011, 3); // the last block, with fixed codes
        var at = 0;
        while (at <= source.Length - ShortestMatch && bits.HasRoom)
        {
            var four = BinaryPrimitives.ReadUInt32LittleEndian(source[at..]);
            ref var place = ref places[(four * 2654435761u) >> (32 - HashBits)];
            var earlier = place - 1;
            place = (ushort)(at + 1);
            if (earlier >= 0 && BinaryPrimitives.ReadUInt32LittleEndian(source[earlier..]) == four)
            {
                var most = Math.Min(LongestMatch, source.Length - at) - ShortestMatch;
                var length = ShortestMatch + source.Slice(at + ShortestMatch, most).CommonPrefixLength(source.Slice(earlier + ShortestMatch, most));
                bits.Put(Lengths[length]);
                PutDistance(ref bits, at - earlier);
                at += length;
            }
            else
            {
                bits.Put(Literals[source[at++]]);
            }
        }

        while (at < source.Length && bits.HasRoom)
        {
            bits.Put(Literals[source[at++]]);
        }

        bits.Put(Literals[EndOfBlock]);
        return bits.HasRoom ? bits.End() : -1;
    }

    private static void PutDistance(ref BitTarget bits, int distance)
    {
        var d = (uint)(distance - 1);
        if (d < 4)
        {
            bits.Put(Reversed(d, 5), 5);
            return;
        }

        var extra = BitOperations.Log2(d) - 1;
        bits.Put(Reversed((uint)(2 * (extra + 1)) + ((d >> extra) & 1), 5) | ((d & ((1u << extra) - 1)) << 5), 5 + extra);
    }

    private static uint[] LiteralCodes()
    {
        var codes = new uint[EndOfBlock + 1];
        for (var i = 0u; i < codes.Length; i++)
        {
            codes[i] = i < 144 ? Code(0x30 + i, 8) : i < EndOfBlock ? Code(0x190 + i - 144, 9) : Code(0, 7);
        }

        return codes;
    }

    private static uint[] LengthCodes()
    {
        var codes = new uint[LongestMatch + 1];
        for (var (symbol, length) = (257u, 3); length <= LongestMatch; symbol++)
        {
            var extra = symbol is < 265 or 285 ? 0 : (int)(symbol - 261) / 4;
            var code = symbol < 280 ? Code(symbol - EndOfBlock, 7) : Code(0xc0 + symbol - 280, 8);
            // Symbol 284 could say 258 too, which is 285's own.
            var count = symbol == 284 ? 31 : 1 << extra;
            for (var value = 0; value < count && length <= LongestMatch; value++, length++)
            {
                var used = (int)(code >> 24);
                codes[length] = (code & 0xffffff) | ((uint)value << used) | ((uint)(used + extra) << 24);
            }
        }

        return codes;
    }

    private static uint Code(uint code, int length) => Reversed(code, length) | ((uint)length << 24);

    // Huffman codes stand with their highest bit first.
    private static uint Reversed(uint code, int length)
    {
        var reversed = 0u;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }

    // Bits, lowest first, into bytes.
    private ref struct BitTarget(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private ulong _pending;
        private int _count;
        private int _used;

        public readonly bool HasRoom => _used <= _target.Length - (2 * sizeof(ulong));

        public void Put(uint code) => Put(code & 0xffffff, (int)(code >> 24));

        public void Put(uint value, int count)
        {
            _pending |= (ulong)value << _count;
            _count += count;
            if (_count >= 32)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(_target[_used..], (uint)_pending);
                _used += sizeof(uint);
                _pending >>= 32;
                _count -= 32;
            }
        }

        public int End()
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_target[_used..], (uint)_pending);
            return _used + ((_count + 7) / 8);
        }
    }
}
