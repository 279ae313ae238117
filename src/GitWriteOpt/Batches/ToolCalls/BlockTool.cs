using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.SearchBlocks;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// The tools that carry SEARCH/REPLACE blocks for one file, Cline's replace_in_file and Roo's apply_diff, and Roo's
/// insert_content.
/// </summary>
internal static class BlockTool
{
    /// <summary>The blocks in <c>diff</c>; Roo's may be a list, each with its text in <c>content</c>.</summary>
    public static IEnumerable<Operation> Read(JsonFields fields, ToolPaths paths, SearchDialect dialect)
    {
        // Roo's form for several files: {"args":{"file":[{"path","diff"}]}}.
        if (fields.FindObject("args", "the arguments") is { } args)
        {
            return args.Need("file").IsArray
                ? [.. args.NeedObjects("file", "the file").SelectMany(file => Read(file, paths, dialect))]
                : Read(args.NeedObject("file", "the file"), paths, dialect);
        }

        var path = paths.Need(fields, ToolPaths.Names);
        var diff = fields.Need("diff");
        return diff.IsArray || diff.IsObject
            ? [.. (diff.IsArray ? fields.NeedObjects("diff", "the diff") : [fields.NeedObject("diff", "the diff")])
                .SelectMany(part => Blocks(part.NeedString("content"), path, dialect))]
            : Blocks(fields.NeedString("diff"), path, dialect);
    }

    /// <summary>Roo's insertion before a line, from 1; 0 is the end.</summary>
    public static IEnumerable<Operation> ReadInsert(JsonFields fields, ToolPaths paths)
    {
        var path = paths.Need(fields, ToolPaths.Names);
        var (line, text) = (fields.NeedNumber("line", 0), EditTool.AsLines(fields.NeedText("content")));
        return line > 0
            ? [new Operation.Insert(path, line - 1, text)]
            : [new Operation.SearchReplace(path, [new SearchBlock("", text)], SearchDialect.Aider)];
    }

    private static IReadOnlyList<Operation> Blocks(JsonItem text, Paths.RepoPath path, SearchDialect dialect) =>
        SearchBlockReader.ReadFor(text.Tape.Input.Carried(text.Utf8(), text.Offset, "diff"), path, dialect);
}
