using GitWriteOpt.Batches.ContextPatches;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// Reads tool calls of coding agents: one, an array, or one a line. Calls that only read are left out with a warning. A
/// shell command cannot be foreseen: beside calls that write it is left out with a warning, alone it is an error. Fields
/// that a dialect adds and that do not matter here are passed over.
/// </summary>
internal static class ToolCallReader
{
    // Containers in containers; deeper than any host nests them.
    private const int Deepest = 8;

    /// <summary>Reads a batch.</summary>
    /// <exception cref="Errors.UsageException">A call is unknown, or a field is missing or of the wrong type.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var warnings = new List<string>();
        var calls = new List<(ToolCall? Call, JsonItem Item)>();
        foreach (var root in tape.Roots)
        {
            Collect(root, null, calls, Deepest);
        }

        var operations = new List<Operation>();
        ToolCall? shell = null;
        foreach (var (call, item) in calls)
        {
            var (line, column) = item.Position;
            if (call is not null && ToolNames.RunsCommands(call.Name) && !PatchCarrier.IsAt(call))
            {
                shell ??= call;
                warnings.Add($"the call of {call.Name} at line {line} runs a command and was left out: "
                    + "what it writes is not known");
                continue;
            }

            if (call is not null && ToolNames.WritesNothing(call))
            {
                warnings.Add($"the call of {call.Name} at line {line} writes no file and was left out");
                continue;
            }

            foreach (var operation in call is null ? V4AReader.Read(item, context) : Tool.Read(call, context, warnings))
            {
                operations.Add(operation with { Origin = new Origin(operations.Count, line, column) });
            }
        }

        return shell is null || operations.Count > 0
            ? new Batch(null, operations) { Warnings = warnings }
            : throw shell.Place.Fault("tool-does-not-write", $"what a call of {shell.Name} writes cannot be foreseen",
                "run the command under git writeopt run");
    }

    private static void Collect(JsonItem item, string? directory, List<(ToolCall?, JsonItem)> calls, int depth)
    {
        if (depth == 0)
        {
            throw item.Fault("malformed-json", "tool calls are nested too deeply");
        }

        if (item.IsArray || ToolCallShape.Calls(item) is not null)
        {
            var inside = item.IsArray ? item : ToolCallShape.Calls(item)!.Value;
            var cwd = item.Find("cwd") is { IsString: true } text && Path.IsPathFullyQualified(text.Text())
                ? text.Text() : directory;
            foreach (var inner in inside.Items)
            {
                Collect(inner, cwd, calls, depth - 1);
            }
        }
        else if (V4AReader.IsAt(item))
        {
            calls.Add((null, item));
        }
        else if (item.Find("operation") is { } operation && V4AReader.IsAt(operation))
        {
            calls.Add((null, operation));
        }
        else if (!ToolCallShape.IsProse(item))
        {
            calls.Add((ToolCallShape.Read(item, directory), item));
        }
    }
}
