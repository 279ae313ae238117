using System.Text;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>
/// Reads Codex <c>apply_patch</c> by the grammar of <c>codex-rs/apply-patch</c>, with its leniences: padding around
/// markers, a here-document as wrapper, a first chunk without <c>@@</c>. Finding the chunks is the planner's.
/// </summary>
internal static class ApplyPatchReader
{
    private const string Add = "*** Add File: ";
    private const string Remove = "*** Delete File: ";
    private const string Update = "*** Update File: ";
    private const string MoveTo = "*** Move to: ";
    private const string Environment = "*** Environment ID: ";

    /// <summary>Reads a patch.</summary>
    /// <exception cref="Errors.UsageException">It is malformed; the line is named.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static IReadOnlyList<Operation> Read(BatchInput input, BatchContext context)
    {
        input.NeedUtf8();
        var text = input.Body.Span;
        var start = Math.Max(text.IndexOfAnyExcept(" \t\r\n"u8), 0);
        var lines = new PatchLines(input, start, text.TrimEnd(" \t\r\n"u8).Length is var end && end > start ? end - start : 0);
        OpenPatch(lines);
        var operations = new List<Operation>();
        while (!lines.AtEnd)
        {
            var (line, column) = input.At(lines.Offset);
            operations.Add(ReadHunk(lines, input, context) with { Origin = new Origin(operations.Count, line, column) });
        }

        return operations;
    }

    private static void OpenPatch(PatchLines lines)
    {
        if (lines.Count >= 4 && HereDocument.IsOpening(lines[0])
            && lines[lines.Count - 1].Trim().EndsWith("EOF", StringComparison.Ordinal))
        {
            lines.Next = 1;
            lines.Count--;
        }

        if (lines.AtEnd || lines.Line.Trim() != "*** Begin Patch")
        {
            throw lines.Fault("the first line of the patch must be \"*** Begin Patch\"");
        }

        var opening = lines.Next;
        lines.Next = lines.Count - 1;
        if (lines.Next == opening || lines.Line.Trim() != "*** End Patch")
        {
            throw lines.Fault("the last line of the patch must be \"*** End Patch\"", "the patch may be cut off");
        }

        lines.Count--;
        lines.Next = opening + 1;
        if (!lines.AtEnd && lines.Line.TrimStart().StartsWith(Environment, StringComparison.Ordinal))
        {
            lines.Next++;
        }

        if (lines.AtEnd)
        {
            throw lines.Fault("the patch is empty");
        }
    }

    private static Operation ReadHunk(PatchLines lines, BatchInput input, BatchContext context)
    {
        var header = lines.Line.Trim();
        var offset = lines.Offset;
        foreach (var marker in (ReadOnlySpan<string>)[Add, Remove, Update])
        {
            if (!header.StartsWith(marker, StringComparison.Ordinal))
            {
                continue;
            }

            var path = JsonFields.PathAt(input, offset, header[marker.Length..].Trim(), context);
            lines.Next++;
            return marker switch
            {
                Add => new Operation.Write(path, AddedContent(lines)) { NewFileFollowsAttributes = true },
                Remove => new Operation.Delete(path),
                _ => ReadUpdate(path, lines, input, context),
            };
        }

        throw lines.Fault($"\"{Shown(header)}\" is not a header of a file",
            "a part starts with \"*** Add File: \", \"*** Delete File: \" or \"*** Update File: \" and a path");
    }

    private static Operation.ContextEdit ReadUpdate(
        Paths.RepoPath path, PatchLines lines, BatchInput input, BatchContext context)
    {
        Paths.RepoPath? target = null;
        if (!lines.AtEnd && lines.Line.Trim() is var next && next.StartsWith(MoveTo, StringComparison.Ordinal))
        {
            target = JsonFields.PathAt(input, lines.Offset, next[MoveTo.Length..].Trim(), context);
            lines.Next++;
        }

        var chunks = new List<ContextChunk>();
        while (!lines.AtEnd)
        {
            var line = lines.Line;
            if (string.IsNullOrWhiteSpace(line))
            {
                lines.Next++;
                continue;
            }

            if (line.StartsWith("***", StringComparison.Ordinal))
            {
                break;
            }

            chunks.Add(ChunkReader.Read(lines, isFirst: chunks.Count == 0));
        }

        return chunks.Count > 0
            ? new Operation.ContextEdit(path, chunks, target)
            : throw lines.Fault($"the update of \"{path}\" has no lines",
                target is null ? null : "an update that only moves is not in this format; use a native \"move\"");
    }

    private static Content AddedContent(PatchLines lines)
    {
        var text = new StringBuilder();
        while (!lines.AtEnd && lines.Line is var line && line.StartsWith('+'))
        {
            text.Append(line.AsSpan(1)).Append('\n');
            lines.Next++;
        }

        return Content.Of(text.ToString());
    }

    /// <summary>A line of the input as an error may show it.</summary>
    internal static string Shown(string line) => line.Length <= 80 ? line : line[..80] + "...";
}
