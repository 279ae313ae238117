using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>The cells of a notebook, and how they are named.</summary>
internal sealed class NotebookCells
{
    private const int ListedIds = 10;

    /// <summary>The cells of a notebook.</summary>
    /// <param name="root">The notebook.</param>
    /// <param name="array">Its member <c>cells</c>.</param>
    public NotebookCells(JsonItem root, JsonItem array)
    {
        Array = array;
        foreach (var cell in array.Items)
        {
            Cells.Add(cell.IsObject ? cell : throw cell.Fault("wrong-type", $"a cell must be an object, not {cell.KindName}"));
        }

        // Ids came with nbformat 4.5.
        var (major, minor) = (root.Find("nbformat")?.Number() ?? 4, root.Find("nbformat_minor")?.Number() ?? 0);
        HasIds = major > 4 || (major == 4 && minor >= 5);
        Style = NotebookStyle.Of(root, array);
        SourcesAreArrays = Cells.Count == 0 || Cells.Exists(c => c.Find("source") is { IsArray: true });
    }

    /// <summary>The array.</summary>
    public JsonItem Array { get; }

    /// <summary>The cells, in order.</summary>
    public List<JsonItem> Cells { get; } = [];

    /// <summary>Whether cells must have ids.</summary>
    public bool HasIds { get; }

    /// <summary>Whether a new source is written as an array of lines.</summary>
    public bool SourcesAreArrays { get; }

    /// <summary>How the notebook is written.</summary>
    public NotebookStyle Style { get; }

    /// <summary>The index of a cell.</summary>
    /// <exception cref="RefusedException"><c>cell-not-found</c>, with the ids that there are.</exception>
    public int Find(CellReference cell)
    {
        var index = cell.Id is null ? cell.Index ?? -1 : Cells.FindIndex(c => IdOf(c) == cell.Id);
        if (index < 0 && cell.Id is { } id && id.StartsWith("cell-", StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            index = number;
        }

        return index >= 0 && index < Cells.Count ? index : throw NotFound(cell);
    }

    /// <summary>The index that a new cell gets: after a cell named by id, at an index, else 0.</summary>
    public int Position(CellReference? where) => where switch
    {
        null => 0,
        { Id: not null } => Find(where) + 1,
        { Index: { } index } when index <= Cells.Count => index,
        _ => throw NotFound(where),
    };

    /// <summary>An id that no cell has; a plan and its application make the same one.</summary>
    public string NewId(string source)
    {
        for (var round = 0; ; round++)
        {
            var seed = Encoding.UTF8.GetBytes($"{round} {Cells.Count} {source}");
            var id = Convert.ToHexStringLower(SHA256.HashData(seed))[..8];
            if (!Cells.Exists(c => IdOf(c) == id))
            {
                return id;
            }
        }
    }

    private static string? IdOf(JsonItem cell) => cell.Find("id") is { Kind: JsonTokenType.String } id ? id.Text() : null;

    private RefusedException NotFound(CellReference cell)
    {
        var ids = Cells.Select(IdOf).OfType<string>().ToList();
        return new RefusedException(new WriteError(ErrorCategory.Conflict, "cell-not-found",
            $"the notebook has no cell {(cell.Id is null ? $"{cell.Index}" : $"\"{cell.Id}\"")}: it has {Cells.Count} cells"
            + (ids.Count == 0 ? "" : ", with the ids " + string.Join(", ", ids.Take(ListedIds))
                + (ids.Count > ListedIds ? ", ..." : "")))
        {
            Suggestion = $"name a cell by its id, or by its index from 0 as cell-<n>",
        });
    }
}
