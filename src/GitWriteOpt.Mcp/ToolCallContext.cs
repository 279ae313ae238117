using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Mcp;

/// <summary>A call of a tool: its arguments, checked as they are read, and the repository that it is about.</summary>
/// <param name="Arguments">As they came.</param>
/// <param name="Server">The server's session.</param>
/// <param name="Progress">Called with phase, files done and files in all, from any thread.</param>
internal sealed record ToolCallContext(IReadOnlyDictionary<string, JsonElement> Arguments, ServerSession Server,
    Action<string, int, int> Progress)
{
    private const int LongestId = 200;

    /// <summary>The names that the arguments may have; any other is a mistake worth telling.</summary>
    /// <exception cref="UsageException">There is another one.</exception>
    internal void AllowOnly(params string[] names)
    {
        if (Arguments.Keys.FirstOrDefault(name => !names.Contains(name)) is { } odd)
        {
            throw UsageErrors.Of("unknown-argument", $"there is no argument \"{odd}\"", $"the arguments are {string.Join(", ", names)}");
        }
    }

    /// <summary>Opens the repository that the call names; it may leave the name out where there is only one.</summary>
    /// <exception cref="UsageException">It is none of those that the server was started for.</exception>
    internal Writer Open()
    {
        var named = Text("repository");
        var root = named is null && Server.Repositories.Count == 1 ? Server.Repositories[0]
            : Server.Repositories.FirstOrDefault(r => r == named?.TrimEnd('/'));
        return root is not null ? Writer.Open(root) : throw UsageErrors.Of("no-such-repository",
            named is null ? "the server serves several repositories: name one" : "the server was not started for that repository",
            $"repository is one of: {string.Join(", ", Server.Repositories)}");
    }

    /// <summary>A text, or null where it is not given.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    internal string? Text(string name) => Arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string") : null;

    /// <summary>A whole number, or null where it is not given.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    internal int? Number(string name) => Arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number : throw Wrong(name, "a whole number") : null;

    /// <summary>Texts in order; none where they are not given.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    internal IReadOnlyList<string> Texts(string name) => !Arguments.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null
        ? [] : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : throw Wrong(name, "an array of strings");

    /// <summary>Texts by name; none where they are not given.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    internal IReadOnlyDictionary<string, string> Fields(string name) => !Arguments.TryGetValue(name, out var value)
        || value.ValueKind == JsonValueKind.Null ? new Dictionary<string, string>()
        : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(v => v.Value.ValueKind == JsonValueKind.String)
            ? value.EnumerateObject().GroupBy(v => v.Name).ToDictionary(v => v.Key, v => v.Last().Value.GetString()!)
            : throw Wrong(name, "an object of strings");

    /// <summary>The bytes of a batch: a text in any format, or an object or array of the native one.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    internal byte[] Batch()
    {
        if (!Arguments.TryGetValue("batch", out var value))
        {
            throw Wrong("batch", "a batch");
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => Encoding.UTF8.GetBytes(value.GetString()!),
            JsonValueKind.Object or JsonValueKind.Array => Written(value),
            _ => throw Wrong("batch", "a text, an object or an array"),
        };
    }

    /// <summary>The batch's format.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    internal BatchFormat Format() => Text("format") is not { } name ? BatchFormat.Auto
        : Enum.GetValues<BatchFormat>().Where(f => Spelling.Of(f) == name).Cast<BatchFormat?>().FirstOrDefault()
            ?? throw UsageErrors.Of("unknown-format", $"there is no format \"{name}\"");

    /// <summary>The client's id, and a digest of all that makes the batch what it is.</summary>
    /// <exception cref="UsageException">There is no id, or one that is too long.</exception>
    internal BatchRequest Request() =>
        Request(Encoding.UTF8.GetBytes($"{Text("format")}\n{Text("message")?.Length}\n{Text("message")}\n"), Batch());

    /// <summary>The client's id, and a digest of a template and what it is given.</summary>
    /// <exception cref="UsageException">There is no id, or one that is too long.</exception>
    internal BatchRequest Request(string template, IReadOnlyDictionary<string, string> given) => Request(
        Encoding.UTF8.GetBytes($"template\n{template}\n"), Encoding.UTF8.GetBytes(string.Concat(given
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key.Length}:{g.Key}={g.Value.Length}:{g.Value}\n"))));

    private BatchRequest Request(params ReadOnlySpan<byte[]> parts)
    {
        if (Text("id") is not { Length: > 0 and <= LongestId } id)
        {
            throw Wrong("id", $"a string of 1 to {LongestId} characters");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return new BatchRequest(id, Convert.ToHexStringLower(hash.GetHashAndReset())[..32]);
    }

    // Written anew, so that white space between the fields makes no other batch of it.
    private static byte[] Written(JsonElement value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            value.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    private static UsageException Wrong(string name, string what) => UsageErrors.Of("bad-argument", $"\"{name}\" has to be {what}");
}
