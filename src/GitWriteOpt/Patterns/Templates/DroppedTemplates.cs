using System.Text.Json;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>A template that somebody dropped.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paths">What it made, with placeholders.</param>
internal sealed record DroppedTemplate(string Name, IReadOnlyList<string> Paths);

/// <summary>
/// <c>dropped.jsonl</c>: what is not mined again, until files of that shape are extracted by hand or all is forgotten
/// (<c>learn --full --forget-dropped</c>).
/// </summary>
internal static class DroppedTemplates
{
    /// <summary>Its path in the tree.</summary>
    internal const string Path = "dropped.jsonl";
    private const int Most = 200;

    /// <summary>All of them; a damaged line says nothing.</summary>
    internal static List<DroppedTemplate> Read(PatternTree tree)
    {
        var dropped = new List<DroppedTemplate>();
        for (var rest = (tree.TryRead(Path) ?? []).AsMemory(); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            try
            {
                if (JsonSerializer.Deserialize((end < 0 ? rest : rest[..end]).Span, PatternJson.Default.DroppedTemplate) is { Name: not null, Paths: not null } one)
                {
                    dropped.Add(one);
                }
            }
            catch (JsonException)
            {
                // Then that template may be found again, and dropped again.
            }

            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return dropped;
    }

    /// <summary>Whether a template makes what a dropped one made.</summary>
    internal static bool Hold(IReadOnlyList<DroppedTemplate> dropped, Template template)
    {
        foreach (var one in dropped)
        {
            foreach (var file in template.Files)
            {
                if (one.Paths.Contains(file.Path))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The changes that add one.</summary>
    internal static void Add(Template template, PatternTree before, Dictionary<string, byte[]?> changes) =>
        Write([.. Read(before), new DroppedTemplate(template.Name, [.. template.Files.Select(f => f.Path)])], changes);

    /// <summary>The changes that take out those that make what a template makes.</summary>
    internal static void Remove(Template template, PatternTree before, Dictionary<string, byte[]?> changes)
    {
        var dropped = Read(before);
        if (dropped.RemoveAll(one => Hold([one], template)) > 0)
        {
            Write(dropped, changes);
        }
    }

    /// <summary>The changes that forget them all.</summary>
    internal static void Clear(Dictionary<string, byte[]?> changes) => Write([], changes);

    private static void Write(List<DroppedTemplate> dropped, Dictionary<string, byte[]?> changes)
    {
        using var lines = new MemoryStream();
        foreach (var one in dropped.TakeLast(Most))
        {
            JsonSerializer.Serialize(lines, one, PatternJson.Readable.DroppedTemplate);
            lines.WriteByte((byte)'\n');
        }

        changes[Path] = dropped.Count == 0 ? null : lines.ToArray();
    }
}
