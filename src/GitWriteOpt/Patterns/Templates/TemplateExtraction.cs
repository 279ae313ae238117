using GitWriteOpt.Errors;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Makes a template of files that are there: those whose paths are the same but for a name are instances of one file; the
/// others are files of one instance.
/// </summary>
internal static class TemplateExtraction
{
    /// <summary>The template.</summary>
    /// <param name="files">Paths and texts.</param>
    /// <param name="name">Its name; null to make one.</param>
    /// <param name="others">The templates that are there.</param>
    /// <param name="isSecret">Whether a line must not enter a template.</param>
    /// <exception cref="RefusedException"><c>no-shape</c>: the files have no name in common.</exception>
    internal static Template Of(IReadOnlyList<(string Path, string Text)> files, string? name, IReadOnlyList<Template> others,
        Func<string, bool> isSecret)
    {
        var instances = Instances(files);
        if (instances.Count == 0)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Usage, "no-shape",
                $"{(files.Count == 1 ? "the file has" : "the files have")} no name in common that could become a parameter")
            {
                Suggestion = "name files of one thing (Order.cs, OrderTests.cs), or files of one shape (OrderHandler.cs, InvoiceHandler.cs)",
            });
        }

        var unification = new Unification();
        var made = new List<TemplateFile>();
        foreach (var role in instances.SelectMany(i => i.Files.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            List<(NameWords Name, string Path, string Text)> having =
                [.. instances.Where(i => i.Files.ContainsKey(role)).Select(i => (i.Name, i.Files[role].Path, i.Files[role].Text))];
            if (having.Count * 2 < instances.Count
                || Abstraction.Resolve([.. having.Select(h => Abstraction.Of(h.Path, h.Name))], "name") is not { } path)
            {
                continue;
            }

            List<string> texts = [.. having.Where(h => Abstraction.Accepts(h.Text)).Select(h => Abstraction.Of(h.Text, h.Name))];
            made.Add(new TemplateFile(path, texts.Count == 0 ? "" : unification.Of(texts, "name", isSecret).Text, having.Count));
        }

        var own = name ?? TemplateMining.NameOf(made, others);
        var number = others.FirstOrDefault(o => o.Name == own)?.Version + 1 ?? 1;
        return new Template(own, number, Template.Active, "extract",
            [new TemplateParameter("name", "name", [.. instances.Select(i => i.Name.Text).Take(3)]), .. unification.Holes], made, [],
            [.. instances.Select(i => new TemplateInstance("worktree", i.Name.Text, [.. i.Files.Values.Select(f => f.Path)]))],
            [.. others.FirstOrDefault(o => o.Name == own)?.History ?? [], new TemplateVersion(number, "worktree", instances.Count)]);
    }

    // The reading of names that explains most files with the fewest different shapes, and of those the one with most words.
    private static List<Instance> Instances(IReadOnlyList<(string Path, string Text)> files)
    {
        if (files.Count > 1)
        {
            foreach (var reading in Readings(files[0].Path).OrderByDescending(r => r.Fixed))
            {
                // Files of one shape: one instance each.
                List<PathReading?> same = [.. files.Select(f => Readings(f.Path).Where(r => r.Full == reading.Full).Cast<PathReading?>().FirstOrDefault())];
                if (same.TrueForAll(r => r is not null) && same.Select(r => r!.Value.Name).Distinct().Count() == files.Count)
                {
                    return [.. files.Select((f, i) => Instance.Of(same[i]!.Value.Name, [f]))];
                }
            }
        }

        // Files of things: those that share a name belong to one; all of them have to belong to something.
        var names = files.SelectMany(f => Readings(f.Path).Select(r => r.Name)).Distinct()
            .Select(n => (Name: n, Files: files.Where(f => Mentions(f.Path, n)).ToList())).ToList();
        var whole = names.Where(n => n.Files.Count == files.Count)
            .OrderByDescending(n => files.Sum(f => Abstraction.Of(f.Text, n.Name).AsSpan().Count(Abstraction.Mark)))
            .ThenByDescending(n => n.Name.Length).ToList();
        if (whole.Count > 0)
        {
            return [Instance.Of(whole[0].Name, whole[0].Files)];
        }

        var best = names.Where(n => n.Files.Count > 1)
            .GroupBy(n => string.Join('\n', n.Files.Select(f => Abstraction.Skeleton(Abstraction.Of(f.Path, n.Name))).Order(StringComparer.Ordinal)))
            .Select(g => g.DistinctBy(n => n.Name).ToList()).Where(g => g.Count > 1)
            .Where(g => g.SelectMany(n => n.Files).Distinct().Count() == files.Count).MaxBy(g => g.Sum(n => n.Name.Length));
        return best is null ? [] : [.. best.Select(n => Instance.Of(n.Name, n.Files))];
    }

    private static IEnumerable<PathReading> Readings(string path) =>
        PathReading.Of(path).Where(r => r.Name.Length > 1 && !r.Name.Key.All(char.IsDigit));

    private static bool Mentions(string path, NameWords name) => Abstraction.Of(path, name).Contains(Abstraction.Mark, StringComparison.Ordinal);

    private sealed record Instance(NameWords Name, Dictionary<string, (string Path, string Text)> Files)
    {
        internal static Instance Of(NameWords name, IEnumerable<(string Path, string Text)> files)
        {
            var roles = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
            foreach (var file in files)
            {
                roles[Abstraction.Skeleton(Abstraction.Of(file.Path, name))] = file;
            }

            return new Instance(name, roles);
        }
    }
}
