using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitWriteOpt.ObjectStore;

/// <summary>Line ends of files and diffs: what is CRLF throughout, and the same with LF.</summary>
internal static partial class FoldedDiff
{
    /// <summary>Whether there is a line end and every one of them is CRLF.</summary>
    public static bool IsCrlfThroughout(ReadOnlySpan<byte> text)
    {
        var lines = text.Count((byte)'\n');
        return lines > 0 && lines == text.Count("\r\n"u8) && !text.Contains((byte)0);
    }

    /// <summary>CRLF becomes LF.</summary>
    public static byte[] Fold(ReadOnlySpan<byte> text)
    {
        var folded = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\r' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                folded.Add(text[i]);
            }
        }

        return [.. folded];
    }

    /// <summary>LF becomes CRLF; what is CRLF stays.</summary>
    public static byte[] Unfold(ReadOnlySpan<byte> text)
    {
        var unfolded = new List<byte>(text.Length + (text.Length / 16));
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            {
                unfolded.Add((byte)'\r');
            }

            unfolded.Add(text[i]);
        }

        return [.. unfolded];
    }

    /// <summary>
    /// The diff with LF wherever it changes an existing file. Files that it makes keep their line ends, except where the
    /// whole diff, headers too, is CRLF: then that is how the diff travelled, not what it says.
    /// </summary>
    public static byte[] OfDiff(ReadOnlySpan<byte> diff)
    {
        if (IsCrlfThroughout(diff))
        {
            return Fold(diff);
        }

        var folded = new List<byte>(diff.Length);
        var (makes, old, @new) = (false, 0L, 0L);
        while (!diff.IsEmpty)
        {
            var end = diff.IndexOf((byte)'\n');
            var line = end < 0 ? diff : diff[..(end + 1)];
            diff = diff[line.Length..];
            if (old > 0 || @new > 0)
            {
                old -= line[0] is (byte)'-' or (byte)' ' or (byte)'\n' or (byte)'\r' ? 1 : 0;
                @new -= line[0] is (byte)'+' or (byte)' ' or (byte)'\n' or (byte)'\r' ? 1 : 0;
                folded.AddRange(makes ? line : Fold(line));
                continue;
            }

            makes = Makes(line, makes);
            if (line.StartsWith("@@ "u8) && HunkHeader().Match(Encoding.Latin1.GetString(line)) is { Success: true } hunk)
            {
                (old, @new) = (Count(hunk.Groups[1]), Count(hunk.Groups[2]));
            }

            folded.AddRange(Fold(line));
        }

        return [.. folded];
    }

    private static bool Makes(ReadOnlySpan<byte> header, bool makes) =>
        header.StartsWith("new file mode "u8) || header.StartsWith("--- /dev/null"u8)
        || (makes && !header.StartsWith("diff --git "u8) && !header.StartsWith("--- "u8));

    private static long Count(Group group) =>
        group.Success ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 1;

    [GeneratedRegex(@"^@@ -\d+(?:,(\d{1,18}))? \+\d+(?:,(\d{1,18}))? @@")]
    private static partial Regex HunkHeader();
}
