using GitWriteOpt.Batches.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.WorkspaceEdits;

/// <summary>
/// Reads a <c>WorkspaceEdit</c> of the language server protocol 3.17, bare or as it travels (<c>workspace/applyEdit</c>, a
/// code action, the answer to a rename). <c>documentChanges</c> is taken in order; <c>failureHandling</c> is transactional,
/// as everything here. Versions of documents are an editor's: only their type is checked.
/// </summary>
internal static class WorkspaceEditReader
{
    private static readonly string[] Wrappers = ["params", "result", "edit"];

    /// <summary>The edit in an object, where it holds one.</summary>
    public static JsonItem? EditOf(JsonItem item)
    {
        if (item.Find("documentChanges", "changes") is not null)
        {
            return item;
        }

        foreach (var name in Wrappers)
        {
            if (item.Find(name) is { IsObject: true } inner && EditOf(inner) is { } edit)
            {
                return edit;
            }
        }

        return null;
    }

    /// <summary>Reads a batch: one edit, or one a line.</summary>
    /// <exception cref="UsageException">It is none, or not as the protocol says.</exception>
    /// <exception cref="RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var operations = new List<Operation>();
        var warnings = new List<string>();
        string? label = null;
        foreach (var root in tape.Roots)
        {
            if (!root.IsObject)
            {
                throw root.Fault("wrong-type", $"a WorkspaceEdit must be an object, not {root.KindName}");
            }

            var edit = EditOf(root) ?? throw root.Fault("missing-field",
                "the WorkspaceEdit has neither \"documentChanges\" nor \"changes\"", "add one of them");
            label ??= root.Find("label", "title") is { IsString: true } text ? text.Text() : null;
            var unit = UnitOf(root.Find("positionEncoding") ?? edit.Find("positionEncoding"));
            var reader = new EditReader(context, unit, Annotations(edit, warnings));
            foreach (var operation in Operations(edit, reader, warnings))
            {
                operations.Add(operation with { Origin = operation.Origin with { Ordinal = operations.Count } });
            }
        }

        return new Batch(label, operations) { Warnings = warnings };
    }

    private static List<Operation> Operations(JsonItem edit, EditReader reader, List<string> warnings)
    {
        var fields = new JsonFields(edit, "the WorkspaceEdit");
        var ordered = fields.Find("documentChanges") is null ? null : Ordered(fields, reader);
        var mapped = fields.FindObject("changes", "the field \"changes\"") is { } changes ? Mapped(changes, reader) : null;
        if (ordered is null || mapped is null)
        {
            return ordered ?? mapped!;
        }

        // Some servers send both for old clients. The protocol prefers documentChanges; they must say the same.
        if (!Summary(ordered).SequenceEqual(Summary(mapped)))
        {
            throw fields.Need("changes").Fault("exclusive-fields",
                "the WorkspaceEdit has both \"documentChanges\" and \"changes\", and they differ", "leave one of them out");
        }

        warnings.Add("the WorkspaceEdit says the same in \"documentChanges\" and in \"changes\": the first was taken");
        return ordered;
    }

    private static List<Operation> Ordered(JsonFields fields, EditReader reader)
    {
        var operations = new List<Operation>();
        foreach (var change in fields.NeedObjects("documentChanges", "a document change"))
        {
            var (line, column) = change.Item.Position;
            var operation = change.Find("kind") is null ? reader.Document(change) : ResourceOperation.Read(change, reader);
            if (operation is not null)
            {
                operations.Add(operation with { Origin = new Origin(0, line, column) });
            }
        }

        return operations;
    }

    private static List<Operation> Mapped(JsonFields changes, EditReader reader)
    {
        var operations = new List<Operation>();
        foreach (var name in changes.Item.Members)
        {
            var (line, column) = name.Position;
            if (reader.Edits(name, name.Value) is { } operation)
            {
                operations.Add(operation with { Origin = new Origin(0, line, column) });
            }
        }

        return operations;
    }

    private static IEnumerable<string> Summary(List<Operation> operations) => operations.Select(operation =>
        operation is Operation.RangeEdit edit
            ? $"{edit.Path}: " + string.Join(", ", edit.Replacements.Select(r => $"{r.Start} {r.End} {r.Text}"))
            : operation.GetType().Name).Order(StringComparer.Ordinal);

    private static TextUnit UnitOf(JsonItem? encoding) => encoding is not { } item ? TextUnit.Utf16
        : item.Is("utf-16") ? TextUnit.Utf16
        : item.Is("utf-8") ? TextUnit.Utf8
        : item.Is("utf-32") ? TextUnit.CodePoint
        : throw item.Fault("unknown-encoding", "the field \"positionEncoding\" must be \"utf-8\", \"utf-16\" or \"utf-32\"");

    private static HashSet<string> Annotations(JsonItem edit, List<string> warnings)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (new JsonFields(edit, "the WorkspaceEdit").FindObject("changeAnnotations", "the annotations") is { } annotations)
        {
            foreach (var name in annotations.Item.Members)
            {
                known.Add(name.Text());
                if (annotations.NeedObject(name.Text(), "an annotation").Flag("needsConfirmation"))
                {
                    warnings.Add($"the server asks for a person's confirmation of the changes \"{name.Text()}\"");
                }
            }
        }

        return known;
    }
}
