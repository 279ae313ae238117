using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>
/// Reads the JSON form of <c>apply_patch</c> (V4A): <c>{type, path, diff, move_to}</c>. Its chunks are found by rules of
/// their own, and may have several <c>@@</c> lines, each of which narrows the one before.
/// </summary>
internal static class V4AReader
{
    /// <summary>Whether an object is one.</summary>
    public static bool IsAt(JsonItem item) =>
        item.Find("type") is { } type && item.Find("path") is not null
        && (type.Is("create_file") || type.Is("update_file") || type.Is("delete_file"));

    /// <summary>Reads the operations that it stands for.</summary>
    public static IEnumerable<Operation> Read(JsonItem item, BatchContext context)
    {
        var fields = new JsonFields(item, "the patch call");
        var path = fields.NeedPath(context, "path");
        if (fields.Need("type").Is("delete_file"))
        {
            return [new Operation.Delete(path)];
        }

        var target = fields.FindText("move_to") is null ? null : fields.NeedPath(context, "move_to");
        if (fields.Need("type").Is("update_file") && fields.Find("diff") is null && target is not null)
        {
            return [new Operation.Move(path, target, Overwrite: true)];
        }

        var diff = fields.NeedString("diff");
        var input = item.Tape.Input.Carried(diff.Utf8(), diff.Offset, "diff");
        var lines = new PatchLines(input, 0, input.Body.Length);
        return fields.Need("type").Is("create_file")
            ? [new Operation.Write(path, Created(lines)) { NewFileFollowsAttributes = true }]
            : Updated(path, target, lines);
    }

    private static Content Created(PatchLines lines)
    {
        var added = new List<string>();
        for (; !lines.AtEnd && lines.Line != "*** End of File"; lines.Next++)
        {
            added.Add(lines.Line.StartsWith('+') ? lines.Line[1..]
                : throw lines.Fault("each line of a new file must start with \"+\""));
        }

        return Content.Of(string.Join('\n', added));
    }

    private static Operation[] Updated(Paths.RepoPath path, Paths.RepoPath? target, PatchLines lines)
    {
        var chunks = new List<ContextChunk>();
        while (!lines.AtEnd)
        {
            chunks.Add(ChunkReader.Read(lines, isFirst: chunks.Count == 0, stacks: true));
        }

        return chunks.Count > 0
            ? [new Operation.ContextEdit(path, chunks, target) { IsV4A = true }]
            : throw lines.Fault($"the update of \"{path}\" has no lines");
    }
}
