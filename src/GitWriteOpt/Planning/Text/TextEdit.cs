using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Replacement and insertion of text. <c>old</c> must occur exactly once unless all or a number of occurrences is asked
/// for; <c>new</c> is literal.
/// </summary>
internal static class TextEdit
{
    private const int ListedLines = 10;

    /// <summary>Applies replacements in order, each on the result of those before.</summary>
    /// <exception cref="RefusedException"><c>text-not-found</c>, <c>text-ambiguous</c> or <c>text-count</c>.</exception>
    public static TextFile Replace(TextFile file, IReadOnlyList<Replacement> replacements)
    {
        for (var i = 0; i < replacements.Count; i++)
        {
            file = Replace(file, replacements[i], replacements.Count > 1 ? $"edit {i + 1}: " : "");
        }

        return file;
    }

    /// <summary>
    /// Inserts text as whole lines after line <paramref name="line"/>; 0 is the top. What follows is never joined to it;
    /// a file that ends in a line end still does. At the end of a file without one, one is put before the text.
    /// </summary>
    /// <exception cref="RefusedException"><c>line-out-of-range</c>: the file has fewer lines.</exception>
    public static TextFile Insert(TextFile file, int line, string text)
    {
        var count = file.LineCount;
        if (line > count || line < 0)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Conflict, "line-out-of-range",
                $"text was to be inserted after line {line}, but the file has {count} line{(count == 1 ? "" : "s")}")
            {
                Suggestion = $"use a line from 0 to {count}",
            });
        }

        if (text.Length == 0)
        {
            return file;
        }

        var at = OffsetAfter(file.Folded, line);
        var bytes = HasLineEnd(file) ? TextFile.Fold(text) : Encoding.UTF8.GetBytes(text);
        var open = at > 0 && file.Folded[at - 1] != '\n';
        var needsEnd = file.Folded.Length > 0 && !open && bytes.Span[^1] != '\n';
        if (open || needsEnd)
        {
            bytes = (byte[])[.. open ? LineEnd(file, bytes.Span) : [], .. bytes.Span, .. needsEnd ? LineEnd(file, bytes.Span) : []];
        }

        return file.Splice([new TextSplice(at, 0, bytes)]);
    }

    private static TextFile Replace(TextFile file, Replacement edit, string which)
    {
        var old = TextFile.Fold(edit.Old).Span;
        var hits = new List<int>();
        var single = !edit.All && edit.ExpectedCount is null;
        for (var from = 0; from <= file.Folded.Length - old.Length && old.Length > 0;)
        {
            var at = file.Folded[from..].IndexOf(old);
            if (at < 0)
            {
                break;
            }

            hits.Add(from + at);
            // Overlapping occurrences are ambiguous too, but cannot all be replaced.
            from += at + (single ? 1 : old.Length);
        }

        if (hits.Count == 0)
        {
            throw NotFound(file, edit.Old, which);
        }

        if (edit.ExpectedCount is { } expected && hits.Count != expected)
        {
            throw Refused("text-count", $"{which}the old text was expected {Times(expected)} and is there "
                + $"{Times(hits.Count)}, at {LinesOf(file, hits)}", "correct the count, or take more text around it into old");
        }

        if (single && hits.Count > 1)
        {
            throw Refused("text-ambiguous", $"{which}the old text is there {Times(hits.Count)}, at {LinesOf(file, hits)}",
                "take more text around it into old, or set all");
        }

        var text = HasLineEnd(file) ? TextFile.Fold(edit.New) : Encoding.UTF8.GetBytes(edit.New);
        return file.Splice([.. hits.Select(hit => new TextSplice(hit, TextFile.Fold(edit.Old).Length, text))]);
    }

    private static RefusedException NotFound(TextFile file, string old, string which)
    {
        var near = NearestText.Find(file.Lines(), old.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));
        return new RefusedException(NearPlace.Error("text-not-found", $"{which}the old text was not found", near,
            "; nothing like it is in the file") with
        {
            Suggestion = "read the file again and copy old from it, white space included",
        });
    }

    private static RefusedException Refused(string code, string message, string suggestion) =>
        new(new WriteError(ErrorCategory.Conflict, code, message) { Suggestion = suggestion });

    private static string Times(int n) => n switch { 1 => "once", 2 => "twice", _ => $"{n} times" };

    private static string LinesOf(TextFile file, List<int> hits) => (hits.Count == 1 ? "line " : "lines ")
        + string.Join(", ", hits.Take(ListedLines).Select(file.LineAt)) + (hits.Count > ListedLines ? ", ..." : "");

    private static bool HasLineEnd(TextFile file) => file.Folded.Contains((byte)'\n');

    // A file without any line end takes the one that the text itself uses.
    private static byte[] LineEnd(TextFile file, ReadOnlySpan<byte> text) =>
        !HasLineEnd(file) && text.IndexOf("\r\n"u8) >= 0 ? "\r\n"u8.ToArray() : "\n"u8.ToArray();

    private static int OffsetAfter(ReadOnlySpan<byte> text, int line)
    {
        var offset = 0;
        for (; line > 0; line--)
        {
            var end = text[offset..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return text.Length;
            }

            offset += end + 1;
        }

        return offset;
    }
}
