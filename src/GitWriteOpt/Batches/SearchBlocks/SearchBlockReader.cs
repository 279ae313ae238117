using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.SearchBlocks;

/// <summary>
/// Reads SEARCH/REPLACE blocks in Aider's, Cline's and Roo's markers, with their files' names above them or for one file
/// that a tool call names. What stands between blocks is prose. Blocks of one file that follow one another are one
/// operation. Finding the texts is the planner's.
/// </summary>
internal static class SearchBlockReader
{
    /// <summary>Reads blocks with names above them.</summary>
    /// <exception cref="Errors.UsageException">A block is cut off, nested or has no file; the line is named.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static IReadOnlyList<Operation> Read(BatchInput input, BatchContext context) => Read(input, context, null, null);

    /// <summary>Reads the blocks of one file.</summary>
    /// <param name="input">The blocks.</param>
    /// <param name="path">The file.</param>
    /// <param name="dialect">Whose they are.</param>
    public static IReadOnlyList<Operation> ReadFor(BatchInput input, RepoPath path, SearchDialect dialect) =>
        Read(input, null, path, dialect);

    private static List<Operation> Read(BatchInput input, BatchContext? context, RepoPath? path, SearchDialect? dialect)
    {
        input.NeedUtf8();
        var lines = new BlockLines(input);
        var found = new List<(RepoPath Path, SearchDialect Dialect, SearchBlock Block, int Offset)>();
        while (!lines.AtEnd)
        {
            var line = lines.Line;
            var isCline = BlockMarkers.IsClineSearch(line);
            if (!isCline && !BlockMarkers.IsSearch(line))
            {
                lines.RefuseStray();
                lines.Next++;
                continue;
            }

            var offset = lines.Offset;
            var file = path ?? Named(lines, input, context!) ?? (found.Count > 0 ? found[^1].Path : null) ?? throw input.Fault(
                offset, "missing-file-name", "no file name stands above the block",
                "put the path of the file on a line of its own above the block or its code fence");
            var raw = RawBlock.Read(lines, isCline);
            var whose = dialect ?? raw.Dialect;
            if (whose is SearchDialect.Roo && raw.Search.TrueForAll(string.IsNullOrWhiteSpace))
            {
                throw input.Fault(offset, "empty-old", "the SEARCH part of the block is empty",
                    "write the whole file to make one, or search for a line beside the place");
            }

            found.Add((file, whose, raw.ToBlock(file, whose, path is not null), offset));
        }

        return found.Count > 0 ? Grouped(found, input) : throw input.Fault(0, "empty-batch",
            "there is no SEARCH/REPLACE block", "a block starts with a line \"<<<<<<< SEARCH\" or \"------- SEARCH\"");
    }

    private static RepoPath? Named(BlockLines lines, BatchInput input, BatchContext context) =>
        BlockFileName.Find(lines.All, lines.Next) is { } name
            ? JsonFields.PathAt(input, lines.Offset, name, context)
            : null;

    private static List<Operation> Grouped(
        List<(RepoPath Path, SearchDialect Dialect, SearchBlock Block, int Offset)> found, BatchInput input)
    {
        var operations = new List<Operation>();
        for (var i = 0; i < found.Count;)
        {
            var first = found[i];
            var blocks = new List<SearchBlock>();
            for (; i < found.Count && found[i].Path == first.Path && found[i].Dialect == first.Dialect; i++)
            {
                blocks.Add(found[i].Block);
            }

            // Roo's start lines mean the file before all blocks, and it takes them from the top.
            var (line, column) = input.At(first.Offset);
            operations.Add(new Operation.SearchReplace(first.Path,
                first.Dialect is SearchDialect.Roo ? [.. blocks.OrderBy(b => b.StartLine ?? 0)] : blocks, first.Dialect)
            {
                Origin = new Origin(operations.Count, line, column),
            });
        }

        return operations;
    }
}
