using System.Text.RegularExpressions;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Finds Roo's blocks (<c>MultiSearchReplaceDiffStrategy</c> with its standard threshold of 1): lines that are equal once
/// runs of white space and typographic characters are taken as one; with a start line the nearest place within 40 lines of
/// it, else the only one. Line numbers before every line are taken off, and the file's indentation is kept.
/// </summary>
internal static partial class RooBlocks
{
    private const int Around = 40;

    /// <summary>What is to be replaced.</summary>
    /// <param name="text">The file after the blocks before.</param>
    /// <param name="block">The block.</param>
    /// <param name="shift">By how many lines the blocks before have moved what follows.</param>
    public static List<TextSplice> Find(BlockText text, SearchBlock block, int shift)
    {
        var (search, replace) = (BlockText.LinesOf(block.Search), BlockText.LinesOf(block.Replace));
        if (search.All(l => Numbered().IsMatch(l)) && replace.All(l => Numbered().IsMatch(l)))
        {
            (search, replace) = (WithoutNumbers(search), WithoutNumbers(replace));
        }

        var lines = Array.ConvertAll(text.Lines, Normal);
        var wanted = Window(Array.ConvertAll(search, Normal));
        var hits = text.Where(search.Length, i => Window(lines.AsSpan(i, search.Length)) == wanted);
        int at;
        if (block.StartLine is { } line)
        {
            var place = line - 1 + shift;
            at = hits.Where(hit => Math.Abs(hit - place) <= Around).OrderBy(hit => Math.Abs(hit - place))
                .ThenBy(hit => hit).Cast<int?>().FirstOrDefault()
                ?? throw text.NotFound(block.Search, $" within {Around} lines of line {place + 1}");
        }
        else
        {
            var exact = hits.FindAll(i => text.Lines.AsSpan(i, search.Length).SequenceEqual(search));
            at = text.Only(exact.Count > 0 ? exact : hits) ?? throw text.NotFound(block.Search);
        }

        if (!text.Lines.AsSpan(at, search.Length).SequenceEqual(search))
        {
            text.WarnLoose(at, "by lines that differ in white space or typographic characters");
        }

        return [text.Splice(at, search.Length, BlockText.Joined(Indented(replace, text.Lines[at], search[0])))];
    }

    private static string[] WithoutNumbers(string[] lines) => [.. lines.Select(l => Numbered().Replace(l, "", 1))];

    private static string Normal(string line) => Blanks().Replace(ContextMatcher.Plain(line), " ").Trim();

    // Roo joins the lines before it folds blanks, so that a line of blanks counts for nothing.
    private static string Window(ReadOnlySpan<string> lines) => string.Join(' ', lines.ToArray().Where(l => l.Length > 0));

    private static IEnumerable<string> Indented(string[] replace, string found, string sought)
    {
        var (there, given) = (IndentOf(found), IndentOf(sought).Length);
        foreach (var line in replace)
        {
            var indent = IndentOf(line);
            var level = indent.Length - given;
            yield return (level < 0 ? there[..Math.Max(there.Length + level, 0)] : there + indent[given..])
                + line[indent.Length..];
        }
    }

    private static string IndentOf(string line) => line[..^line.TrimStart(' ', '\t').Length];

    [GeneratedRegex(@"^\s*\d+\s+\|(?!\|) ?", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();
}
