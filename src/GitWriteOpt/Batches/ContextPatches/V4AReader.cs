using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>
/// Reads the JSON form of <c>apply_patch</c> (V4A): <c>{type, path, diff, move_to}</c>. Its chunks differ from Codex' in
/// one thing, which is translated: lines without context go in at the cursor, not at the end of the file.
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

    private static IEnumerable<Operation> Updated(Paths.RepoPath path, Paths.RepoPath? target, PatchLines lines)
    {
        var chunks = new List<ContextChunk>();
        var top = new List<string>();
        var isFirst = true;
        for (; !lines.AtEnd; isFirst = false)
        {
            Place(ChunkReader.Read(lines, isFirst), chunks, top);
        }

        if (isFirst)
        {
            throw lines.Fault($"the update of \"{path}\" has no lines");
        }

        if (chunks.Count > 0)
        {
            yield return new Operation.ContextEdit(path, chunks, target);
        }
        else if (target is not null)
        {
            yield return new Operation.Move(path, target, Overwrite: true);
        }

        if (top.Count > 0)
        {
            // Last, so that no chunk is looked for in it.
            yield return new Operation.Insert(target ?? path, 0, string.Join('\n', top) + "\n");
        }
    }

    private static void Place(ContextChunk chunk, List<ContextChunk> chunks, List<string> top)
    {
        if (chunk.OldLines.Count > 0 || chunk.EndOfFile)
        {
            chunks.Add(chunk);
        }
        else if (chunk.Anchor is { } anchor)
        {
            chunks.Add(new ContextChunk(null, [anchor], [anchor, .. chunk.NewLines], false));
        }
        else if (chunks.Count == 0)
        {
            top.AddRange(chunk.NewLines);
        }
        else
        {
            chunks[^1] = chunks[^1] with { NewLines = [.. chunks[^1].NewLines, .. chunk.NewLines] };
        }
    }
}
