using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Carries out SEARCH/REPLACE blocks, each on the result of those before, by the matching of its dialect. Unlike in the
/// originals a text that is there several times is refused (they take the first), and untouched lines keep their bytes.
/// </summary>
internal static class SearchReplacing
{
    /// <summary>Whether an edit makes its file where there is none: its first search is blank, in a dialect for that.</summary>
    public static bool MakesFile(Operation.SearchReplace edit) =>
        edit.Dialect is SearchDialect.Aider or SearchDialect.Cline && string.IsNullOrWhiteSpace(edit.Blocks[0].Search);

    /// <summary>The file with all blocks applied.</summary>
    /// <exception cref="RefusedException"><c>text-not-found</c>, <c>text-ambiguous</c> or <c>unpaired-dots</c>.</exception>
    public static TextFile Apply(TextFile file, Operation.SearchReplace edit, Action<string> warn)
    {
        var (shift, cursor) = (0, 0);
        for (var i = 0; i < edit.Blocks.Count; i++)
        {
            var block = edit.Blocks[i];
            var which = (edit.Blocks.Count > 1 ? $"block {i + 1}" : "the block")
                + (block.Line > 0 ? $" at line {block.Line} of the batch" : "");
            var isOpen = file.IsOpen;
            var text = new BlockText(file.Closed(), which, warn);
            var before = text.File.LineCount;
            var splices = edit.Dialect switch
            {
                SearchDialect.Aider => AiderBlocks.Find(text, block),
                SearchDialect.Cline => ClineBlocks.Find(text, block, cursor),
                SearchDialect.Roo => RooBlocks.Find(text, block, shift),
                _ => McpBlocks.Find(text, block),
            };
            file = text.File.Splice(splices);
            cursor = splices.Count > 0 ? splices[^1].Start + splices[^1].Text.Length : cursor;
            shift += file.LineCount - before;

            // Aider always ends a file with a line end; the others leave that as it was.
            file = isOpen && edit.Dialect is not SearchDialect.Aider ? file.Opened() : file;
        }

        return file;
    }
}
