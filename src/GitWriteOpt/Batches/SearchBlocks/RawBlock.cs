using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.SearchBlocks;

/// <summary>A block as it stands in the input.</summary>
/// <param name="Search">The lines to find.</param>
/// <param name="Replace">The lines to put there.</param>
/// <param name="Dialect">Whose it is by its markers.</param>
/// <param name="StartLine">Roo's start line, or null.</param>
/// <param name="Line">One-based line of its first marker.</param>
internal sealed record RawBlock(
    List<string> Search, List<string> Replace, SearchDialect Dialect, int? StartLine, int Line)
{
    private const string Fence = "```";

    /// <summary>Reads the block whose first marker is at hand, and goes behind it.</summary>
    /// <exception cref="Errors.UsageException">It is cut off, or another one starts inside it.</exception>
    public static RawBlock Read(BlockLines lines, bool isCline)
    {
        var line = lines.Input.LineOf(lines.Offset);
        var head = lines.Line.Trim();
        var start = lines.Offset;
        lines.Next++;
        var (isRoo, startLine) = Head(lines);
        var search = Part(lines, BlockMarkers.IsDivider, "=======", head, start);
        var replace = Part(lines, l => BlockMarkers.IsReplace(l) || (!isRoo && !isCline && BlockMarkers.IsDivider(l)),
            isCline ? "+++++++ REPLACE" : ">>>>>>> REPLACE", head, start);
        return new RawBlock(search, replace,
            isCline ? SearchDialect.Cline : isRoo ? SearchDialect.Roo : SearchDialect.Aider, startLine, line);
    }

    /// <summary>The block for the planner.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="dialect">Whose it is.</param>
    /// <param name="isCall">Whether it came in a tool call, which has no fences.</param>
    public SearchBlock ToBlock(RepoPath file, SearchDialect dialect, bool isCall)
    {
        var (search, replace) = dialect is SearchDialect.Aider && !isCall
            ? (Unwrapped(Search, file), Unwrapped(Replace, file))
            : (Search, Replace);
        var roo = dialect is SearchDialect.Roo;
        return new SearchBlock(Text(search, roo), Text(replace, roo), StartLine is > 0 ? StartLine : null, Line);
    }

    private static (bool IsRoo, int? StartLine) Head(BlockLines lines)
    {
        int? start = null;
        var from = lines.Next;
        while (!lines.AtEnd && BlockMarkers.RooLine(lines.Line) is { } named)
        {
            start = named.Name == "start_line" ? named.Line : start;
            lines.Next++;
        }

        var isRoo = lines.Next > from;
        if (!lines.AtEnd && BlockMarkers.IsRooDashes(lines.Line))
        {
            isRoo = true;
            lines.Next++;
        }

        return (isRoo, start);
    }

    private static List<string> Part(BlockLines lines, Func<string, bool> isEnd, string end, string head, int start)
    {
        var part = new List<string>();
        for (; !lines.AtEnd && !isEnd(lines.Line); lines.Next++)
        {
            if (BlockMarkers.IsSearch(lines.Line) || BlockMarkers.IsClineSearch(lines.Line))
            {
                throw lines.Fault($"a block starts inside the one of line {lines.Input.LineOf(start)}",
                    $"close it with a line \"{end}\" first");
            }

            if (BlockMarkers.IsReplace(lines.Line))
            {
                throw lines.Fault($"\"{lines.Line.Trim()}\" stands where \"{end}\" was expected",
                    "a block has the parts SEARCH, =======, REPLACE, in this order");
            }

            part.Add(lines.Line);
        }

        if (lines.AtEnd)
        {
            throw lines.Input.Fault(start, "malformed-block", $"the block \"{head}\" has no line \"{end}\"",
                "the input may be cut off");
        }

        lines.Next++;
        return part;
    }

    // Models put the file's name and a fence into a part (Aider's strip_quoted_wrapping).
    private static List<string> Unwrapped(List<string> lines, RepoPath file)
    {
        var from = lines.Count > 0 && lines[0].Trim().EndsWith(file.Name, StringComparison.Ordinal)
            && lines.Count > 1 && lines[1].StartsWith(Fence, StringComparison.Ordinal) ? 1 : 0;
        return lines.Count - from >= 2 && lines[from].StartsWith(Fence, StringComparison.Ordinal)
            && lines[^1].StartsWith(Fence, StringComparison.Ordinal)
            ? lines[(from + 1)..^1]
            : lines;
    }

    private static string Text(List<string> lines, bool unescape) =>
        string.Concat(lines.Select(l => (unescape ? BlockMarkers.Unescaped(l) : l) + "\n"));
}
