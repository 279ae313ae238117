using System.Text.Json;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>How a path begins and ends that a template makes: enough to know, from one small file, that a batch has nothing to do with it.</summary>
/// <param name="Template">Its name.</param>
/// <param name="Before">What stands before the first placeholder.</param>
/// <param name="After">What stands after the last.</param>
internal sealed record TemplateShape(string Template, string Before, string After);

/// <summary><c>shapes.jsonl</c>: an index of the active templates, written with them, that <c>apply</c> can afford to read.</summary>
internal static class TemplateShapes
{
    /// <summary>Its path in the tree.</summary>
    internal const string Path = "shapes.jsonl";

    /// <summary>The changes that write it.</summary>
    internal static void Write(IEnumerable<Template> templates, Dictionary<string, byte[]?> changes)
    {
        using var lines = new MemoryStream();
        foreach (var template in templates)
        {
            foreach (var file in template.State == Template.Active ? template.Files : [])
            {
                var (first, last) = (file.Path.IndexOf("{{", StringComparison.Ordinal), file.Path.LastIndexOf("}}", StringComparison.Ordinal));
                if (first >= 0 && last > first)
                {
                    JsonSerializer.Serialize(lines, new TemplateShape(template.Name, file.Path[..first], file.Path[(last + 2)..]),
                        PatternJson.Readable.TemplateShape);
                    lines.WriteByte((byte)'\n');
                }
            }
        }

        changes[Path] = lines.ToArray();
    }

    /// <summary>Whether a template may make one of these paths; also where that cannot be told.</summary>
    internal static bool MayMake(byte[]? index, IEnumerable<string> paths)
    {
        if (index is null)
        {
            return false;
        }

        List<string> asked = [.. paths];
        for (var rest = index.AsMemory(); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            try
            {
                var shape = JsonSerializer.Deserialize((end < 0 ? rest : rest[..end]).Span, PatternJson.Default.TemplateShape);
                if (shape is not { Before: not null, After: not null } || asked.Exists(p => p.StartsWith(shape.Before, StringComparison.Ordinal)
                    && p.EndsWith(shape.After, StringComparison.Ordinal)))
                {
                    return true;
                }
            }
            catch (JsonException)
            {
                return true; // the templates themselves are asked
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return false;
    }
}
