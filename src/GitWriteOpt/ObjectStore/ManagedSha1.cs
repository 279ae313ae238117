using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// SHA-1 (FIPS 180-4) in managed code: slower a byte than the platform's, but without the 2 ms that loading OpenSSL costs
/// a process that hashes a few files. Not thread-safe; usable again after <see cref="Finish"/>.
/// </summary>
internal sealed class ManagedSha1
{
    private const int BlockLength = 64;

    private readonly byte[] _pending = new byte[BlockLength];
    private readonly uint[] _state = new uint[5];
    private int _pendingLength;
    private long _length;

    /// <summary>A fresh computation.</summary>
    public ManagedSha1() => Reset();

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_pendingLength > 0)
        {
            var taken = Math.Min(BlockLength - _pendingLength, bytes.Length);
            bytes[..taken].CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += taken;
            bytes = bytes[taken..];
            if (_pendingLength < BlockLength)
            {
                return;
            }

            Compress(_pending);
            _pendingLength = 0;
        }

        var whole = bytes.Length / BlockLength * BlockLength;
        Compress(bytes[..whole]);
        bytes[whole..].CopyTo(_pending);
        _pendingLength = bytes.Length - whole;
    }

    /// <summary>Writes the 20 bytes of the hash and starts afresh.</summary>
    public void Finish(Span<byte> hash)
    {
        var bits = _length * 8;
        Span<byte> padding = stackalloc byte[BlockLength * 2];
        padding.Clear();
        padding[0] = 0x80;
        var zeros = _pendingLength < 56 ? 56 - _pendingLength : 120 - _pendingLength;
        BinaryPrimitives.WriteInt64BigEndian(padding[zeros..], bits);
        Append(padding[..(zeros + 8)]);
        for (var i = 0; i < _state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash[(i * 4)..], _state[i]);
        }

        Reset();
    }

    private void Reset()
    {
        _state[0] = 0x67452301;
        _state[1] = 0xefcdab89;
        _state[2] = 0x98badcfe;
        _state[3] = 0x10325476;
        _state[4] = 0xc3d2e1f0;
        _pendingLength = 0;
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compress(ReadOnlySpan<byte> blocks)
    {
        Span<uint> words = stackalloc uint[80];
        while (blocks.Length >= BlockLength)
        {
            for (var i = 0; i < 16; i++)
            {
                words[i] = BinaryPrimitives.ReadUInt32BigEndian(blocks[(i * 4)..]);
            }

            for (var i = 16; i < words.Length; i++)
            {
                words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
            }

            Rounds(words);
            blocks = blocks[BlockLength..];
        }
    }

    private void Rounds(ReadOnlySpan<uint> words)
    {
        var (a, b, c, d, e) = (_state[0], _state[1], _state[2], _state[3], _state[4]);
        for (var i = 0; i < 20; i++)
        {
            var next = BitOperations.RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + 0x5a827999 + words[i];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (var i = 20; i < 40; i++)
        {
            var next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + words[i];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (var i = 40; i < 60; i++)
        {
            var next = BitOperations.RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + e + 0x8f1bbcdc + words[i];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        for (var i = 60; i < 80; i++)
        {
            var next = BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + words[i];
            (e, d, c, b, a) = (d, c, BitOperations.RotateLeft(b, 30), a, next);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
    }
}
