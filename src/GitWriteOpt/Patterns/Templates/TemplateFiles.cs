using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Templates in the patterns' tree: <c>templates/&lt;name&gt;/template.json</c>, beside it <c>files/&lt;path&gt;</c>, whose
/// names and texts have the placeholders in them.
/// </summary>
internal static class TemplateFiles
{
    /// <summary>Their directory in the tree.</summary>
    internal const string Directory = "templates/";

    private const string Description = "/template.json";

    /// <summary>All templates, by name.</summary>
    /// <exception cref="JsonException">One is damaged.</exception>
    internal static List<Template> Read(PatternTree tree) =>
    [
        .. tree.Below(Directory).Where(path => path.EndsWith(Description, StringComparison.Ordinal) && path.Split('/').Length == 3)
            .Select(path => Read(tree, path[Directory.Length..^Description.Length])).OfType<Template>(),
    ];

    /// <summary>A template, or null.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    internal static Template? Read(PatternTree tree, string name)
    {
        if (tree.TryRead(Directory + name + Description) is not { } bytes)
        {
            return null;
        }

        var template = Parse(bytes);
        return template with
        {
            Name = name,
            Files =
            [
                .. template.Files.Select(f => f with
                {
                    Text = Encoding.UTF8.GetString(tree.TryRead($"{Directory}{name}/files/{f.Path}")
                        ?? throw new JsonException($"the template \"{name}\" lacks its file \"{f.Path}\"")),
                }),
            ],
        };
    }

    /// <summary>The changes that write a template.</summary>
    internal static void Write(Template template, Dictionary<string, byte[]?> changes)
    {
        changes[$"{Directory}{template.Name}/"] = null;
        changes[Directory + template.Name + Description] = ToBytes(template with { Files = [.. template.Files.Select(f => f with { Text = "" })] });
        foreach (var file in template.Files)
        {
            changes[$"{Directory}{template.Name}/files/{file.Path}"] = Encoding.UTF8.GetBytes(file.Text);
        }
    }

    /// <summary>A template as one JSON document: the native export.</summary>
    internal static byte[] ToBytes(Template template) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(template, TemplateJson.Readable.Template), (byte)'\n'];

    /// <summary>Reads such a document.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    internal static Template Parse(ReadOnlySpan<byte> bytes)
    {
        var template = JsonSerializer.Deserialize(bytes, TemplateJson.Readable.Template);
        return template is { Name.Length: > 0, Files.Count: > 0, Parameters: not null, State: not null }
            && template.Files.All(f => f is { Path.Length: > 0, Text: not null })
            && template.Parameters.All(p => p is { Name.Length: > 0, Kind: not null, Examples: not null })
            ? template with
            {
                Registry = template.Registry ?? [],
                Instances = template.Instances ?? [],
                History = template.History ?? [],
            }
            : throw new JsonException("a template lacks what it should have: name, state, parameters, files");
    }
}

/// <summary>How templates become JSON, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Template))]
internal sealed partial class TemplateJson : JsonSerializerContext
{
    /// <summary>With paths and texts as they are, over several lines.</summary>
    internal static TemplateJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
