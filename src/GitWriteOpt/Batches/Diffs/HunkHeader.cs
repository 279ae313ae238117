using System.Buffers.Text;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The line that opens a hunk: <c>@@ -line[,count] +line[,count] @@</c>.</summary>
/// <param name="OldCount">Lines before the change; 1 where it is left out.</param>
/// <param name="NewCount">Lines after the change.</param>
internal readonly record struct HunkHeader(int OldCount, int NewCount)
{
    /// <summary>Parses the line.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out HunkHeader header)
    {
        header = default;
        if (!line.StartsWith("@@ -"u8))
        {
            return false;
        }

        line = line[4..];
        if (!TryRange(ref line, out var old) || !line.StartsWith(" +"u8))
        {
            return false;
        }

        line = line[2..];
        if (!TryRange(ref line, out var added) || !line.StartsWith(" @@"u8))
        {
            return false;
        }

        header = new HunkHeader(old, added);
        return true;
    }

    private static bool TryRange(ref ReadOnlySpan<byte> line, out int count)
    {
        count = 1;
        if (!TryNumber(ref line, out _))
        {
            return false;
        }

        if (line is not [(byte)',', ..])
        {
            return true;
        }

        line = line[1..];
        return TryNumber(ref line, out count);
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> line, out int number)
    {
        number = 0;
        if (line is not [>= (byte)'0' and <= (byte)'9', ..] || !Utf8Parser.TryParse(line, out number, out var used))
        {
            return false;
        }

        line = line[used..];
        return true;
    }
}
