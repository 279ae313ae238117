using System.Text.Json;

namespace GitWriteOpt.Dependencies;

/// <summary>JSON as tools' own configuration has it: comments and trailing commas pass, what is broken is nothing.</summary>
internal static class LooseJson
{
    private static readonly JsonDocumentOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 };

    /// <summary>The document; null where there is none, or it cannot be read.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte>? bytes)
    {
        try
        {
            return bytes is not { } text ? null
                : JsonDocument.Parse(text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text, Options);
        }
        catch (JsonException)
        {
            return null; // whoever looks for broken files says so; here it means that nothing is known
        }
    }

    /// <summary>A property of an object, where it is text.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
