using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>
/// Jupyter notebooks: what nbformat asks of version 4 and Jupyter stumbles over when it is missing. That it is JSON at
/// all is another rule's business.
/// </summary>
internal sealed class Notebook() : SyntaxRule(new RuleInfo("notebook", ErrorCategory.Format, CheckSeverity.Error,
    "a notebook without what nbformat 4 asks for: version, metadata, cells with type and source"))
{
    private const int DeepestNesting = 1 << 10;

    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) => EndsWith(path.Name, ".ipynb") ? "nbformat" : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes[(bytes.Length - TextPosition.Trim(bytes.Span).Length)..],
                new JsonDocumentOptions { MaxDepth = DeepestNesting });
        }
        catch (JsonException)
        {
            return [];
        }

        using (document)
        {
            return Objection(document.RootElement) is { } objection ? [new Sighting(path, objection)] : [];
        }
    }

    private static string? Objection(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return "expected a notebook, which is a JSON object";
        }

        if (!root.TryGetProperty("nbformat", out var format) || format.ValueKind != JsonValueKind.Number
            || !format.TryGetInt32(out var version))
        {
            return "expected the notebook's version in \"nbformat\", a number";
        }

        if (version != 4)
        {
            return null; // Older ones have worksheets, newer ones nobody knows.
        }

        return !root.TryGetProperty("nbformat_minor", out var minor) || minor.ValueKind != JsonValueKind.Number
                ? "expected \"nbformat_minor\", a number"
            : !root.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
                ? "expected \"metadata\", an object"
            : !root.TryGetProperty("cells", out var cells) || cells.ValueKind != JsonValueKind.Array
                ? "expected \"cells\", an array"
            : cells.EnumerateArray().Select(Cell).FirstOrDefault(objection => objection is not null);
    }

    private static string? Cell(JsonElement cell, int number)
    {
        var name = $"cell {number + 1}";
        if (cell.ValueKind != JsonValueKind.Object)
        {
            return $"{name}: expected an object";
        }

        if (!cell.TryGetProperty("cell_type", out var type) || type.ValueKind != JsonValueKind.String
            || type.GetString() is not ("code" or "markdown" or "raw"))
        {
            return $"{name}: expected \"cell_type\" to be code, markdown or raw";
        }

        if (!cell.TryGetProperty("source", out var source) || !(source.ValueKind == JsonValueKind.String
            || (source.ValueKind == JsonValueKind.Array && source.EnumerateArray().All(l => l.ValueKind == JsonValueKind.String))))
        {
            return $"{name}: expected \"source\", a text or an array of texts";
        }

        return !cell.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object
                ? $"{name}: expected \"metadata\", an object"
            : type.GetString() == "code" && (!cell.TryGetProperty("outputs", out var outputs) || outputs.ValueKind != JsonValueKind.Array)
                ? $"{name}: expected \"outputs\" of a code cell, an array"
            : null;
    }
}
