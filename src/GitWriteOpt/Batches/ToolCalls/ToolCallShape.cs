using GitWriteOpt.Batches.Json;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>One call of a tool, whatever it came wrapped in.</summary>
/// <param name="Name">The tool's name, without the prefix of an MCP server.</param>
/// <param name="Input">Its arguments: an object, or a string for tools that take free text.</param>
/// <param name="Place">The call itself, for positions.</param>
/// <param name="Directory">What relative paths are relative to where a hook says so, or null.</param>
internal sealed record ToolCall(string Name, JsonItem Input, JsonItem Place, string? Directory);

/// <summary>
/// The shapes that calls come in: a hook's envelope (<c>tool_name</c>, <c>tool_input</c>), Anthropic's <c>tool_use</c>
/// block, OpenAI's function call (arguments as a JSON string or an object), <c>{tool, parameters}</c>, a bare apply_patch
/// command line; and containers of them (<c>tool_calls</c>, a message's <c>content</c>).
/// </summary>
internal static class ToolCallShape
{
    private static readonly string[] NameKeys = ["tool_name", "toolName", "tool", "name"];

    private static readonly string[] InputKeys =
        ["tool_input", "toolInput", "input", "arguments", "parameters", "params", "args"];

    /// <summary>Whether an object is a call or holds calls.</summary>
    public static bool IsAt(JsonItem item) =>
        item.IsObject && (item.Find("hook_event_name", "tool_calls", "function") is not null
            || item.Find("operation") is { } operation && ContextPatches.V4AReader.IsAt(operation)
            || IsToolUse(item) || IsMessage(item) || IsCommand(item)
            || (item.Find(NameKeys) is { IsString: true } && item.Find(InputKeys) is not null));

    /// <summary>Whether an object holds calls, in its <c>tool_calls</c> or <c>content</c>.</summary>
    public static JsonItem? Calls(JsonItem item) =>
        item.Find("tool_calls") is { IsArray: true } calls ? calls
        : IsMessage(item) ? item.Find("content") : null;

    /// <summary>Whether an object is a part of a message that calls nothing.</summary>
    public static bool IsProse(JsonItem item) =>
        item.Find("type") is { } type
        && (type.Is("text") || type.Is("thinking") || type.Is("redacted_thinking") || type.Is("tool_result"));

    /// <summary>Reads a call.</summary>
    /// <exception cref="Errors.UsageException">It is none.</exception>
    /// <param name="item">The call.</param>
    /// <param name="directory">What relative paths are relative to, or null.</param>
    /// <param name="isAction">Whether it is the action of a shell call, which has a command and no name.</param>
    public static ToolCall Read(JsonItem item, string? directory, bool isAction = false)
    {
        if (!item.IsObject)
        {
            throw item.Fault("wrong-type", $"a tool call must be an object, not {item.KindName}");
        }

        if (IsCommand(item))
        {
            return new ToolCall("apply_patch", item, item, directory);
        }

        if (isAction)
        {
            return new ToolCall("local_shell", item, item, directory);
        }

        var holder = item.Find("function") is { IsObject: true } function ? function : item;
        var name = new JsonFields(holder, "the tool call").NeedText(NameKeys);
        var input = holder.Find(InputKeys)
            ?? throw item.Fault("missing-field", $"the call of \"{name}\" has no arguments",
                $"they stand in one of {string.Join(", ", InputKeys)}");
        if (new JsonFields(item, "the hook's envelope").FindText("cwd") is { } cwd && Path.IsPathFullyQualified(cwd))
        {
            directory = cwd;
        }

        return new ToolCall(WithoutServer(name), Parsed(input, name), item, directory);
    }

    private static bool IsToolUse(JsonItem item) => item.Find("type") is { } type && type.Is("tool_use");

    private static bool IsMessage(JsonItem item) =>
        item.Find("role") is not null && item.Find("content") is { IsArray: true };

    private static bool IsCommand(JsonItem item) =>
        item.Find("command") is { IsArray: true } command && !command.Items.IsEmpty
        && (command.Items.First.Is("apply_patch") || command.Items.First.Is("applypatch"));

    // mcp__<server>__<tool>
    private static string WithoutServer(string name) =>
        name.StartsWith("mcp__", StringComparison.Ordinal)
        && name.IndexOf("__", 5, StringComparison.Ordinal) is var cut and > 0
            ? name[(cut + 2)..]
            : name;

    private static JsonItem Parsed(JsonItem input, string name)
    {
        if (input.IsObject)
        {
            return input;
        }

        if (!input.IsString)
        {
            throw input.Fault("wrong-type", $"the arguments of \"{name}\" must be an object, not {input.KindName}");
        }

        var text = input.Tape.Input.Carried(input.Utf8(), input.Offset, "arguments");
        if (!FormatDetection.IsJson(text))
        {
            return input;
        }

        var roots = JsonTape.Parse(text).Roots;
        return roots is { IsSingle: true, First.IsObject: true }
            ? roots.First
            : throw input.Fault("wrong-type", $"the arguments of \"{name}\" must be one JSON object");
    }
}
