using System.Text;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Edits one cell of a notebook (nbformat 4) in its text, so that nothing else changes by a byte: order of members,
/// indentation, final line end. As in Claude Code's NotebookEdit a code cell that gets a new source loses its outputs and
/// its execution count. The form of a source, a string or an array of lines, is kept.
/// </summary>
internal static class NotebookEditing
{
    /// <summary>The notebook with the change made.</summary>
    /// <exception cref="RefusedException"><c>malformed-notebook</c> or <c>cell-not-found</c>.</exception>
    public static TextFile Apply(TextFile file, NotebookChange change)
    {
        var notebook = Read(file);
        var splices = change switch
        {
            NotebookChange.Replace replace => Replace(notebook, replace),
            NotebookChange.Insert insert => [Insert(notebook, insert)],
            NotebookChange.Delete delete => [Remove(notebook, notebook.Find(delete.Cell))],
            _ => throw new InvalidOperationException($"a change of a kind that is not known: {change}"),
        };
        return file.Splice([.. splices.OrderBy(s => s.Start)]);
    }

    private static NotebookCells Read(TextFile file)
    {
        try
        {
            var tape = JsonTape.Parse(Batches.BatchInput.Verbatim(file.Folded.ToArray(), "notebook"));
            return tape.Roots is { IsSingle: true, First: { IsObject: true } root }
                && root.Find("cells") is { IsArray: true } cells
                ? new NotebookCells(root, cells)
                : throw Malformed("it has no array \"cells\"", null);
        }
        catch (UsageException e)
        {
            throw Malformed(e.Error.Message, e);
        }
    }

    private static List<TextSplice> Replace(NotebookCells notebook, NotebookChange.Replace change)
    {
        var cell = notebook.Cells[notebook.Find(change.Cell)];
        var type = cell.Find("cell_type") is { IsString: true } t ? t.Text() : throw Malformed("a cell has no type", null);
        var source = cell.Find("source") ?? throw Malformed("a cell has no source", null);
        var style = notebook.Style;
        var fresh = style.Source(change.Source, source.IsArray, style.Keys);
        if (change.CellType is { } wanted && wanted != type)
        {
            return [Splice(cell, Retyped(notebook, cell, wanted, fresh))];
        }

        var splices = new List<TextSplice> { Splice(source, fresh) };
        if (type == "code")
        {
            splices.AddRange(cell.Find("outputs") is { } outputs ? [Splice(outputs, "[]")] : []);
            splices.AddRange(cell.Find("execution_count") is { } count ? [Splice(count, "null")] : []);
        }

        return splices;
    }

    // The other members of the cell stay as they are written; what only code cells have comes or goes.
    private static string Retyped(NotebookCells notebook, JsonItem cell, string type, string source)
    {
        var members = new List<(string Name, string Value)>();
        foreach (var name in cell.Members)
        {
            var key = name.Text();
            if (key is not ("outputs" or "execution_count"))
            {
                members.Add((key, key switch
                {
                    "cell_type" => NotebookStyle.Quoted(type),
                    "source" => source,
                    _ => NotebookStyle.Written(name.Value),
                }));
            }
        }

        if (type == "code")
        {
            members.Add(("execution_count", "null"));
            members.Add(("outputs", "[]"));
            members.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        }

        return notebook.Style.Cell(members);
    }

    private static TextSplice Insert(NotebookCells notebook, NotebookChange.Insert change)
    {
        var style = notebook.Style;
        var members = new List<(string Name, string Value)> { ("cell_type", NotebookStyle.Quoted(change.CellType)) };
        var isCode = change.CellType == "code";
        members.AddRange(isCode ? [("execution_count", "null")] : []);
        members.AddRange(notebook.HasIds ? [("id", NotebookStyle.Quoted(notebook.NewId(change.Source)))] : []);
        members.Add(("metadata", "{}"));
        members.AddRange(isCode ? [("outputs", "[]")] : []);
        members.Add(("source", style.Source(change.Source, notebook.SourcesAreArrays, style.Keys)));
        var text = style.Cell(members);
        var cells = notebook.Cells;
        if (cells.Count == 0)
        {
            return Splice(notebook.Array, "[" + style.Break(style.Cells) + text + style.Break(style.CellsEnd) + "]");
        }

        var at = change.Last ? cells.Count : notebook.Position(change.Where);
        return at == 0
            ? At(cells[0].Offset, text + "," + style.Between)
            : At(NotebookStyle.End(cells[at - 1]), "," + style.Between + text);
    }

    private static TextSplice Remove(NotebookCells notebook, int at)
    {
        var cells = notebook.Cells;
        if (cells.Count == 1)
        {
            return Splice(notebook.Array, "[]");
        }

        var (start, end) = at + 1 < cells.Count
            ? (cells[at].Offset, cells[at + 1].Offset)
            : (NotebookStyle.End(cells[at - 1]), NotebookStyle.End(cells[at]));
        return new TextSplice(start, end - start, default);
    }

    private static TextSplice Splice(JsonItem item, string text) =>
        new(item.Offset, NotebookStyle.End(item) - item.Offset, Encoding.UTF8.GetBytes(text));

    private static TextSplice At(int offset, string text) => new(offset, 0, Encoding.UTF8.GetBytes(text));

    private static RefusedException Malformed(string why, Exception? cause) =>
        new(new WriteError(ErrorCategory.Format, "malformed-notebook", $"the file is not a notebook (nbformat 4): {why}")
        {
            Suggestion = "edit it as text, or write the whole file",
        }, cause);
}
