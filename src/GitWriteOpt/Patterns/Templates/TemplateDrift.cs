namespace GitWriteOpt.Patterns.Templates;

/// <summary>A file that was made by a template which, as it is known now, makes it differently.</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Path">The file.</param>
/// <param name="Lines">How many lines the template would write there that the file has not.</param>
public sealed record DriftedFile(string Template, string Path, int Lines);

/// <summary>Compares templates before and after learning with the files that they are known to have made.</summary>
internal static class TemplateDrift
{
    private const int MostFiles = 200;

    /// <summary>The files that a newer version makes differently and that still are as the older one made them, mostly.</summary>
    /// <param name="before">What was known.</param>
    /// <param name="after">What is known now.</param>
    /// <param name="read">The text of a file as it is now; null where there is none.</param>
    internal static List<DriftedFile> Of(IReadOnlyList<Template> before, IReadOnlyList<Template> after, Func<string, string?> read)
    {
        var drifted = new List<DriftedFile>();
        foreach (var now in after.Where(t => t.State == Template.Active))
        {
            if (before.FirstOrDefault(t => t.Name == now.Name) is not { } then || then.Version == now.Version)
            {
                continue;
            }

            foreach (var instance in then.Instances.Take(MostFiles))
            {
                var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = instance.Name };
                foreach (var file in now.Files)
                {
                    var earlier = then.Files.FirstOrDefault(f => f.Path == file.Path);
                    if (earlier is null || earlier.Text == file.Text || Filled(now, file.Path, values) is not { } path
                        || !instance.Paths.Contains(path) || read(path) is not { } text)
                    {
                        continue;
                    }

                    var lines = SkeletonWriting.Lines(text).ToHashSet(StringComparer.Ordinal);
                    var old = Lines(then, earlier.Text, values);
                    var missing = Lines(now, file.Text, values).Count(line => !old.Contains(line) && !lines.Contains(line));
                    if (missing > 0 && old.Count(lines.Contains) * 2 >= old.Count)
                    {
                        drifted.Add(new DriftedFile(now.Name, path, missing));
                    }
                }
            }
        }

        return drifted;
    }

    // The lines that the name alone decides.
    private static HashSet<string> Lines(Template template, string text, Dictionary<string, string> values) =>
        [.. SkeletonWriting.Lines(text).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => Filled(template, line, values)).OfType<string>()];

    private static string? Filled(Template template, string text, Dictionary<string, string> values)
    {
        var parsed = TemplateText.Parse(text, template.Parameters.Select(p => p.Name));
        return parsed.Pieces.All(p => p.Parameter is null or "name") ? parsed.Fill(values) : null;
    }
}
