using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>A learned template of which a change makes some files and leaves others out.</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Name">The name that the files were made for.</param>
/// <param name="Made">The files that are there.</param>
/// <param name="Missing">The files that are not.</param>
/// <param name="Rest">What makes them; none where the template wants more than the name, or a file that it adds to has changed too much.</param>
public sealed record BegunTemplate(string Template, string Name, IReadOnlyList<string> Made, IReadOnlyList<string> Missing,
    IReadOnlyList<Operation> Rest)
{
    /// <summary>Those that new files have begun, the largest templates first. Reads nothing but what it is handed.</summary>
    /// <param name="templates">What was learned.</param>
    /// <param name="added">The new files.</param>
    /// <param name="read">The text of a file as it is now; null where there is none.</param>
    internal static List<BegunTemplate> Among(IReadOnlyList<Template> templates, IReadOnlyList<string> added, Func<RepoPath, string?> read)
    {
        var explained = new HashSet<string>(StringComparer.Ordinal);
        var begun = new List<BegunTemplate>();
        foreach (var template in templates.Where(t => t.State == Active && t.Files.Count > 1).OrderByDescending(t => t.Files.Count))
        {
            List<string> names = [.. template.Parameters.Select(p => p.Name)];
            List<TemplateText> paths = [.. template.Files.Select(f => TemplateText.Parse(f.Path, names))];
            foreach (var path in added)
            {
                if (explained.Contains(path) || Values(paths, path) is not { } values)
                {
                    continue;
                }

                List<string> wanted = [.. paths.Where(p => p.Pieces.All(i => i.Parameter is null || values.ContainsKey(i.Parameter)))
                    .Select(p => p.Fill(values)).Distinct(StringComparer.Ordinal)];
                List<string> made = [.. wanted.Where(added.Contains)];
                List<string> missing = [.. wanted.Where(w => !made.Contains(w) && IsMissing(w, read))];
                explained.UnionWith(made);
                if (missing.Count > 0 && made.Contains(path))
                {
                    begun.Add(new BegunTemplate(template.Name, values["name"], made, missing, RestOf(template, values, made, missing, read)));
                }
            }
        }

        return begun;
    }

    private const string Active = Templates.Template.Active;

    private static Dictionary<string, string>? Values(List<TemplateText> paths, string path)
    {
        foreach (var one in paths)
        {
            if (one.Match(path) is { } values && values.ContainsKey("name"))
            {
                return values;
            }
        }

        return null;
    }

    private static bool IsMissing(string path, Func<RepoPath, string?> read) =>
        PathRules.Objection(path) is null && read(RepoPath.Parse(path)) is null;

    private static List<Operation> RestOf(Template template, Dictionary<string, string> path, List<string> made, List<string> missing,
        Func<RepoPath, string?> read)
    {
        List<string> names = [.. template.Parameters.Select(p => p.Name)];
        var values = new Dictionary<string, string>(path, StringComparer.Ordinal);
        foreach (var file in template.Files)
        {
            if (Filled(file.Path, names, path) is { } there && made.Contains(there) && read(RepoPath.Parse(there)) is { } text)
            {
                Take(file.Text, text, names, values);
            }
        }

        // What only the files that are there need is as good as given.
        var needed = template.Files.Where(f => Filled(f.Path, names, path) is not { } there || missing.Contains(there)).Select(f => f.Text)
            .Concat(template.Registry.Select(r => r.Line)).SelectMany(text => TemplateText.Parse(text, names).Pieces).Select(p => p.Parameter).ToHashSet();
        foreach (var parameter in TemplateExpansion.Missing(template, values).Where(p => !needed.Contains(p.Name) && p.Examples.Count > 0))
        {
            values[parameter.Name] = parameter.Examples[0];
        }

        if (TemplateExpansion.Missing(template, values).Count > 0)
        {
            return [];
        }

        try
        {
            return TemplateExpansion.Of(template, values, read, missing.Contains);
        }
        catch (RefusedException)
        {
            return []; // an anchor is gone, a value does not fit: it is told what is missing, and no more
        }
    }

    // The values of further parameters, from the first line that has each.
    private static void Take(string template, string text, List<string> names, Dictionary<string, string> values)
    {
        var lines = SkeletonWriting.Lines(text);
        foreach (var line in SkeletonWriting.Lines(template))
        {
            var parsed = TemplateText.Parse(line, names);
            if (parsed.Pieces.Any(p => p.Parameter is { } name && !values.ContainsKey(name)) && parsed.Pieces.Count > 1
                && lines.Select(parsed.Match).FirstOrDefault(m => m is not null) is { } found)
            {
                foreach (var (name, value) in found)
                {
                    values.TryAdd(name, value);
                }
            }
        }
    }

    private static string? Filled(string text, List<string> names, Dictionary<string, string> values)
    {
        var parsed = TemplateText.Parse(text, names);
        return parsed.Pieces.All(p => p.Parameter is null || values.ContainsKey(p.Parameter)) ? parsed.Fill(values) : null;
    }
}
