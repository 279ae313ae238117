using System.Text.Json;
using GitWriteOpt.Batches.Json;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>Reads JSON from end to end and keeps nothing.</summary>
internal static class JsonReading
{
    private const int DeepestNesting = 1 << 20;

    /// <summary>What a reader stumbles over first; null where it is JSON.</summary>
    /// <param name="bytes">The text, without a byte order mark.</param>
    /// <param name="lenient">Whether comments and trailing commas pass.</param>
    public static JsonException? Objection(ReadOnlySpan<byte> bytes, bool lenient)
    {
        var reader = new Utf8JsonReader(bytes, Options(lenient));
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException cause)
        {
            return cause;
        }
    }

    /// <summary>The options of a reader.</summary>
    public static JsonReaderOptions Options(bool lenient) => new()
    {
        AllowTrailingCommas = lenient,
        CommentHandling = lenient ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow,
        MaxDepth = DeepestNesting,
    };

    /// <summary>What is wrong, without the position, which stands elsewhere.</summary>
    public static string Words(JsonException cause) => JsonWords.Of(cause).TrimEnd('.');
}
