using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches;

/// <summary>Reads the operations of a native batch, each by its <c>op</c>.</summary>
/// <param name="context">What names are relative to.</param>
/// <param name="operations">Where the operations go.</param>
/// <param name="warnings">Where warnings go.</param>
internal sealed class NativeOperation(BatchContext context, List<Operation> operations, List<string> warnings)
{
    private const string Kinds =
        "write, edit, insert, patch, delete, move, copy, chmod, symlink, template";

    /// <summary>Reads operations in order.</summary>
    public void ReadAll(JsonItems items)
    {
        foreach (var item in items)
        {
            Read(item);
        }
    }

    private void Read(JsonItem item)
    {
        if (!item.IsObject)
        {
            throw item.Fault("wrong-type", $"an operation must be an object, not {item.KindName}");
        }

        var name = new JsonFields(item, "the operation").NeedText("op");
        var fields = new JsonFields(item, $"the operation \"{name}\"");
        var (line, column) = item.Position;
        var origin = new Origin(operations.Count, line, column);
        if (name == "patch")
        {
            AddPatch(fields, origin);
            return;
        }

        Operation operation = name switch
        {
            "write" => Write(fields),
            "edit" => Edit(fields),
            "insert" => Insert(fields),
            "delete" => Delete(fields),
            "move" => Move(fields),
            "copy" => Copy(fields),
            "chmod" => ChangeMode(fields),
            "symlink" => Link(fields),
            "template" => Template(fields),
            _ => throw fields.Need("op").Fault("unknown-operation", $"there is no operation \"{name}\"",
                $"the operations are {Kinds}"),
        };
        operations.Add(operation with { Origin = origin, Expect = NativeExpectation.Read(fields) });
    }

    private Operation.Write Write(JsonFields fields)
    {
        fields.Allow("op", "path", "content", "source", "encoding", "mode", "expect");
        return new Operation.Write(Path(fields), NativeContent.Read(fields, context), NativeContent.Executable(fields));
    }

    private Operation.Edit Edit(JsonFields fields)
    {
        fields.Allow("op", "path", "edits", "expect");
        var path = Path(fields);
        var edits = fields.NeedArray("edits");
        if (edits.Items.IsEmpty)
        {
            throw edits.Fault("empty-edits", $"the field \"edits\" of {fields.Owner} is empty");
        }

        var replacements = new List<Replacement>();
        foreach (var item in edits.Items)
        {
            if (!item.IsObject)
            {
                throw fields.WrongType(item, "edits", "an array of objects");
            }

            var edit = new JsonFields(item, "an edit");
            edit.Allow("old", "new", "all");
            var old = edit.NeedString("old");
            if (old.Raw.IsEmpty)
            {
                throw old.Fault("empty-old", "the field \"old\" of an edit must not be empty",
                    "use \"insert\" to add text, \"write\" to make a file");
            }

            replacements.Add(new Replacement(old.Text(), edit.NeedText("new"), edit.Flag("all")));
        }

        return new Operation.Edit(path, replacements);
    }

    private Operation.Insert Insert(JsonFields fields)
    {
        fields.Allow("op", "path", "line", "text", "expect");
        return new Operation.Insert(Path(fields), fields.NeedNumber("line", least: 0), fields.NeedText("text"));
    }

    private Operation.Delete Delete(JsonFields fields)
    {
        fields.Allow("op", "path", "expect");
        return new Operation.Delete(Path(fields));
    }

    private Operation.Move Move(JsonFields fields)
    {
        fields.Allow("op", "from", "to", "expect");
        return new Operation.Move(fields.NeedPath(context, "from"), fields.NeedPath(context, "to"));
    }

    private Operation.Copy Copy(JsonFields fields)
    {
        fields.Allow("op", "from", "to", "expect");
        return new Operation.Copy(fields.NeedPath(context, "from"), fields.NeedPath(context, "to"));
    }

    private Operation.ChangeMode ChangeMode(JsonFields fields)
    {
        fields.Allow("op", "path", "executable", "expect");
        return new Operation.ChangeMode(Path(fields), fields.NeedFlag("executable"));
    }

    private Operation.Link Link(JsonFields fields)
    {
        fields.Allow("op", "path", "target", "expect");
        var path = Path(fields);
        var target = fields.NeedText("target");
        return target.Length > 0 && !target.Contains('\0', StringComparison.Ordinal)
            ? new Operation.Link(path, target)
            : throw fields.Need("target").Fault("bad-target",
                "the target of a symbolic link must not be empty or contain NUL");
    }

    private static Operation.Template Template(JsonFields fields)
    {
        fields.Allow("op", "name", "parameters", "expect");
        var name = fields.NeedText("name");
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Find("parameters") is { } given)
        {
            if (!given.IsObject)
            {
                throw fields.WrongType(given, "parameters", "an object of strings");
            }

            foreach (var member in given.Members)
            {
                parameters[member.Text()] = member.Value.IsString
                    ? member.Value.Text()
                    : throw fields.WrongType(member.Value, member.Text(), "a string");
            }
        }

        return new Operation.Template(name, parameters);
    }

    private void AddPatch(JsonFields fields, Origin origin)
    {
        fields.Allow("op", "diff", "expect");
        var diff = fields.NeedString("diff");
        var input = diff.Tape.Input.Carried(diff.Utf8(), diff.Offset, "diff");
        var expect = NativeExpectation.Read(fields);
        foreach (var patch in DiffReader.Read(input, context, warnings).Patches)
        {
            operations.Add(patch with { Origin = origin with { Ordinal = operations.Count }, Expect = expect });
            expect = Expectation.Nothing;
        }
    }

    private Paths.RepoPath Path(JsonFields fields) => fields.NeedPath(context, "path");
}
