using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// The tools that edit a notebook's cell: Claude Code's NotebookEdit (by <c>cell_id</c>, or <c>cell_number</c> from 0 as in
/// older versions) and VS Code's edit_notebook_file (<c>TOP</c> and <c>BOTTOM</c> stand for the ends).
/// </summary>
internal static class NotebookTool
{
    private const string Suffix = ".ipynb";

    /// <summary>Claude Code's. An insertion without a cell goes to the start and needs a type.</summary>
    public static IEnumerable<Operation> Read(JsonFields fields, ToolPaths paths)
    {
        var path = NeedNotebook(fields, paths, "notebook_path", "file_path", "path");
        var cell = Cell(fields);
        var type = Type(fields, "cell_type");
        NotebookChange change = fields.FindText("edit_mode") switch
        {
            null or "replace" => new NotebookChange.Replace(
                cell ?? throw NoCell(fields, "cell_id"), fields.NeedText("new_source"), type),
            "insert" => new NotebookChange.Insert(cell, fields.NeedText("new_source"),
                type ?? throw fields.Item.Fault("missing-field",
                    $"{fields.Owner} inserts a cell and has no field \"cell_type\"",
                    "add \"cell_type\": \"code\" or \"markdown\"")),
            "delete" => new NotebookChange.Delete(cell ?? throw NoCell(fields, "cell_id")),
            var other => throw fields.Need("edit_mode").Fault("unknown-operation",
                $"{fields.Owner} has the edit_mode \"{other}\"", "the modes are replace, insert, delete"),
        };
        return [new Operation.NotebookEdit(path, change)];
    }

    /// <summary>VS Code's.</summary>
    public static IEnumerable<Operation> ReadCopilot(JsonFields fields, ToolPaths paths)
    {
        var path = NeedNotebook(fields, paths, "filePath");
        var id = fields.FindText("cellId");
        var type = fields.FindText("language") == "markdown" ? "markdown" : "code";
        NotebookChange change = fields.NeedText("editType") switch
        {
            "edit" => new NotebookChange.Replace(Named(fields, id), Code(fields),
                fields.Find("language") is null ? null : type),
            "delete" => new NotebookChange.Delete(Named(fields, id)),
            "insert" => Inserted(id, Code(fields), type),
            var other => throw fields.Need("editType").Fault("unknown-operation",
                $"{fields.Owner} has the editType \"{other}\"", "the types are insert, edit, delete"),
        };
        return [new Operation.NotebookEdit(path, change)];
    }

    private static NotebookChange.Insert Inserted(string? id, string code, string type)
    {
        var cell = id is null or "TOP" or "BOTTOM" ? null : new CellReference(id, null);
        return new NotebookChange.Insert(cell, code, type) { Last = id == "BOTTOM" };
    }

    private static Paths.RepoPath NeedNotebook(JsonFields fields, ToolPaths paths, params ReadOnlySpan<string> names)
    {
        var path = paths.Need(fields, names);
        return path.Value.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? path
            : throw fields.Need(names).Fault("not-a-notebook",
                $"{fields.Owner} names \"{path}\", which is no notebook ({Suffix})",
                "edit other files with Edit or Write");
    }

    private static CellReference? Cell(JsonFields fields)
    {
        var number = fields.FindNumber("cell_number", 0);
        if (fields.Find("cell_id") is { } both && number is not null)
        {
            throw both.Fault("exclusive-fields", $"{fields.Owner} has both \"cell_id\" and \"cell_number\"",
                "leave one of them out");
        }

        return number is not null ? new CellReference(null, number)
            : fields.FindText("cell_id") is { } id ? new CellReference(id, null)
            : null;
    }

    private static string? Type(JsonFields fields, string name) => fields.FindText(name) switch
    {
        null => null,
        "code" or "markdown" or "raw" => fields.FindText(name),
        var other => throw fields.Need(name).Fault("bad-cell-type",
            $"{fields.Owner} has the cell type \"{other}\"", "the types are code and markdown"),
    };

    private static CellReference Named(JsonFields fields, string? id) => new(id ?? throw NoCell(fields, "cellId"), null);

    // A string, or an array of lines.
    private static string Code(JsonFields fields)
    {
        var code = fields.Need("newCode");
        if (!code.IsArray)
        {
            return fields.NeedText("newCode");
        }

        var lines = new List<string>();
        foreach (var line in code.Items)
        {
            lines.Add(line.IsString ? line.Text() : throw fields.WrongType(line, "newCode", "an array of strings"));
        }

        return string.Join('\n', lines);
    }

    private static Errors.UsageException NoCell(JsonFields fields, string name) =>
        fields.Item.Fault("missing-field", $"{fields.Owner} has no field \"{name}\"",
            $"add \"{name}\": only an insertion goes without");
}
