using System.Globalization;
using System.Text;
using GitWriteOpt.Batches.Json;

namespace GitWriteOpt.Planning.Text;

/// <summary>How a notebook is written: indented or on one line, and with what between a name and its value.</summary>
/// <param name="Indented">Whether members stand on lines of their own.</param>
/// <param name="Cells">The indentation of a cell.</param>
/// <param name="CellsEnd">The indentation of the bracket that closes the cells.</param>
/// <param name="Keys">The indentation of a cell's members.</param>
/// <param name="Step">One level more.</param>
/// <param name="Colon">What stands between a name and its value.</param>
/// <param name="Comma">What stands between values on one line.</param>
internal sealed record NotebookStyle(
    bool Indented, string Cells, string CellsEnd, string Keys, string Step, string Colon, string Comma)
{
    /// <summary>What stands between two cells, after the comma.</summary>
    public string Between => Indented ? Break(Cells) : Comma[1..];

    /// <summary>Learns the style from the notebook's first members and cells.</summary>
    public static NotebookStyle Of(JsonItem root, JsonItem cells)
    {
        var first = root.Members.First;
        var colon = TextBetween(root, End(first), first.Value.Offset);
        if (Lead(root, first.Offset) is not { } top)
        {
            return new NotebookStyle(false, "", "", "", "", colon, colon == ":" ? "," : ", ");
        }

        var cell = cells.Items.IsEmpty ? (JsonItem?)null : cells.Items.First;
        var inner = cell is { IsObject: true, Members.IsEmpty: false } full ? Lead(root, full.Members.First.Offset) : null;
        var place = (cell is { } item ? Lead(root, item.Offset) : null) ?? top + top;
        return new NotebookStyle(true, place, top, inner ?? place + top, top, colon, ",");
    }

    /// <summary>A line break with an indentation; nothing where all is on one line.</summary>
    public string Break(string indent) => Indented ? "\n" + indent : "";

    /// <summary>A cell with these members.</summary>
    public string Cell(IEnumerable<(string Name, string Value)> members) =>
        "{" + Break(Keys)
        + string.Join(Indented ? "," + Break(Keys) : Comma, members.Select(m => Quoted(m.Name) + Colon + m.Value))
        + Break(Cells) + "}";

    /// <summary>A source as a string, or as an array of lines with their line feeds.</summary>
    public string Source(string text, bool asArray, string indent)
    {
        if (!asArray)
        {
            return Quoted(text);
        }

        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var feed = text.IndexOf('\n', start);
            var end = feed < 0 ? text.Length : feed + 1;
            lines.Add(Quoted(text[start..end]));
            start = end;
        }

        return lines.Count == 0 ? "[]"
            : "[" + Break(indent + Step) + string.Join(Indented ? "," + Break(indent + Step) : Comma, lines)
                + Break(indent) + "]";
    }

    /// <summary>A JSON string; other characters than control characters stay as they are.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' => quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A value as it is written.</summary>
    public static string Written(JsonItem item) => TextBetween(item, item.Offset, End(item));

    /// <summary>The offset behind a value or name, its quote included.</summary>
    public static int End(JsonItem item) =>
        item.Offset + item.Raw.Length + (item.Kind is System.Text.Json.JsonTokenType.String
            or System.Text.Json.JsonTokenType.PropertyName ? 2 : 0);

    private static string TextBetween(JsonItem item, int start, int end) =>
        Encoding.UTF8.GetString(item.Tape.Input.Body.Span[start..end]);

    // The blanks before a place on its line, where nothing else stands there.
    private static string? Lead(JsonItem item, int offset)
    {
        var before = item.Tape.Input.Body.Span[..offset];
        var feed = before.LastIndexOf((byte)'\n');
        return feed >= 0 && before[(feed + 1)..].IndexOfAnyExcept(" \t"u8) < 0
            ? Encoding.UTF8.GetString(before[(feed + 1)..])
            : null;
    }
}
