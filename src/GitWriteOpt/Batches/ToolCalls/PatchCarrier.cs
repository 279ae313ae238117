using GitWriteOpt.Batches.ContextPatches;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>A call that carries an <c>apply_patch</c> text, under any of the names that hosts give it.</summary>
internal static class PatchCarrier
{
    /// <summary>Whether a call is one: by its name, or a command line that starts with <c>apply_patch</c>.</summary>
    public static bool IsAt(ToolCall call) =>
        call.Name is "apply_patch" or "applypatch" or "ApplyPatch"
        || (call.Name == "patch" && call.Input.Find("patchText") is not null)
        || (ToolNames.RunsCommands(call.Name) && (Script(call) is not null
            || (call.Input.Find("command") is { IsArray: true } command && !command.Items.IsEmpty
                && (command.Items.First.Is("apply_patch") || command.Items.First.Is("applypatch")))));

    /// <summary>Reads the patch.</summary>
    public static IReadOnlyList<Operation> Read(ToolCall call, BatchContext context)
    {
        context = context with { RelativeTo = Directory(call) };
        if (call.Input.Find("operation") is { } operation && V4AReader.IsAt(operation))
        {
            return [.. V4AReader.Read(operation, context)];
        }

        var text = (ToolNames.RunsCommands(call.Name) ? Script(call) : null) ?? Text(call);
        return ApplyPatchReader.Read(text.Tape.Input.Carried(text.Utf8(), text.Offset, "patch"), context);
    }

    // Where a shell runs, else where its host does.
    private static string? Directory(ToolCall call) =>
        call.Input.Find("workdir", "cwd") is { IsString: true } item && item.Text() is { Length: > 0 } text
            ? Path.IsPathFullyQualified(text) ? text : call.Directory is { } host ? Path.GetFullPath(text, host) : null
            : call.Directory;

    // A shell's script that is nothing but apply_patch with a here-document, as Codex itself takes it.
    private static JsonItem? Script(ToolCall call)
    {
        if (call.Input.Find("command", "cmd") is not { } command)
        {
            return null;
        }

        if (command.IsArray)
        {
            JsonItem? last = null;
            var words = 0;
            foreach (var word in command.Items)
            {
                last = word;
                words++;
            }

            if (words != 3 || last is not { IsString: true } script)
            {
                return null;
            }

            command = script;
        }

        if (!command.IsString)
        {
            return null;
        }

        var text = command.Text().TrimStart();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end > 0 && text.StartsWith("apply", StringComparison.Ordinal) && HereDocument.IsOpening(text[..end])
            ? command
            : null;
    }

    private static JsonItem Text(ToolCall call)
    {
        if (call.Input.IsString)
        {
            return call.Input;
        }

        var fields = new JsonFields(call.Input, "the call of \"apply_patch\"");
        var item = fields.Need("input", "patch", "patchText", "command");
        if (item.IsArray)
        {
            JsonItem? last = null;
            var count = 0;
            foreach (var word in item.Items)
            {
                last = word;
                count++;
            }

            item = count == 2 ? last!.Value : throw fields.WrongType(item, "command", "apply_patch and one patch");
        }

        return item.IsString ? item : throw fields.WrongType(item, "input", "a string");
    }
}
