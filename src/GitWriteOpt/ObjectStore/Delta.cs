namespace GitWriteOpt.ObjectStore;

/// <summary>Applies the deltas of packs (gitformat-pack, "Deltified representation").</summary>
internal static class Delta
{
    private const int CopyOfNoLength = 0x10000;

    /// <summary>The object that a delta makes of its base, or null where the delta is damaged.</summary>
    public static byte[]? Apply(ReadOnlySpan<byte> source, ReadOnlySpan<byte> delta)
    {
        if (!TryLength(ref delta, out var sourceLength) || sourceLength != source.Length
            || !TryLength(ref delta, out var length) || length > Array.MaxLength)
        {
            return null;
        }

        var result = new byte[length];
        var rest = result.AsSpan();
        while (!delta.IsEmpty)
        {
            var command = delta[0];
            delta = delta[1..];
            ReadOnlySpan<byte> piece;
            if ((command & 0x80) != 0)
            {
                if (!TryField(ref delta, command, 4, out var from) || !TryField(ref delta, command >> 4, 3, out var count))
                {
                    return null;
                }

                count = count == 0 ? CopyOfNoLength : count;
                if (from + count > source.Length)
                {
                    return null;
                }

                piece = source.Slice((int)from, (int)count);
            }
            else
            {
                if (command == 0 || command > delta.Length)
                {
                    return null;
                }

                piece = delta[..command];
                delta = delta[command..];
            }

            if (piece.Length > rest.Length)
            {
                return null;
            }

            piece.CopyTo(rest);
            rest = rest[piece.Length..];
        }

        return rest.IsEmpty ? result : null;
    }

    // Little-endian, only the bytes whose bit is set in the command.
    private static bool TryField(ref ReadOnlySpan<byte> delta, int present, int width, out long value)
    {
        value = 0;
        for (var i = 0; i < width; i++)
        {
            if ((present & (1 << i)) == 0)
            {
                continue;
            }

            if (delta.IsEmpty)
            {
                return false;
            }

            value |= (long)delta[0] << (8 * i);
            delta = delta[1..];
        }

        return true;
    }

    private static bool TryLength(ref ReadOnlySpan<byte> delta, out long length)
    {
        length = 0;
        for (var shift = 0; !delta.IsEmpty && shift < 60; shift += 7)
        {
            var next = delta[0];
            delta = delta[1..];
            length |= (long)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
