using System.Buffers.Binary;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Writes a small private index (version 3) for a git child: its cost is that of the batch, not of the repository. The
/// trailing checksum is left zero, which git takes for "not computed"; the user's own index is never written here.
/// </summary>
internal static class IndexWriter
{
    /// <summary>The bytes of an index with these entries, sorted here.</summary>
    public static byte[] Bytes(IEnumerable<IndexRow> rows, ObjectFormat format)
    {
        var sorted = rows.ToList();
        sorted.Sort(static (left, right) =>
            left.Name.Span.SequenceCompareTo(right.Name.Span) is not 0 and var order ? order
                : left.Stage.CompareTo(right.Stage));
        using var output = new MemoryStream();
        output.Write("DIRC"u8);
        Write(output, 3);
        Write(output, (uint)sorted.Count);
        foreach (var row in sorted)
        {
            Write(output, row);
        }

        output.Write(new byte[format == ObjectFormat.Sha256 ? 32 : 20]);
        return output.ToArray();
    }

    private static void Write(MemoryStream output, in IndexRow row)
    {
        var start = output.Length;
        var stat = row.Stat;
        Write(output, (uint)(stat.ChangedNanoseconds / 1_000_000_000));
        Write(output, (uint)(stat.ChangedNanoseconds % 1_000_000_000));
        Write(output, (uint)(stat.ModifiedNanoseconds / 1_000_000_000));
        Write(output, (uint)(stat.ModifiedNanoseconds % 1_000_000_000));
        Write(output, stat.Device);
        Write(output, stat.Inode);
        Write(output, (uint)row.Mode);
        Write(output, stat.Owner);
        Write(output, stat.Group);
        Write(output, stat.Size);
        output.Write(row.Id.ToByteArray());
        var extended = (row.Flags.HasFlag(IndexFlags.SkipWorktree) ? 0x4000 : 0)
            | (row.Flags.HasFlag(IndexFlags.IntentToAdd) ? 0x2000 : 0);
        Write16(output, (row.Flags.HasFlag(IndexFlags.AssumeUnchanged) ? 0x8000 : 0) | (extended != 0 ? 0x4000 : 0)
            | (row.Stage << 12) | Math.Min(row.Name.Length, 0xfff));
        if (extended != 0)
        {
            Write16(output, extended);
        }

        output.Write(row.Name.Span);
        output.Write(new byte[8 - ((output.Length - start) % 8)]);
    }

    private static void Write(MemoryStream output, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        output.Write(bytes);
    }

    private static void Write16(MemoryStream output, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        output.Write(bytes);
    }
}
