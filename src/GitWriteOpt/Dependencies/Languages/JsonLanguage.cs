using System.Text.Json;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>JSON: <c>$ref</c> of schemas, and what a tsconfig extends or refers to.</summary>
internal sealed class JsonLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly JsonLanguage Instance = new();

    private static readonly JsonReaderOptions Options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 };

    /// <inheritdoc/>
    public override string Name => "json";

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var config = RelativePaths.Name(path) is var name && (name.StartsWith("tsconfig", StringComparison.Ordinal)
            || name.StartsWith("jsconfig", StringComparison.Ordinal));
        if (!config && bytes.IndexOf("$ref"u8) < 0)
        {
            return FileReferences.None;
        }

        var found = new List<Reference>();
        try
        {
            var reader = new Utf8JsonReader(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, Options);
            var (property, depthOfReferences, line, counted) = ("", -1, 1, 0);
            while (reader.Read() && found.Count < MostReferences)
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        property = reader.ValueTextEquals("$ref"u8) ? "$ref" : reader.ValueTextEquals("extends"u8) && config && reader.CurrentDepth == 1 ? "extends"
                            : reader.ValueTextEquals("path"u8) && depthOfReferences >= 0 ? "path" : "";
                        depthOfReferences = reader.CurrentDepth == 1 ? (config && reader.ValueTextEquals("references"u8) ? 1 : -1) : depthOfReferences;
                        break;
                    case JsonTokenType.String when property.Length > 0:
                        var at = (int)Math.Min(reader.TokenStartIndex, bytes.Length);
                        line += bytes[counted..at].Count((byte)'\n');
                        counted = at;
                        found.Add(new Reference(property == "$ref" ? ReferenceForm.Name : ReferenceForm.Module, reader.GetString()!, line));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        property = "";
                        break;
                }
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // What was read up to the break stands; a rule of its own says that the file is broken.
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var relative = reference.Form is ReferenceForm.Name || reference.Target.StartsWith('.');
        if (!relative || RelativePaths.OfLink(reference.Target) is not { } link || link.StartsWith('/')
            || RelativePaths.Join(RelativePaths.Folder(file), link) is not { Length: > 0 } path)
        {
            return Resolution.NotKnown;
        }

        return reference.Form is ReferenceForm.Name ? Resolution.First(view, [path])
            : Resolution.First(view, [path, path + ".json", path + "/tsconfig.json"]);
    }
}
