using System.Text.Encodings.Web;
using System.Text.Json;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// An agent's host: the names of its events and the shape of its answers. What the event says is read here once; a field
/// that a host leaves out is no error.
/// </summary>
internal abstract class AgentHost
{
    private static readonly AgentHost[] All = [new ClaudeHost("claude"), new ClaudeHost("codex"), new GeminiHost(), new CursorHost()];

    /// <summary>Its name on our command line.</summary>
    internal abstract string Name { get; }

    /// <summary>The names of all hosts.</summary>
    internal static IEnumerable<string> Names => All.Select(host => host.Name);

    /// <summary>The host of a name.</summary>
    internal static AgentHost Of(string name) => All.First(host => host.Name == name);

    /// <summary>Reads an event.</summary>
    /// <exception cref="Errors.UsageException">It is not one JSON object.</exception>
    internal AgentEvent Read(Stream input)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(input);
            root = document.RootElement.Clone();
        }
        catch (JsonException cause)
        {
            throw UsageErrors.Of("bad-event", $"what came on standard input is no JSON: {cause.Message}");
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw UsageErrors.Of("bad-event", "what came on standard input is no JSON object");
        }

        var name = Text(root, "hook_event_name") ?? "";
        var toolInput = Input(root, name);
        return new AgentEvent(MomentOf(name), name, SessionOf(root) ?? "", DirectoryOf(root) ?? Environment.CurrentDirectory)
        {
            Tool = ToolOf(root, name),
            Input = toolInput,
            Call = Text(root, "tool_use_id") ?? Text(root, "tool_call_id"),
        };
    }

    /// <summary>Writes the answer; the exit code.</summary>
    internal abstract int Answer(AgentEvent told, AgentAnswer answer, Stream output, TextWriter errors);

    /// <summary>What the host's name of an event means.</summary>
    protected abstract AgentMoment MomentOf(string name);

    /// <summary>The session's id.</summary>
    protected virtual string? SessionOf(JsonElement root) => Text(root, "session_id");

    /// <summary>Where the agent works.</summary>
    protected virtual string? DirectoryOf(JsonElement root) => Text(root, "cwd");

    /// <summary>The tool's name.</summary>
    protected virtual string? ToolOf(JsonElement root, string name) => Text(root, "tool_name");

    /// <summary>The tool's input.</summary>
    protected virtual JsonElement? Input(JsonElement root, string name) =>
        root.TryGetProperty("tool_input", out var input) ? input : null;

    /// <summary>A text of an object, or null.</summary>
    protected static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Writes a JSON object and a line end.</summary>
    protected static void Write(Stream output, Action<Utf8JsonWriter> body)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            writer.WriteStartObject();
            body(writer);
            writer.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }

    /// <summary>Tells the model something, as Claude Code and Gemini CLI have it.</summary>
    protected static void Tell(Utf8JsonWriter json, AgentEvent told, string context)
    {
        json.WriteStartObject("hookSpecificOutput");
        json.WriteString("hookEventName", told.Name);
        json.WriteString("additionalContext", context);
        json.WriteEndObject();
    }

    /// <summary>A denial as most hosts take it: exit code 2, the reason on standard error.</summary>
    protected static int Deny(string reason, TextWriter errors)
    {
        errors.WriteLine(reason);
        return ExitCode.AgentDenial;
    }
}

/// <summary>Claude Code, and Codex, which speaks the same.</summary>
internal sealed class ClaudeHost(string name) : AgentHost
{
    /// <inheritdoc/>
    internal override string Name => name;

    /// <inheritdoc/>
    internal override int Answer(AgentEvent told, AgentAnswer answer, Stream output, TextWriter errors)
    {
        if (answer.Denial is { } reason)
        {
            return Deny(reason, errors);
        }

        if (answer.Context is { } context
            && told.Moment is AgentMoment.SessionStart or AgentMoment.Prompt or AgentMoment.BeforeTool or AgentMoment.AfterTool)
        {
            Write(output, json => Tell(json, told, context));
        }

        return ExitCode.Done;
    }

    /// <inheritdoc/>
    protected override AgentMoment MomentOf(string name) => name switch
    {
        "SessionStart" => AgentMoment.SessionStart,
        "UserPromptSubmit" => AgentMoment.Prompt,
        "PreToolUse" => AgentMoment.BeforeTool,
        "PostToolUse" or "PostToolUseFailure" => AgentMoment.AfterTool,
        "Stop" => AgentMoment.Stop,
        "SessionEnd" => AgentMoment.SessionEnd,
        _ => AgentMoment.Other,
    };
}

/// <summary>Gemini CLI.</summary>
internal sealed class GeminiHost : AgentHost
{
    /// <inheritdoc/>
    internal override string Name => "gemini";

    /// <inheritdoc/>
    internal override int Answer(AgentEvent told, AgentAnswer answer, Stream output, TextWriter errors)
    {
        if (answer.Denial is { } reason)
        {
            return Deny(reason, errors);
        }

        Write(output, json =>
        {
            if (answer.Context is { } context)
            {
                Tell(json, told, context);
            }
        });
        return ExitCode.Done;
    }

    /// <inheritdoc/>
    protected override AgentMoment MomentOf(string name) => name switch
    {
        "SessionStart" => AgentMoment.SessionStart,
        "BeforeAgent" => AgentMoment.Prompt,
        "BeforeTool" => AgentMoment.BeforeTool,
        "AfterTool" => AgentMoment.AfterTool,
        "AfterAgent" => AgentMoment.Stop,
        "SessionEnd" => AgentMoment.SessionEnd,
        _ => AgentMoment.Other,
    };
}

/// <summary>Cursor, which names a session by its conversation and has an event for each kind of tool.</summary>
internal sealed class CursorHost : AgentHost
{
    /// <inheritdoc/>
    internal override string Name => "cursor";

    /// <inheritdoc/>
    internal override int Answer(AgentEvent told, AgentAnswer answer, Stream output, TextWriter errors)
    {
        // Nothing is ever allowed in the person's place: without a denial the host decides as it would without us.
        if (answer.Denial is { } reason)
        {
            Write(output, json =>
            {
                json.WriteString("permission", "deny");
                json.WriteString("user_message", reason);
                json.WriteString("agent_message", reason);
            });
        }

        return answer.Denial is { } denial ? Deny(denial, errors) : ExitCode.Done;
    }

    /// <inheritdoc/>
    protected override AgentMoment MomentOf(string name) => name switch
    {
        "sessionStart" => AgentMoment.SessionStart,
        "beforeSubmitPrompt" => AgentMoment.Prompt,
        "beforeShellExecution" or "beforeMCPExecution" or "preToolUse" => AgentMoment.BeforeTool,
        "afterShellExecution" or "afterMCPExecution" or "postToolUse" or "afterFileEdit" => AgentMoment.AfterTool,
        "stop" => AgentMoment.Stop,
        "sessionEnd" => AgentMoment.SessionEnd,
        _ => AgentMoment.Other,
    };

    /// <inheritdoc/>
    protected override string? SessionOf(JsonElement root) => Text(root, "conversation_id") ?? Text(root, "session_id");

    /// <inheritdoc/>
    protected override string? DirectoryOf(JsonElement root) =>
        root.TryGetProperty("workspace_roots", out var roots) && roots.ValueKind == JsonValueKind.Array
            && roots.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
            ? first.GetString() : Text(root, "cwd");

    /// <inheritdoc/>
    protected override string? ToolOf(JsonElement root, string name) => Text(root, "tool_name") ?? name switch
    {
        "beforeShellExecution" or "afterShellExecution" => "Bash",
        "afterFileEdit" => "Edit",
        _ => null,
    };

    // The edit's event is its own input: file_path and edits.
    /// <inheritdoc/>
    protected override JsonElement? Input(JsonElement root, string name) =>
        name == "afterFileEdit" ? root : base.Input(root, name);
}
