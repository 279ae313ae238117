using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// The tools that replace text: Claude Code's Edit and MultiEdit, Gemini's replace, OpenCode's edit, VS Code's
/// replace_string_in_file, Roo's edit_file, the MCP file system's edit_file, Cline's editor. They differ in spelling; the
/// text must occur exactly once unless the call says otherwise, and an empty old text makes a file that must be absent
/// (OpenCode, known by <c>oldString</c> and the name <c>edit</c>: overwrites).
/// </summary>
internal static class EditTool
{
    private static readonly string[] Old = ["old_string", "oldString", "oldText", "old_str", "old_text"];
    private static readonly string[] New = ["new_string", "newString", "newText", "new_str", "new_text"];

    /// <summary>One replacement, or several under <c>edits</c>.</summary>
    public static IEnumerable<Operation> Read(JsonFields fields, ToolPaths paths)
    {
        var path = paths.Need(fields, ToolPaths.Names);
        if (fields.Find("edits") is null)
        {
            return Edits(path, fields, [fields]);
        }

        var edits = new List<JsonFields>();
        foreach (var item in fields.NeedArray("edits").Items)
        {
            edits.Add(item.IsObject
                ? new JsonFields(item, $"an edit in {fields.Owner}")
                : throw fields.WrongType(item, "edits", "an array of objects"));
        }

        return edits.Count > 0
            ? Edits(path, fields, edits)
            : throw fields.Need("edits").Fault("empty-edits", $"the field \"edits\" of {fields.Owner} is empty");
    }

    /// <summary>VS Code's list of replacements, each with its file.</summary>
    public static IEnumerable<Operation> ReadMany(JsonFields fields, ToolPaths paths)
    {
        var operations = new List<Operation>();
        foreach (var item in fields.NeedArray("replacements").Items)
        {
            var edit = new JsonFields(item.IsObject ? item
                : throw fields.WrongType(item, "replacements", "an array of objects"), $"a replacement in {fields.Owner}");
            operations.AddRange(Edits(paths.Need(edit, ToolPaths.Names), edit, [edit]));
        }

        return operations;
    }

    /// <summary>Cline's editor: replaces, inserts before a line (from 1), or makes a file.</summary>
    public static IEnumerable<Operation> ReadEditor(JsonFields fields, ToolPaths paths)
    {
        if (fields.Find("old_text") is { IsString: true })
        {
            return Read(fields, paths);
        }

        var path = paths.Need(fields, ToolPaths.Names);
        return fields.FindNumber("insert_line", least: 1) is { } line
            ? [new Operation.Insert(path, line - 1, AsLines(fields.NeedText("new_text")))]
            : [Tool.Write(path, fields.NeedString("new_text"), new Expectation.Absent())];
    }

    /// <summary>The text as whole lines.</summary>
    public static string AsLines(string text) => text.EndsWith('\n') ? text : text + "\n";

    private static List<Operation> Edits(Paths.RepoPath path, JsonFields call, List<JsonFields> edits)
    {
        var operations = new List<Operation>();
        if (edits.TrueForAll(e => e.Find("oldText") is not null))
        {
            // The MCP file system server finds lines that differ in white space too.
            operations.Add(new Operation.SearchReplace(path, [.. edits.Select(McpBlock)], SearchDialect.Mcp));
            return operations;
        }

        var replacements = new List<Replacement>();
        for (var i = 0; i < edits.Count; i++)
        {
            var old = edits[i].NeedString(Old);
            if (!old.Raw.IsEmpty)
            {
                replacements.Add(Replacement(edits[i], old.Text()));
                continue;
            }

            if (i > 0)
            {
                throw EmptyOld(old, edits[i]);
            }

            var overwrites = call.Owner == "the call of \"edit\"" && edits[i].Find("oldString") is not null;
            operations.Add(Tool.Write(path, edits[i].NeedString(New),
                overwrites ? Expectation.Nothing : new Expectation.Absent()));
        }

        if (replacements.Count > 0)
        {
            operations.Add(new Operation.Edit(path, replacements));
        }

        return operations;
    }

    private static SearchBlock McpBlock(JsonFields edit)
    {
        var old = edit.NeedString("oldText");
        return old.Raw.IsEmpty
            ? throw EmptyOld(old, edit)
            : new SearchBlock(old.Text(), edit.NeedText("newText"), null, old.Position.Line);
    }

    private static Errors.UsageException EmptyOld(JsonItem old, JsonFields edit) =>
        old.Fault("empty-old", $"the old text of {edit.Owner} must not be empty");

    private static Replacement Replacement(JsonFields fields, string old)
    {
        var text = fields.NeedText(New);
        var all = fields.Flag("replace_all", "replaceAll", "allow_multiple");
        var count = fields.FindNumber("expected_replacements", least: 1);
        return new Replacement(old, text, all || count > 1) { ExpectedCount = count };
    }
}
