using System.Text;
using GitWriteOpt.Batches.ContextPatches;
using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.Rewrites;
using GitWriteOpt.Batches.SearchBlocks;
using GitWriteOpt.Batches.ToolCalls;
using GitWriteOpt.Batches.Transcripts;
using GitWriteOpt.Batches.WorkspaceEdits;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches;

/// <summary>
/// Tells formats apart by marks that are theirs alone. Input that has the marks of several is an error that names them,
/// never a guess.
/// </summary>
internal static class FormatDetection
{
    private static readonly string NameIt = "name the format with --format " + string.Join('|', BatchFormatNames.All.Skip(1));

    /// <summary>Whether the text can only be JSON.</summary>
    public static bool IsJson(BatchInput input) => input.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>The format of a text that is not JSON.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static BatchFormat OfText(BatchInput input)
    {
        int? patch = null, diff = null, search = null;
        var isFirst = true;
        for (var cursor = new LineCursor(input.Body.Span); !cursor.AtEnd; cursor.Advance())
        {
            var line = cursor.Bare;
            if (line.IsEmpty)
            {
                continue;
            }

            // Inside apply_patch every line of content has a prefix, but a pair of them may look like a diff's names.
            if (isFirst && IsPatchOpening(line))
            {
                return BatchFormat.ApplyPatch;
            }

            isFirst &= line.Trim(" \t"u8).IsEmpty;
            switch (line[0])
            {
                case (byte)'*' when line.SequenceEqual("*** Begin Patch"u8):
                    patch ??= cursor.Offset;
                    break;
                case (byte)'d' or (byte)'F' or (byte)'G' or (byte)'-' when IsDiff(cursor):
                    diff ??= cursor.Offset;
                    break;
                case (byte)'<' or (byte)'-' when IsSearch(line):
                    search ??= cursor.Offset;
                    break;
            }
        }

        return (patch, diff, search) switch
        {
            (null, { }, null) => BatchFormat.Diff,
            (null, null, { }) => BatchFormat.SearchReplace,
            ({ } offset, null, null) => throw input.Fault(offset, "unknown-format",
                "text stands before \"*** Begin Patch\"", "leave out what stands before and after the patch"),
            (null, null, null) => throw input.Fault(0, "unknown-format", "the format of the batch is not known", NameIt),
            _ => throw Ambiguous(input,
                [(BatchFormat.ApplyPatch, patch), (BatchFormat.Diff, diff), (BatchFormat.SearchReplace, search)]),
        };
    }

    /// <summary>The format of JSON, by the keys of its first object.</summary>
    /// <exception cref="UsageException">There is none, or there are several.</exception>
    public static BatchFormat OfJson(JsonTape tape)
    {
        var items = tape.Roots is { IsSingle: true, First.IsArray: true } ? tape.Roots.First.Items : tape.Roots;
        if (items.IsEmpty)
        {
            throw tape.Roots.First.Fault("empty-batch", "the batch is an empty array",
                "a batch without operations is {\"operations\":[]}");
        }

        // Events of many kinds open a transcript, and some of them look like nothing else.
        var item = items.First;
        if (TranscriptLine.IsTranscript(items))
        {
            return BatchFormat.Transcript;
        }

        List<BatchFormat> found = [.. Marks.Where(mark => mark.IsAt(item)).Select(mark => mark.Format)];
        return found.Count switch
        {
            1 => found[0],
            0 when item.Find("message") is { IsString: true } => BatchFormat.Native,
            0 => throw item.Fault("unknown-format", "the format of the batch is not known from its fields",
                NameIt + "; git writeopt schema prints the native one"),
            _ => throw Ambiguous(tape.Input, [.. found.Select(format => (format, (int?)item.Offset))]),
        };
    }

    private static readonly (BatchFormat Format, Func<JsonItem, bool> IsAt)[] Marks =
    [
        (BatchFormat.Native, item => item.Find("operations", "op") is not null),
        // A native template has a name and parameters, as calls have.
        (BatchFormat.Tools, item => item.Find("op") is null
            ? ToolCallShape.IsAt(item) : item.Find("hook_event_name", "tool_name", "tool_input") is not null),
        (BatchFormat.ApplyPatch, V4AReader.IsAt),
        (BatchFormat.WorkspaceEdit, item => WorkspaceEditReader.EditOf(item) is not null),
        (BatchFormat.Sarif, item => item.Find("runs") is not null),
        (BatchFormat.AstGrep, AstGrepReader.IsAt),
        (BatchFormat.Comby, CombyReader.IsAt),
    ];

    private static UsageException Ambiguous(BatchInput input, (BatchFormat Format, int? Offset)[] candidates)
    {
        var found = candidates.Where(c => c.Offset is not null).ToList();
        var names = found.Select(c => $"{BatchFormatNames.NameOf(c.Format)} (line {input.LineOf(c.Offset!.Value)})");
        return input.Fault(found.Min(c => c.Offset!.Value), "unknown-format",
            "the batch looks like several formats at once: " + string.Join(", ", names), NameIt);
    }

    private static bool IsPatchOpening(ReadOnlySpan<byte> line) =>
        line.Length < 64 && Encoding.UTF8.GetString(line) is var text
        && (text.Trim() == "*** Begin Patch" || HereDocument.IsOpening(text));

    private static bool IsDiff(LineCursor cursor) =>
        cursor.Line.StartsWith("diff --git "u8) || cursor.Line.StartsWith("diff --cc "u8)
        || MailHead.IsStart(cursor.Line) || cursor.Bare.SequenceEqual("GIT binary patch"u8)
        || (cursor.Line.StartsWith("--- "u8) && cursor.Next().Line.StartsWith("+++ "u8));

    private static bool IsSearch(ReadOnlySpan<byte> line) =>
        line.Length < 64 && Encoding.UTF8.GetString(line) is var text
        && (BlockMarkers.IsSearch(text) || BlockMarkers.IsClineSearch(text));
}
