using System.Text.RegularExpressions;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Finds Aider's blocks (<c>editblock_coder.py</c>): exactly; with one shift of indentation for all lines; the same without
/// a blank first line of the search; with <c>...</c> lines, each piece between which must be there once. A blank search
/// appends.
/// </summary>
internal static partial class AiderBlocks
{
    /// <summary>What is to be replaced, in file order.</summary>
    public static List<TextSplice> Find(BlockText text, SearchBlock block)
    {
        var replace = BlockText.LinesOf(block.Replace);
        if (string.IsNullOrWhiteSpace(block.Search))
        {
            return [text.Splice(text.Lines.Length, 0, BlockText.Joined(replace))];
        }

        var search = BlockText.LinesOf(block.Search);
        if (Match(text, search, replace) is { } found)
        {
            return [found];
        }

        if (search.Length > 2 && string.IsNullOrWhiteSpace(search[0]) && Match(text, search[1..], replace) is { } shorter)
        {
            return [shorter];
        }

        return Elided(text, block) ?? throw text.NotFound(block.Search);
    }

    private static TextSplice? Match(BlockText text, string[] search, string[] replace)
    {
        if (text.Only(text.Where(search.Length, i => text.Lines.AsSpan(i, search.Length).SequenceEqual(search))) is { } exact)
        {
            return text.Splice(exact, search.Length, BlockText.Joined(replace));
        }

        var least = search.Concat(replace).Where(l => !string.IsNullOrWhiteSpace(l)).Select(Indent).DefaultIfEmpty(0).Min();
        string[] Outdented(string[] lines) => [.. lines.Select(l => string.IsNullOrWhiteSpace(l) ? l : l[least..])];
        var (sought, fresh) = (Outdented(search), Outdented(replace));
        var hits = text.Where(sought.Length, i => Shift(text.Lines.AsSpan(i, sought.Length), sought) is not null);
        if (text.Only(hits) is not { } at)
        {
            return null;
        }

        var shift = Shift(text.Lines.AsSpan(at, sought.Length), sought)!;
        text.WarnLoose(at, "with another indentation, which was kept");
        return text.Splice(at, sought.Length,
            BlockText.Joined(fresh.Select(l => string.IsNullOrWhiteSpace(l) ? l : shift + l)));
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    // What all lines of the file have before those of the search, or null where they differ in anything else.
    private static string? Shift(ReadOnlySpan<string> lines, string[] search)
    {
        string? shift = null;
        for (var i = 0; i < search.Length; i++)
        {
            if (lines[i].TrimStart() != search[i].TrimStart())
            {
                return null;
            }

            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                var here = lines[i][..Math.Max(lines[i].Length - search[i].Length, 0)];
                if ((shift ??= here) != here)
                {
                    return null;
                }
            }
        }

        return shift;
    }

    private static List<TextSplice>? Elided(BlockText text, SearchBlock block)
    {
        var (search, replace) = (Dots().Split(block.Search), Dots().Split(block.Replace));
        if (search.Length == 1 && replace.Length == 1)
        {
            return null;
        }

        if (search.Length != replace.Length
            || Enumerable.Range(0, search.Length / 2).Any(i => search[(2 * i) + 1] != replace[(2 * i) + 1]))
        {
            throw text.Fault("unpaired-dots", "the lines \"...\" of its two parts do not pair up",
                "write as many of them into both parts, with the same indentation");
        }

        var splices = new List<TextSplice>();
        for (var i = 0; i < search.Length; i += 2)
        {
            if (search[i].Length == 0)
            {
                splices.AddRange(replace[i].Length == 0 ? [] : [text.Splice(text.Lines.Length, 0, replace[i])]);
                continue;
            }

            var hits = text.Occurrences(search[i]);
            var at = text.Only([.. hits.Select(text.LineOf)]) is null ? throw text.NotFound(search[i]) : hits[0];
            splices.Add(new TextSplice(at, TextFile.Fold(search[i]).Length, TextFile.Fold(replace[i])));
        }

        return ContextEditing.InOrder(splices);
    }

    [GeneratedRegex(@"^([ \t]*\.\.\.\n)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Dots();
}
