using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Finds the texts of the MCP file system server's <c>edit_file</c>: exactly; else by whole lines that are equal but for
/// surrounding white space, keeping the file's indentation.
/// </summary>
internal static class McpBlocks
{
    /// <summary>What is to be replaced.</summary>
    public static List<TextSplice> Find(BlockText text, SearchBlock block)
    {
        var hits = text.Occurrences(block.Search);
        if (hits.Count == 0 && text.File.Folded.Length == 0)
        {
            throw text.NotFound(block.Search);
        }

        if (text.Only([.. hits.Select(text.LineOf)]) is not null)
        {
            return [new TextSplice(hits[0], TextFile.Fold(block.Search).Length, TextFile.Fold(block.Replace))];
        }

        var search = block.Search.ReplaceLineEndings("\n").Split('\n');
        var trimmed = Array.ConvertAll(search, l => l.Trim());

        // The server splits at line feeds: an empty line behind the last one may be the last line of a search.
        string[] lines = [.. text.Lines, ""];
        var loose = Enumerable.Range(0, Math.Max(lines.Length - search.Length + 1, 0))
            .Where(i => ClineBlocks.EqualsTrimmed(lines.AsSpan(i, search.Length), trimmed)).ToList();
        var at = text.Only(loose) ?? throw text.NotFound(block.Search);
        text.WarnLoose(at, "by lines that differ in white space; their indentation was kept");
        var fresh = Indented(block.Replace.ReplaceLineEndings("\n").Split('\n'), search, IndentOf(lines[at]));
        var isLast = at + search.Length == lines.Length;
        var taken = isLast ? search.Length - 1 : search.Length;
        return [text.Splice(at, taken, string.Join('\n', fresh) + (isLast ? "" : "\n"))];
    }

    private static IEnumerable<string> Indented(string[] replace, string[] search, string indent)
    {
        for (var i = 0; i < replace.Length; i++)
        {
            var line = replace[i];
            var (old, now) = (i < search.Length ? IndentOf(search[i]).Length : 0, IndentOf(line).Length);
            yield return i == 0 ? indent + line.TrimStart()
                : old > 0 && now > 0 ? indent + new string(' ', Math.Max(now - old, 0)) + line.TrimStart()
                : line;
        }
    }

    private static string IndentOf(string line) => line[..^line.TrimStart().Length];
}
