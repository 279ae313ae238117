using System.Collections.Frozen;
using System.Text;

namespace GitWriteOpt.Paths;

/// <summary>
/// When two different names are one file on a file system that ignores case (NTFS, APFS) or Unicode form (APFS, HFS+).
/// </summary>
public static class PathFolding
{
    private const int HangulBase = 0xac00;
    private const int HangulEnd = 0xd7a3;

    private static readonly Lazy<FrozenDictionary<char, (char First, char Second)>> Steps = new(() =>
        Enumerable.Range(0, CanonicalForms.Steps.Length / 3).ToFrozenDictionary(
            i => CanonicalForms.Steps[3 * i],
            i => (CanonicalForms.Steps[(3 * i) + 1], CanonicalForms.Steps[(3 * i) + 2])));

    /// <summary>The canonical decomposition of a path; the path itself where it is ASCII. Marks are not reordered.</summary>
    public static string Canonical(string path)
    {
        if (Ascii.IsValid(path))
        {
            return path;
        }

        var output = new StringBuilder(path.Length + 8);
        foreach (var c in path)
        {
            Append(output, c);
        }

        return output.ToString();
    }

    /// <summary>Compares canonical forms; with <paramref name="ignoreCase"/> without regard to case.</summary>
    public static StringComparer Comparer(bool ignoreCase) =>
        ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private static void Append(StringBuilder output, char c)
    {
        if (c is >= (char)HangulBase and <= (char)HangulEnd)
        {
            // The Unicode Standard, section 3.12.
            var index = c - HangulBase;
            output.Append((char)(0x1100 + (index / 588))).Append((char)(0x1161 + (index % 588 / 28)));
            _ = index % 28 is var tail and > 0 ? output.Append((char)(0x11a7 + tail)) : output;
        }
        else if (c >= '\u00a0' && Steps.Value.TryGetValue(c, out var step))
        {
            Append(output, step.First);
            _ = step.Second != 0 ? output.Append(step.Second) : output;
        }
        else
        {
            output.Append(c);
        }
    }
}
