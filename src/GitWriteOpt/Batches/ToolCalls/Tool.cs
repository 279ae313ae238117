using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>Gives each call to its tool's dialect. Names are taken as they are spelled by their hosts, in any case.</summary>
internal static class Tool
{
    /// <summary>The operations that a call stands for.</summary>
    /// <exception cref="Errors.UsageException">The tool is not known, or its arguments are wrong.</exception>
    public static IEnumerable<Operation> Read(ToolCall call, BatchContext context, List<string> warnings)
    {
        if (PatchCarrier.IsAt(call))
        {
            return PatchCarrier.Read(call, context);
        }

        var fields = new JsonFields(call.Input, $"the call of \"{call.Name}\"");
        if (!call.Input.IsObject)
        {
            throw fields.WrongType(call.Input, "input", "an object");
        }

        if (TextEditorTool.Has(call.Name))
        {
            return TextEditorTool.Read(fields, new ToolPaths(call, context, warnings));
        }

        var paths = new ToolPaths(call, context, warnings);
#pragma warning disable CA1308 // The table below is written in lower case, as most hosts spell their tools.
        return call.Name.ToLowerInvariant() switch
#pragma warning restore CA1308
        {
            "write" or "write_file" or "write_to_file" =>
                [Write(fields, paths, Expectation.Nothing)],
            "create_file" => [Write(fields, paths, new Expectation.Absent())],
            "edit" or "replace" or "edit_file" or "multiedit" or "multi_edit" or "replace_string_in_file"
                or "search_replace" =>
                EditTool.Read(fields, paths),
            "multi_replace_string_in_file" => EditTool.ReadMany(fields, paths),
            "editor" => EditTool.ReadEditor(fields, paths),
            "move_file" or "rename_file" or "rename" or "move" =>
            [
                new Operation.Move(paths.Need(fields, "source", "old_path", "oldPath", "from"),
                    paths.Need(fields, "destination", "new_path", "newPath", "to")),
            ],
            "delete" or "delete_file" or "remove_file" =>
                [new Operation.Delete(paths.Need(fields, [.. ToolPaths.Names, "target_file"]))],
            "notebookedit" or "notebook_edit" => NotebookTool.Read(fields, paths),
            "edit_notebook_file" => NotebookTool.ReadCopilot(fields, paths),
            "replace_in_file" => BlockTool.Read(fields, paths, SearchDialect.Cline),
            "apply_diff" => BlockTool.Read(fields, paths, SearchDialect.Roo),
            "insert_content" => BlockTool.ReadInsert(fields, paths),
            _ => throw call.Place.Fault("unknown-tool", $"the tool \"{call.Name}\" is not known",
                "leave the call out, or give its writes as a native batch"),
        };
    }

    /// <summary>A whole file, as tools write it: text that follows <c>.gitattributes</c> where the file is new.</summary>
    public static Operation.Write Write(JsonFields fields, ToolPaths paths, Expectation expect) =>
        Write(paths.Need(fields, ToolPaths.Names), fields.NeedString("content", "file_text", "contents"), expect);

    /// <summary>Likewise, of this text.</summary>
    public static Operation.Write Write(RepoPath path, JsonItem text, Expectation expect) =>
        new(path, Content.Of(text.Utf8())) { NewFileFollowsAttributes = true, Expect = expect };
}
