using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>Reads one chunk of an update: an anchor, then lines that are kept, removed or added.</summary>
internal static class ChunkReader
{
    /// <summary>The marker that ties a chunk to the end of its file.</summary>
    public const string EndOfFile = "*** End of File";

    /// <summary>Reads the chunk at hand.</summary>
    /// <param name="lines">Standing on the chunk's first line.</param>
    /// <param name="isFirst">Whether the <c>@@</c> line may be left out.</param>
    /// <param name="stacks">Whether there may be several <c>@@</c> lines.</param>
    public static ContextChunk Read(PatchLines lines, bool isFirst, bool stacks = false)
    {
        string? anchor = null;
        var outer = new List<string>();
        var first = lines.Line.TrimEnd();
        if (IsAnchor(first))
        {
            anchor = first.Length > 3 ? lines.Line[3..] : null;
            lines.Next++;
            for (; stacks && !lines.AtEnd && IsAnchor(lines.Line.TrimEnd()); lines.Next++)
            {
                outer.AddRange(anchor is null ? [] : [anchor]);
                anchor = lines.Line.TrimEnd().Length > 3 ? lines.Line[3..] : null;
            }
        }
        else if (!isFirst)
        {
            throw lines.Fault($"a chunk must start with \"@@\", not \"{ApplyPatchReader.Shown(first)}\"");
        }

        var chunk = new ContextChunk(anchor, [], [], false) { OuterAnchors = outer };
        var (old, added) = (new List<string>(), new List<string>());
        var count = 0;
        for (; !lines.AtEnd; lines.Next++, count++)
        {
            var line = lines.Line;
            if (line.TrimEnd() == EndOfFile && count > 0)
            {
                lines.Next++;
                return chunk with { OldLines = old, NewLines = added, EndOfFile = true };
            }

            if (line.Length > 0 && line[0] is not (' ' or '+' or '-'))
            {
                break;
            }

            var text = line.Length == 0 ? "" : line[1..];
            if (line.Length == 0 || line[0] != '+')
            {
                old.Add(text);
            }

            if (line.Length == 0 || line[0] != '-')
            {
                added.Add(text);
            }
        }

        return count > 0
            ? chunk with { OldLines = old, NewLines = added }
            : throw lines.Fault(lines.AtEnd
                ? "the chunk has no lines"
                : $"a line of a chunk must start with a blank, \"+\" or \"-\", not \"{ApplyPatchReader.Shown(lines.Line)}\"");
    }

    private static bool IsAnchor(string line) => line == "@@" || line.StartsWith("@@ ", StringComparison.Ordinal);
}
