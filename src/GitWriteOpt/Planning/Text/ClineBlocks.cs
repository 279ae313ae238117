using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Finds Cline's blocks (<c>constructNewFileContent</c>): exactly, at or after the block before and else anywhere; by lines
/// that are equal but for surrounding white space; by first and last line of a search of three lines or more. A blank
/// search replaces the whole file.
/// </summary>
internal static class ClineBlocks
{
    private const int LeastAnchored = 3;

    /// <summary>What is to be replaced.</summary>
    public static List<TextSplice> Find(BlockText text, SearchBlock block, int cursor)
    {
        if (block.Search.Length == 0 || block.Search == "\n")
        {
            return [text.Splice(0, text.Lines.Length, block.Replace)];
        }

        var exact = text.Occurrences(block.Search, Math.Min(cursor, text.File.Folded.Length));
        exact = exact.Count > 0 ? exact : text.Occurrences(block.Search);
        if (text.Only([.. exact.Select(text.LineOf)]) is not null)
        {
            return [new TextSplice(exact[0], TextFile.Fold(block.Search).Length, TextFile.Fold(block.Replace))];
        }

        var search = BlockText.LinesOf(block.Search);
        var trimmed = Array.ConvertAll(search, l => l.Trim());
        var hits = text.Where(search.Length, i => EqualsTrimmed(text.Lines.AsSpan(i, search.Length), trimmed));
        if (hits.Count == 0 && search.Length >= LeastAnchored)
        {
            hits = text.Where(search.Length, i => text.Lines[i].Trim() == trimmed[0]
                && text.Lines[i + search.Length - 1].Trim() == trimmed[^1]);
        }

        var first = cursor;
        var after = hits.FindAll(hit => text.Start(hit) >= first);
        var at = text.Only(after.Count > 0 ? after : hits) ?? throw text.NotFound(block.Search);
        text.WarnLoose(at, "by lines that are not all equal");
        return [text.Splice(at, search.Length, block.Replace)];
    }

    /// <summary>Whether lines are equal to trimmed ones but for surrounding white space.</summary>
    public static bool EqualsTrimmed(ReadOnlySpan<string> lines, string[] trimmed)
    {
        for (var i = 0; i < trimmed.Length; i++)
        {
            if (!lines[i].AsSpan().Trim().SequenceEqual(trimmed[i]))
            {
                return false;
            }
        }

        return true;
    }
}
