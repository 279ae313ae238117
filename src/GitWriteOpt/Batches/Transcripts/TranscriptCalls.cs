using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.ToolCalls;

namespace GitWriteOpt.Batches.Transcripts;

/// <summary>A call of a tool in a transcript.</summary>
/// <param name="Id">What its result is known by.</param>
/// <param name="Call">The call.</param>
/// <param name="Line">The number of its event, from 0.</param>
internal sealed record TranscriptCall(string Id, ToolCall Call, int Line);

/// <summary>
/// The calls of a session and what became of them. A call counts once, however often its host wrote it down; one without a
/// result was interrupted.
/// </summary>
internal sealed class TranscriptCalls
{
    private readonly Dictionary<string, bool> _succeeded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _directory;

    /// <summary>In the order in which they were made.</summary>
    public List<TranscriptCall> Calls { get; } = [];

    /// <summary>Whether a call went through; null where it has no result.</summary>
    public bool? Succeeded(string id) => _succeeded.TryGetValue(id, out var succeeded) ? succeeded : null;

    /// <summary>Takes an event.</summary>
    /// <param name="line">The event.</param>
    /// <param name="number">Its number, from 0.</param>
    public void Add(TranscriptLine line, int number)
    {
        _directory = line.Directory ?? _directory;
        var item = line.Event;
        switch (item.Find("type") is { IsString: true } type ? type.Text() : "")
        {
            case "function_call" or "custom_tool_call":
                AddCall(item, item, "call_id", number);
                break;
            case "local_shell_call" when item.Find("action") is { IsObject: true } action:
                AddCall(item, action, "call_id", number);
                break;
            case "function_call_output" or "custom_tool_call_output" or "local_shell_call_output":
                AddResult(item, "call_id", CallResult.IsSuccess(item));
                break;
            case "patch_apply_end" or "exec_command_end":
                AddResult(item, "call_id", CallResult.IsSuccess(item));
                break;
            default:
                AddMessage(line.Item, number);
                break;
        }
    }

    private void AddMessage(JsonItem line, int number)
    {
        if (line.Find("message") is not { IsObject: true } message || message.Find("content") is not { IsArray: true } content)
        {
            return;
        }

        foreach (var block in content.Items)
        {
            if (block.Find("type") is not { } type)
            {
                continue;
            }

            if (type.Is("tool_use"))
            {
                AddCall(block, block, "id", number);
            }
            else if (type.Is("tool_result"))
            {
                AddResult(block, "tool_use_id", block.Find("is_error") is not { Kind: System.Text.Json.JsonTokenType.True });
            }
        }
    }

    private void AddCall(JsonItem item, JsonItem shape, string key, int number)
    {
        var id = new JsonFields(item, "the call").NeedText(key, "id");
        if (item.Find("status") is { } status && (status.Is("failed") || status.Is("declined")))
        {
            _succeeded[id] = false;
        }

        if (_seen.Add(id))
        {
            Calls.Add(new TranscriptCall(id, ToolCallShape.Read(shape, _directory, isAction: !shape.Equals(item)), number));
        }
    }

    // A call fails where any of its results says so: Codex has two, of the call and of what it ran.
    private void AddResult(JsonItem item, string key, bool succeeded)
    {
        if (item.Find(key) is { IsString: true } id)
        {
            _succeeded[id.Text()] = succeeded && Succeeded(id.Text()) is not false;
        }
    }
}
