using System.Text;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// <c>shapes.tsv</c>: how the paths begin and end that the active templates make, a line each: name, what stands before the
/// first placeholder, what stands after the last. Enough to know, from one small file, that a batch has nothing to do with
/// any; written with the templates, and plain, since every <c>apply</c> that makes files reads it.
/// </summary>
internal static class TemplateShapes
{
    /// <summary>Its path in the tree.</summary>
    internal const string Path = "shapes.tsv";

    /// <summary>The changes that write it.</summary>
    internal static void Write(IEnumerable<Template> templates, Dictionary<string, byte[]?> changes)
    {
        var lines = new StringBuilder();
        foreach (var template in templates)
        {
            foreach (var file in template.State == Template.Active ? template.Files : [])
            {
                var (first, last) = (file.Path.IndexOf("{{", StringComparison.Ordinal), file.Path.LastIndexOf("}}", StringComparison.Ordinal));
                if (first >= 0 && last > first)
                {
                    lines.Append(template.Name).Append('\t').Append(Field(file.Path[..first])).Append('\t').Append(Field(file.Path[(last + 2)..])).Append('\n');
                }
            }
        }

        changes[Path] = Encoding.UTF8.GetBytes(lines.ToString());
    }

    /// <summary>Whether a template may make one of these paths; also where a line cannot be read.</summary>
    internal static bool MayMake(byte[]? index, IEnumerable<string> paths)
    {
        if (index is null or [])
        {
            return false;
        }

        List<string> asked = [.. paths];
        foreach (var line in Encoding.UTF8.GetString(index).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is not [_, var before, var after] || asked.Exists(p => p.StartsWith(before, StringComparison.Ordinal)
                && p.EndsWith(after, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    // What would break the line matches everything: the templates themselves are asked then.
    private static string Field(string text) => text.AsSpan().IndexOfAny('\t', '\n') >= 0 ? "" : text;
}
