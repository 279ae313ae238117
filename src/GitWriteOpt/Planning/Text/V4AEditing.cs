using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Carries out the chunks of <c>apply_patch</c>'s JSON form (V4A, <c>apply_diff.py</c> of openai-agents-python): a single
/// anchor that is not found is passed over, stacked ones must all be found, lines match exactly, without trailing white
/// space or without surrounding white space, and lines without context go in at the cursor. The state of the final line
/// end is kept; unlike in the original, so are the line ends of all lines that are not touched.
/// </summary>
internal static class V4AEditing
{
    // Exact, trailing and surrounding white space: not the fourth pass, which is Codex' alone.
    private const int Passes = 3;

    /// <summary>The file with all chunks applied.</summary>
    /// <exception cref="RefusedException"><c>context-not-found</c> or <c>overlapping-chunks</c>.</exception>
    public static TextFile Apply(TextFile file, IReadOnlyList<ContextChunk> chunks, Action<string> warn)
    {
        // The original splits at line feeds, so what is behind the last one counts as a line, empty or not.
        var closed = file.Splice([new TextSplice(file.Folded.Length, 0, "\n"u8.ToArray())]);
        var lines = closed.Lines();
        var offsets = closed.LineStarts();
        var matcher = new ContextMatcher(lines, Passes);
        var cursor = 0;
        var splices = new List<TextSplice>();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            cursor = AfterAnchors(chunk, lines, cursor, i);
            var at = Locate(matcher, chunk, lines, cursor, i, warn);
            splices.AddRange(ContextEditing.Splices(offsets, at, chunk.OldLines, chunk.NewLines));
            cursor = at + chunk.OldLines.Count;
        }

        return closed.Splice(ContextEditing.InOrder(splices)).Opened();
    }

    private static int AfterAnchors(ContextChunk chunk, string[] lines, int cursor, int number)
    {
        List<string> anchors = [.. chunk.OuterAnchors.Append(chunk.Anchor ?? "").Where(a => !string.IsNullOrWhiteSpace(a))];
        foreach (var anchor in anchors)
        {
            var at = Find(lines, anchor, cursor);
            if (at < 0 && anchors.Count > 1)
            {
                throw ContextEditing.NotFound($"chunk {number + 1}: the line \"{anchor}\" after @@, one of "
                    + $"{anchors.Count}, was not found at or after line {cursor + 1}", lines, [anchor]);
            }

            cursor = at < 0 ? cursor : at + 1;
        }

        return cursor;
    }

    // A line that was passed already stands for the anchor: then the cursor stays.
    private static int Find(string[] lines, string anchor, int cursor)
    {
        foreach (var form in (ReadOnlySpan<Func<string, string>>)[line => line, line => line.Trim()])
        {
            var wanted = form(anchor);
            if (Array.FindIndex(lines, 0, cursor, line => form(line) == wanted) >= 0)
            {
                return cursor - 1;
            }

            if (Array.FindIndex(lines, cursor, line => form(line) == wanted) is var at and >= 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static int Locate(ContextMatcher matcher, ContextChunk chunk, string[] lines, int cursor, int number,
        Action<string> warn)
    {
        if (chunk.OldLines.Count == 0 && !chunk.EndOfFile)
        {
            return cursor;
        }

        var ambiguous = false;
        var at = chunk.EndOfFile ? AtEnd(matcher, chunk.OldLines, lines, cursor) : -1;
        at = at >= 0 ? at : matcher.Find(chunk.OldLines, cursor, atEnd: false, out ambiguous);
        if (at < 0)
        {
            throw ContextEditing.NotFound($"chunk {number + 1}: its {chunk.OldLines.Count} context and removed lines were "
                + $"not found at or after line {cursor + 1}", lines, chunk.OldLines);
        }

        if (ambiguous)
        {
            warn($"chunk {number + 1} fits several places; the first one, line {at + 1}, was taken");
        }

        return at;
    }

    // The last lines, or those before the empty one behind a final line feed, which the original forgets.
    private static int AtEnd(ContextMatcher matcher, IReadOnlyList<string> sought, string[] lines, int cursor)
    {
        var at = matcher.Find(sought, cursor, atEnd: true, out _);
        return at >= 0 || lines[^1].Length > 0 ? at
            : new ContextMatcher(lines[..^1], Passes).Find(sought, cursor, atEnd: true, out _);
    }
}
