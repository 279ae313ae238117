using System.IO.Hashing;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// The lines that a change adds: those between the common beginning and the common end that the old text did not have
/// there. A line that only moved is none, other than in a diff. Line ends do not count.
/// </summary>
internal static class AddedLines
{
    /// <summary>The zero-based numbers of the added lines among the new ones.</summary>
    public static List<int> Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        var (old, lines) = (Hashes(before), Hashes(now));
        var start = 0;
        while (start < old.Count && start < lines.Count && old[start] == lines[start])
        {
            start++;
        }

        var (oldEnd, end) = (old.Count, lines.Count);
        while (oldEnd > start && end > start && old[oldEnd - 1] == lines[end - 1])
        {
            (oldEnd, end) = (oldEnd - 1, end - 1);
        }

        var there = new Dictionary<ulong, int>();
        for (var i = start; i < oldEnd; i++)
        {
            there[old[i]] = there.GetValueOrDefault(old[i]) + 1;
        }

        var added = new List<int>();
        for (var i = start; i < end; i++)
        {
            if (there.TryGetValue(lines[i], out var left) && left > 0)
            {
                there[lines[i]] = left - 1;
            }
            else
            {
                added.Add(i);
            }
        }

        return added;
    }

    /// <summary>The line at a number, given the offset at which it starts; without its line feed.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> rest) => rest.IndexOf((byte)'\n') is var end and >= 0 ? rest[..end] : rest;

    private static List<ulong> Hashes(ReadOnlySpan<byte> text)
    {
        var hashes = new List<ulong>();
        while (!text.IsEmpty)
        {
            var line = First(text);
            hashes.Add(XxHash3.HashToUInt64(line.TrimEnd("\r"u8)));
            text = line.Length == text.Length ? [] : text[(line.Length + 1)..];
        }

        return hashes;
    }
}
