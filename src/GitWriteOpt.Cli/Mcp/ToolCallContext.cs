using System.Text.Json;
using GitWriteOpt.Cli.Commands;

namespace GitWriteOpt.Cli.Mcp;

/// <summary>A call of a tool: its arguments, checked as they are read, and the repository that it is about.</summary>
/// <param name="Arguments">As they came.</param>
/// <param name="Repositories">The roots of those that the server was started for.</param>
/// <param name="Session">The session of this server.</param>
/// <param name="Progress">Called with files done and files in all.</param>
internal sealed record ToolCallContext(IReadOnlyDictionary<string, JsonElement> Arguments, IReadOnlyList<string> Repositories,
    string Session, Action<int, int>? Progress)
{
    /// <summary>The names that the arguments may have; any other is a mistake worth telling.</summary>
    /// <exception cref="Errors.UsageException">There is another one.</exception>
    internal void AllowOnly(params string[] names)
    {
        if (Arguments.Keys.FirstOrDefault(name => !names.Contains(name)) is { } odd)
        {
            throw UsageErrors.Of("unknown-argument", $"there is no argument \"{odd}\"", $"the arguments are {string.Join(", ", names)}");
        }
    }

    /// <summary>Opens the repository that the call names; it may leave the name out where there is only one.</summary>
    /// <exception cref="Errors.UsageException">It is none of those that the server was started for.</exception>
    internal Writer Open()
    {
        var named = Text("repository");
        var root = named is null && Repositories.Count == 1 ? Repositories[0]
            : Repositories.FirstOrDefault(r => r == named?.TrimEnd('/'));
        return root is not null ? Writer.Open(root) : throw UsageErrors.Of("no-such-repository",
            named is null ? "the server serves several repositories: name one" : "the server was not started for that repository",
            $"repository is one of: {string.Join(", ", Repositories)}");
    }

    /// <summary>A text, or null where it is not given.</summary>
    /// <exception cref="Errors.UsageException">It is something else.</exception>
    internal string? Text(string name) => Arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string") : null;

    /// <summary>A text that has to be given.</summary>
    /// <exception cref="Errors.UsageException">It is not.</exception>
    internal string Needed(string name) => Text(name) is { Length: > 0 } text ? text : throw Wrong(name, "a string that is not empty");

    /// <summary>A whole number, or null where it is not given.</summary>
    /// <exception cref="Errors.UsageException">It is something else.</exception>
    internal int? Number(string name) => Arguments.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0
            ? number : throw Wrong(name, "a whole number") : null;

    /// <summary>The bytes of a batch: a text in any format, or an object or array of the native one.</summary>
    /// <exception cref="Errors.UsageException">There is none.</exception>
    internal byte[] Batch()
    {
        if (!Arguments.TryGetValue("batch", out var value))
        {
            throw Wrong("batch", "a batch");
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => System.Text.Encoding.UTF8.GetBytes(value.GetString()!),
            JsonValueKind.Object or JsonValueKind.Array => System.Text.Encoding.UTF8.GetBytes(value.GetRawText()),
            _ => throw Wrong("batch", "a text, an object or an array"),
        };
    }

    private static Errors.UsageException Wrong(string name, string what) => UsageErrors.Of("bad-argument", $"\"{name}\" has to be {what}");
}
