using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.WorkspaceEdits;

/// <summary>Reads the text edits of one document.</summary>
/// <param name="context">What names are relative to.</param>
/// <param name="unit">What columns count.</param>
/// <param name="annotations">The annotations that edits may name.</param>
internal sealed class EditReader(BatchContext context, TextUnit unit, IReadOnlySet<string> annotations)
{
    /// <summary>What names are relative to.</summary>
    public BatchContext Context => context;

    /// <summary>A <c>TextDocumentEdit</c>; null where it has no edits.</summary>
    public Operation? Document(JsonFields change)
    {
        var document = change.NeedObject("textDocument", "the textDocument");
        if (document.Find("version") is { } version && version.Kind is not System.Text.Json.JsonTokenType.Null
            && version.Number() is null)
        {
            throw document.WrongType(version, "version", "a whole number or null");
        }

        return Edits(document.NeedString("uri"), change.NeedArray("edits"));
    }

    /// <summary>The edits of a document; null where there is none.</summary>
    public Operation? Edits(JsonItem uri, JsonItem edits)
    {
        if (!edits.IsArray)
        {
            throw edits.Fault("wrong-type", $"the edits of a document must be an array, not {edits.KindName}");
        }

        var path = FileUri.Parse(uri, context);
        var replacements = new List<RangeReplacement>();
        foreach (var item in edits.Items)
        {
            replacements.Add(Edit(item));
        }

        return replacements.Count == 0 ? null : new Operation.RangeEdit(path, replacements);
    }

    /// <summary>Refuses an annotation that the edit does not declare.</summary>
    public void CheckAnnotation(JsonFields fields)
    {
        if (fields.FindText("annotationId") is { } id && !annotations.Contains(id))
        {
            throw fields.Need("annotationId").Fault("unknown-annotation",
                $"the annotation \"{id}\" is not in the edit's \"changeAnnotations\"");
        }
    }

    private RangeReplacement Edit(JsonItem item)
    {
        if (!item.IsObject)
        {
            throw item.Fault("wrong-type", $"a text edit must be an object, not {item.KindName}");
        }

        var fields = new JsonFields(item, "the text edit");
        if (fields.Find("snippet") is { } snippet || fields.Find("insertTextFormat") is { } format && format.Number() == 2)
        {
            throw item.Fault("unsupported-edit", "the text edit is a snippet, whose places a person has to fill in",
                "ask the server for plain text edits");
        }

        CheckAnnotation(fields);
        var range = fields.NeedObject("range", "the range");
        return new RangeReplacement(Position(range, "start"), Position(range, "end"), fields.NeedText("newText"))
        {
            Line = item.Position.Line,
        };
    }

    private TextPosition.LineColumn Position(JsonFields range, string name)
    {
        var place = range.NeedObject(name, $"the {name} of the range");
        return new TextPosition.LineColumn(place.NeedNumber("line", 0), place.NeedNumber("character", 0), unit)
        {
            IsProtocol = true,
        };
    }
}
