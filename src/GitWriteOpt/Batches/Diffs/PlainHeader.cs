using System.Text;
using System.Text.RegularExpressions;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>Reads a section of a plain unified diff: <c>---</c>, <c>+++</c>, hunks.</summary>
internal static partial class PlainHeader
{
    private const int LongestLine = 20_000;

    /// <summary>Whether a section starts here: as for git, only where a hunk follows the two names.</summary>
    public static bool IsAt(LineCursor cursor)
    {
        if (!cursor.Line.StartsWith("--- "u8))
        {
            return false;
        }

        var next = cursor.Next();
        return next.Line.StartsWith("+++ "u8) && next.Next().Line.StartsWith("@@ -"u8);
    }

    /// <summary>Reads the section at the cursor, and leaves the cursor behind it.</summary>
    public static DiffSection Read(ref LineCursor cursor, BatchInput input)
    {
        var section = new DiffSection { Start = cursor.Offset };
        section.OldLine = Name(cursor, section, input);
        cursor.Advance();
        section.NewLine = Name(cursor, section, input);
        cursor.Advance();
        section.BodyStart = cursor.Offset;
        Hunks.Walk(ref cursor, input, section);
        section.End = cursor.Offset;
        return section;
    }

    private static string Name(LineCursor cursor, DiffSection section, BatchInput input)
    {
        var bytes = cursor.Bare[4..];
        if (bytes.Length > LongestLine)
        {
            throw input.Fault(cursor.Offset, "corrupt-diff", $"a header line of the diff is {bytes.Length} bytes long");
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            throw input.Fault(cursor.Offset, "invalid-utf8", "a name in the diff is not UTF-8");
        }

        var text = Encoding.UTF8.GetString(bytes);
        var time = Time().Match(text);
        var name = DiffName.OfGitLine(time.Success ? text[..time.Index].TrimEnd() : text)
            ?? throw DiffName.Damaged(cursor, input);
        section.IsUnusual |= cursor.Line[4..].Length != name.Length || name.Any(c => c > '~');

        // GNU diff -N dates a file that is not there at the epoch, wherever on Earth it was run.
        return time.Success && IsEpoch(time.Value) ? DiffName.Nothing : name;
    }

    private static bool IsEpoch(string time) =>
        DateTimeOffset.TryParse(time.Trim(), System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out var parsed)
        && parsed.ToUniversalTime() == DateTimeOffset.UnixEpoch;

    [GeneratedRegex(@"\s+\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d{1,7}0*)?)?( ?[+-]\d\d:?\d\d)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Time();
}
