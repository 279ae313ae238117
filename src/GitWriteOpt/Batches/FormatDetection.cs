using System.Text;
using GitWriteOpt.Batches.ContextPatches;
using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.ToolCalls;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches;

/// <summary>Tells formats apart by marks that are theirs alone. Ambiguous input is an error, never a guess.</summary>
internal static class FormatDetection
{
    private const string NameIt = "name the format with --format native|tools|apply-patch|diff";

    /// <summary>Whether the text can only be JSON.</summary>
    public static bool IsJson(BatchInput input) => input.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>The format of a text that is not JSON.</summary>
    /// <exception cref="UsageException">There is none, there are several, or it is not read yet.</exception>
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
            (null, null, { } offset) => throw NotReadYet(input, offset, "SEARCH/REPLACE blocks"),
            ({ } offset, null, null) => throw input.Fault(offset, "unknown-format",
                "text stands before \"*** Begin Patch\"", "leave out what stands before and after the patch"),
            (null, null, null) => throw input.Fault(0, "unknown-format", "the format of the batch is not known", NameIt),
            _ => throw input.Fault(0, "unknown-format", "the batch looks like several formats at once", NameIt),
        };
    }

    /// <summary>The format of JSON, by the keys of its first object.</summary>
    /// <exception cref="UsageException">There is none, there are several, or it is not read yet.</exception>
    public static BatchFormat OfJson(JsonTape tape)
    {
        var items = tape.Roots is { IsSingle: true, First.IsArray: true } ? tape.Roots.First.Items : tape.Roots;
        if (items.IsEmpty)
        {
            throw tape.Roots.First.Fault("empty-batch", "the batch is an empty array",
                "a batch without operations is {\"operations\":[]}");
        }

        var item = items.First;
        var native = item.Find("operations", "op") is not null || item.Find("message") is { IsString: true };
        var tools = ToolCallShape.IsAt(item);
        if (native && (item.Find("hook_event_name", "tool_name", "tool_input") is not null
            || item.Find("documentChanges", "runs", "rewritten_source") is not null))
        {
            throw item.Fault("unknown-format", "the batch looks like several formats at once", NameIt);
        }

        if (native)
        {
            return BatchFormat.Native;
        }

        if (tools)
        {
            return BatchFormat.Tools;
        }

        if (V4AReader.IsAt(item))
        {
            return BatchFormat.ApplyPatch;
        }

        throw Foreign(item) is { } name
            ? NotReadYet(tape.Input, item.Offset, name)
            : item.Fault("unknown-format", "the format of the batch is not known from its fields",
                NameIt + "; git writeopt schema prints the native one");
    }

    private static string? Foreign(JsonItem item) =>
        item.Find("documentChanges", "changes") is not null ? "an LSP WorkspaceEdit"
        : item.Find("runs") is not null ? "SARIF"
        : item.Find("range")?.Find("byteOffset") is not null ? "ast-grep's JSON"
        : item.Find("rewritten_source") is not null ? "comby's JSON"
        : null;

    private static UsageException NotReadYet(BatchInput input, int offset, string name) =>
        input.Fault(offset, "unsupported-format", $"the batch was recognised as {name}, which is not read yet",
            "give the changes as a native batch, tool calls, apply_patch or a diff");

    private static bool IsPatchOpening(ReadOnlySpan<byte> line) =>
        line.Length < 64 && Encoding.UTF8.GetString(line) is var text
        && (text.Trim() == "*** Begin Patch" || HereDocument.IsOpening(text));

    private static bool IsDiff(LineCursor cursor) =>
        cursor.Line.StartsWith("diff --git "u8) || cursor.Line.StartsWith("diff --cc "u8)
        || MailHead.IsStart(cursor.Line) || cursor.Bare.SequenceEqual("GIT binary patch"u8)
        || (cursor.Line.StartsWith("--- "u8) && cursor.Next().Line.StartsWith("+++ "u8));

    private static bool IsSearch(ReadOnlySpan<byte> line)
    {
        var marks = line.IndexOfAnyExcept(line[0]);
        return marks > 0 && (line[0] == '<' ? marks is >= 5 and <= 9 : marks == 7) && line[marks..].StartsWith(" SEARCH"u8);
    }
}
