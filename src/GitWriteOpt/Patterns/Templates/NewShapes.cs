using GitWriteOpt.Errors;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Finds new files of one shape, of which no template is known yet: paths that differ in a name alone, and texts that are
/// mostly the same but for it.
/// </summary>
internal static class NewShapes
{
    private const int Fewest = 3;
    private const int MostCompared = 8;
    private const int MostFiles = 200;
    private const int Longest = 20_000;
    private const int FewestLines = 3;

    /// <summary>The groups, the largest first, each path in one of them at most.</summary>
    /// <param name="added">New files: paths and texts.</param>
    /// <param name="templates">What was learned: its files are no news.</param>
    /// <param name="isSecret">Whether a line must not enter a template.</param>
    internal static List<IReadOnlyList<string>> Of(IReadOnlyList<(string Path, string Text)> added, IReadOnlyList<Template> templates,
        Func<string, bool> isSecret)
    {
        var known = templates.SelectMany(t => t.Files.Select(f => TemplateText.Parse(f.Path, t.Parameters.Select(p => p.Name)))).ToList();
        List<(string Path, string Text)> files = [.. added.Where(a => a.Text.Length is > 0 and <= Longest
            && !known.Exists(k => k.Match(a.Path) is not null)).Take(MostFiles)];
        var shapes = new Dictionary<ulong, List<(int File, PathReading Reading)>>();
        for (var i = 0; i < files.Count; i++)
        {
            foreach (var reading in PathReading.Of(files[i].Path).Where(r => r.Name.Length > 1))
            {
                if (!shapes.TryGetValue(reading.Full, out var those))
                {
                    shapes.Add(reading.Full, those = []);
                }

                if (!those.Exists(t => t.File == i || t.Reading.Name.Equals(reading.Name)))
                {
                    those.Add((i, reading));
                }
            }
        }

        var taken = new HashSet<int>();
        var groups = new List<IReadOnlyList<string>>();
        foreach (var shape in shapes.Values.OrderByDescending(s => s.Count).ThenByDescending(s => s[0].Reading.Fixed))
        {
            List<int> free = [.. shape.Select(s => s.File).Where(f => !taken.Contains(f))];
            if (free.Count >= Fewest && AreAlike([.. free.Take(MostCompared).Select(f => files[f])], isSecret))
            {
                taken.UnionWith(free);
                groups.Add([.. free.Select(f => files[f].Path)]);
            }
        }

        return groups;
    }

    // At least half of what such a file has is in all of them: a directory's files are not of one shape for lying there.
    private static bool AreAlike(IReadOnlyList<(string Path, string Text)> files, Func<string, bool> isSecret)
    {
        try
        {
            var template = TemplateExtraction.Of(files, null, [], isSecret);
            var names = template.Parameters.Select(p => p.Name).ToList();
            var common = template.Files.Count != 1 ? 0 : SkeletonWriting.Lines(template.Files[0].Text).Count(line =>
                TemplateText.Parse(line, names).Pieces.Any(p => p.Parameter is null && p.Literal.Trim().Length > 1));
            var usual = files.Average(f => SkeletonWriting.Lines(f.Text).Count(line => !string.IsNullOrWhiteSpace(line)));
            return common >= FewestLines && common * 2 >= usual;
        }
        catch (RefusedException)
        {
            return false; // no name in common
        }
    }
}
