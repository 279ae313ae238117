using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// A host's configuration in the repository, with our hooks in it or taken out of it: what others have there stays. The
/// result is a write like any other, so that installing is a transaction and can be undone.
/// </summary>
internal static class AgentConfiguration
{
    private const string Mark = "writeopt";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    /// <summary>The hosts that can be installed.</summary>
    internal static IEnumerable<string> Names => [.. Wirings.Select(w => w.Host), OpenCodePlugin.Host];

    private static IReadOnlyList<AgentWiring> Wirings => AgentWiring.All;

    /// <summary>What is to be written to wire our hooks in; null where they are there already.</summary>
    /// <exception cref="RefusedException">The configuration is none that can be added to.</exception>
    internal static Operation? Install(string host, RepositoryLayout layout) => host == OpenCodePlugin.Host
        ? Change(OpenCodePlugin.Path, layout, _ => OpenCodePlugin.Text)
        : Change(Wiring(host).Path, layout, text => Merge(text, Wiring(host)));

    /// <summary>What is to be written to take our hooks out; null where they are not there.</summary>
    internal static Operation? Uninstall(string host, RepositoryLayout layout) => host == OpenCodePlugin.Host
        ? Change(OpenCodePlugin.Path, layout, text => text == OpenCodePlugin.Text ? null : text)
        : Change(Wiring(host).Path, layout, text => text is null ? null : Without(text, Wiring(host)));

    private static AgentWiring Wiring(string host) => Wirings.First(w => w.Host == host);

    // What was read is what must still be there: somebody may be editing it.
    private static Operation? Change(string path, RepositoryLayout layout, Func<string?, string?> change)
    {
        var full = $"{layout.WorktreeRoot}/{path}";
        var bytes = File.Exists(full) ? File.ReadAllBytes(full) : null;
        var text = bytes is null ? null : Encoding.UTF8.GetString(bytes);
        var wanted = change(text);
        var place = RepoPath.Parse(path);
        Operation? operation = wanted == text ? null : wanted is null ? new Operation.Delete(place)
            : new Operation.Write(place, Content.Of(Encoding.UTF8.GetBytes(wanted)));
        return operation is null ? null : operation with
        {
            Expect = bytes is null ? new Expectation.Absent()
                : new Expectation.Blob(ObjectHash.Of(ObjectType.Blob, bytes, layout.ObjectFormat).ToString()),
        };
    }

    private static string Merge(string? text, AgentWiring wiring)
    {
        var root = Parse(text ?? "{}", wiring.Path);
        if (text is not null && IsWired(root, wiring))
        {
            return text;
        }

        Remove(root);
        foreach (var (name, value) in wiring.TopLevel)
        {
            root[name] ??= JsonValue.Create(value);
        }

        var hooks = root["hooks"] as JsonObject;
        if (hooks is null)
        {
            root["hooks"] = hooks = [];
        }

        foreach (var (name, entry) in wiring.Entries())
        {
            if (hooks[name] is not JsonArray entries)
            {
                hooks[name] = entries = [];
            }

            entries.Add((JsonNode)entry);
        }

        return Print(root);
    }

    private static string? Without(string text, AgentWiring wiring)
    {
        var root = Parse(text, wiring.Path);
        if (!Remove(root))
        {
            return text;
        }

        foreach (var (name, value) in wiring.TopLevel)
        {
            if (root.Count == 1 && root[name]?.ToJsonString() == JsonValue.Create(value).ToJsonString())
            {
                root.Remove(name);
            }
        }

        return root.Count == 0 ? null : Print(root);
    }

    private static bool IsWired(JsonObject root, AgentWiring wiring) => wiring.Entries().All(e =>
        (root["hooks"] as JsonObject)?[e.Event] is JsonArray entries
        && entries.Any(there => JsonNode.DeepEquals(there, e.Entry)));

    // An entry is ours if a command in it is; groups of others keep theirs.
    private static bool Remove(JsonObject root)
    {
        if (root["hooks"] is not JsonObject hooks)
        {
            return false;
        }

        var removed = false;
        foreach (var (name, value) in hooks.ToList())
        {
            if (value is not JsonArray entries)
            {
                continue;
            }

            foreach (var entry in entries.Where(IsOurs).ToList())
            {
                entries.Remove(entry);
                removed = true;
            }

            if (entries.Count == 0)
            {
                hooks.Remove(name);
            }
        }

        if (removed && hooks.Count == 0)
        {
            root.Remove("hooks");
        }

        return removed;
    }

    private static bool IsOurs(JsonNode? entry) => entry is JsonObject group
        && (Calls(group) || (group["hooks"] is JsonArray inner && inner.Count > 0 && inner.All(i => i is JsonObject o && Calls(o))));

    private static bool Calls(JsonObject hook) => hook["command"] is JsonValue command
        && command.TryGetValue<string>(out var words)
        && (words.StartsWith($"git {Mark} hook ", StringComparison.Ordinal)
            || (words == "git" && hook["args"] is JsonArray { Count: > 1 } args && args[0]?.ToString() == Mark));

    private static JsonObject Parse(string text, string path)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw Unreadable(path, "it is no JSON object");
        }
        catch (JsonException cause)
        {
            throw Unreadable(path, cause.Message);
        }
    }

    private static string Print(JsonObject root)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            root.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static RefusedException Unreadable(string path, string why) =>
        new(new WriteError(ErrorCategory.Format, "foreign-configuration",
            $"\"{path}\" cannot be added to: {why}; it was left alone")
        {
            Path = path,
            Suggestion = "make it a JSON object without comments, then install again",
        });
}
