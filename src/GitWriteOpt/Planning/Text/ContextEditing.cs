using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Carries out the chunks of a Codex <c>apply_patch</c> update. Deviates from the original where its users ask for it:
/// context lines stay byte-exact, even where they matched loosely, and new lines take the file's own line ends.
/// </summary>
internal static class ContextEditing
{
    private const int LargestAlignment = 1 << 20;

    /// <summary>The file with all chunks applied, ending in a line end unless it is empty.</summary>
    /// <param name="file">The file.</param>
    /// <param name="chunks">In file order.</param>
    /// <param name="warn">Told where the first of several possible places was taken.</param>
    /// <exception cref="RefusedException"><c>context-not-found</c> or <c>overlapping-chunks</c>.</exception>
    public static TextFile Apply(TextFile file, IReadOnlyList<ContextChunk> chunks, Action<string> warn)
    {
        file = file.Closed();
        var lines = file.Lines();
        var offsets = file.LineStarts();
        var matcher = new ContextMatcher(lines);
        var cursor = 0;
        var splices = new List<TextSplice>();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = chunks[i];
            cursor = AfterAnchor(chunk.Anchor, matcher, lines, cursor, i);
            if (chunk.OldLines.Count == 0)
            {
                // The original puts them before a blank last line.
                var at = lines.Length > 0 && lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
                splices.AddRange(Splices(offsets, at, [], chunk.NewLines));
                continue;
            }

            var (start, old, fresh) = Locate(matcher, lines, chunk, cursor, i, warn);
            splices.AddRange(Splices(offsets, start, old, fresh));
            cursor = start + old.Count;
        }

        return file.Splice(InOrder(splices));
    }

    private static int AfterAnchor(string? anchor, ContextMatcher matcher, string[] lines, int cursor, int chunk)
    {
        if (string.IsNullOrEmpty(anchor))
        {
            return cursor;
        }

        var at = matcher.Find([anchor], cursor, atEnd: false, out _);
        return at >= 0 ? at + 1 : throw NotFound($"chunk {chunk + 1}: the line \"{anchor}\" after @@ was not found at or "
            + $"after line {cursor + 1}", lines, [anchor]);
    }

    private static (int Start, IReadOnlyList<string> Old, IReadOnlyList<string> New) Locate(
        ContextMatcher matcher, string[] lines, ContextChunk chunk, int cursor, int number, Action<string> warn)
    {
        var (old, fresh) = (chunk.OldLines, chunk.NewLines);
        var at = matcher.Find(old, cursor, chunk.EndOfFile, out var ambiguous);
        if (at < 0 && old[^1].Length == 0)
        {
            old = [.. old.SkipLast(1)];
            fresh = fresh.Count > 0 && fresh[^1].Length == 0 ? [.. fresh.SkipLast(1)] : fresh;
            at = matcher.Find(old, cursor, chunk.EndOfFile, out ambiguous);
        }

        if (at < 0)
        {
            throw NotFound($"chunk {number + 1}: its {chunk.OldLines.Count} context and removed lines were not found "
                + (chunk.EndOfFile ? "at the end of the file" : $"at or after line {cursor + 1}"), lines, chunk.OldLines);
        }

        if (ambiguous)
        {
            warn($"chunk {number + 1} fits several places; the first one, line {at + 1}, was taken");
        }

        return (at, old, fresh);
    }

    /// <summary>
    /// A splice for each run of lines between context lines; these are the file's, even where they matched loosely.
    /// </summary>
    internal static IEnumerable<TextSplice> Splices(
        int[] offsets, int at, IReadOnlyList<string> old, IReadOnlyList<string> fresh)
    {
        var kept = LineAlignment.Of(old, fresh, LargestAlignment);
        var (oldDone, freshDone) = (0, 0);
        for (var i = 0; i <= fresh.Count; i++)
        {
            var line = i < fresh.Count ? kept[i] : old.Count;
            if (line < 0)
            {
                continue;
            }

            if (line > oldDone || i > freshDone)
            {
                var text = string.Concat(fresh.Skip(freshDone).Take(i - freshDone).Select(l => l + "\n"));
                var start = offsets[at + oldDone];
                yield return new TextSplice(start, offsets[at + line] - start, Encoding.UTF8.GetBytes(text));
            }

            (oldDone, freshDone) = (line + 1, i + 1);
        }
    }

    /// <summary>The splices by their starts.</summary>
    /// <exception cref="RefusedException">Two of them overlap.</exception>
    internal static List<TextSplice> InOrder(List<TextSplice> splices)
    {
        List<TextSplice> ordered = [.. splices.OrderBy(s => s.Start)];
        for (var i = 1; i < ordered.Count; i++)
        {
            if (ordered[i].Start < ordered[i - 1].Start + ordered[i - 1].Length)
            {
                throw new RefusedException(new WriteError(ErrorCategory.Conflict, "overlapping-chunks",
                    "two chunks of the patch change the same lines")
                {
                    Suggestion = "make them one chunk",
                });
            }
        }

        return ordered;
    }

    /// <summary>The refusal for lines that are not there, with the nearest ones.</summary>
    internal static RefusedException NotFound(string message, string[] lines, IReadOnlyList<string> sought)
    {
        var near = NearestText.Find(lines, sought);
        return new RefusedException(NearPlace.Error("context-not-found", message, near) with
        {
            Suggestion = "read the file again and take the context from it",
        });
    }
}
