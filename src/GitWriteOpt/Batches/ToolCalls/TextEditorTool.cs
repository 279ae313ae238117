using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// Anthropic's text editor and memory tools: one tool with a <c>command</c>. As in their reference implementations,
/// <c>create</c> and <c>rename</c> do not overwrite, <c>str_replace</c> wants exactly one match, <c>insert</c> puts whole
/// lines after a line.
/// </summary>
internal static class TextEditorTool
{
    /// <summary>Whether a tool is one of them.</summary>
    public static bool Has(string name) =>
        name is "str_replace_based_edit_tool" or "str_replace_editor" or "memory" or "text_editor";

    /// <summary>The operation of a call.</summary>
    public static IEnumerable<Operation> Read(JsonFields fields, ToolPaths paths) =>
        fields.NeedText("command") switch
        {
            "create" => [Tool.Write(paths.Need(fields, "path"), fields.NeedString("file_text"), new Expectation.Absent())],
            "str_replace" => [Replace(fields, paths)],
            "insert" => [Insert(fields, paths)],
            "delete" => [new Operation.Delete(paths.Need(fields, "path"), Recursive: true)],
            "rename" => [new Operation.Move(paths.Need(fields, "old_path"), paths.Need(fields, "new_path"))],
            var other => throw fields.Need("command").Fault("unknown-operation",
                $"{fields.Owner} has the command \"{other}\", which is not read",
                "the commands are view, create, str_replace, insert, delete, rename"),
        };

    private static Operation.Edit Replace(JsonFields fields, ToolPaths paths)
    {
        var path = paths.Need(fields, "path");
        var old = fields.NeedString("old_str");
        if (old.Raw.IsEmpty)
        {
            throw old.Fault("empty-old", $"the field \"old_str\" of {fields.Owner} must not be empty");
        }

        // Without new_str the text is removed.
        return new Operation.Edit(path, [new Replacement(old.Text(), fields.FindText("new_str") ?? "")]);
    }

    private static Operation.Insert Insert(JsonFields fields, ToolPaths paths) =>
        new(paths.Need(fields, "path"), fields.NeedNumber("insert_line", least: 0),
            EditTool.AsLines(fields.NeedText("insert_text", "new_str")));
}
