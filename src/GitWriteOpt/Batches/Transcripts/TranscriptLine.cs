using System.Globalization;
using GitWriteOpt.Batches.Json;

namespace GitWriteOpt.Batches.Transcripts;

/// <summary>
/// One event of a session's transcript: a line of Claude Code's (<c>type</c>, <c>uuid</c>, <c>timestamp</c>,
/// <c>message</c>) or of Codex' rollout (<c>timestamp</c>, <c>type</c>, <c>payload</c>; older ones hold the payload itself).
/// </summary>
/// <param name="Item">The line.</param>
internal readonly record struct TranscriptLine(JsonItem Item)
{
    // A session begins with events of its host's own; this many of them are looked at to tell what it is.
    private const int Looked = 20;

    private static readonly string[] IdKeys = ["uuid", "id", "call_id", "messageId", "turn_id"];

    /// <summary>What holds the event: Codex' payload, else the line itself.</summary>
    public JsonItem Event => Item.Find("payload") is { IsObject: true } payload ? payload : Item;

    /// <summary>When it happened, where it says so.</summary>
    public DateTimeOffset? Time =>
        Item.Find("timestamp") is { IsString: true } text && TryTime(text.Text(), out var time) ? time : null;

    /// <summary>The directory that relative paths are relative to from here on, where it says so.</summary>
    public string? Directory => (Item.Find("cwd") ?? Event.Find("cwd")) is { IsString: true } cwd
        && cwd.Text() is var text && Path.IsPathFullyQualified(text) ? text : null;

    /// <summary>Whether objects are a transcript.</summary>
    public static bool IsTranscript(JsonItems items)
    {
        var looked = 0;
        foreach (var item in items)
        {
            if (item.Find("type") is { IsString: true } && (item.Find("payload") is { IsObject: true }
                || item.Find("uuid", "sessionId", "leafUuid", "parentUuid") is not null))
            {
                return true;
            }

            if (++looked == Looked)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>A time in ISO 8601; without an offset in UTC.</summary>
    public static bool TryTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>Whether the event has this id: its own, its message's, a call's or a result's.</summary>
    public bool Has(string id)
    {
        if (IsId(Item, id) || IsId(Event, id))
        {
            return true;
        }

        if (Item.Find("message") is not { IsObject: true } message)
        {
            return false;
        }

        var found = IsId(message, id);
        foreach (var block in message.Find("content") is { IsArray: true } content ? content.Items : default)
        {
            found |= IsId(block, id);
        }

        return found;
    }

    private static bool IsId(JsonItem item, string id) =>
        IdKeys.Any(name => item.Find(name) is { IsString: true } own && own.Text() == id);
}
