namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Brings what was mined together with what was known: a template that writes the same keeps its version, one that writes
/// something else gets the next, one that is not found any more or not followed any more retires; what was extracted or
/// imported stays.
/// </summary>
internal static class TemplateUpdate
{
    // So many commits that make files without a new instance, and thrice the usual distance, and it is not followed any more.
    private const int LongAgo = 60;
    private const int Distances = 3;

    /// <summary>The templates that are known now.</summary>
    internal static List<Template> Of(IReadOnlyList<Template> known, IReadOnlyList<Template> mined, AdditionLog log)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var group = 0; group < log.Count; group++)
        {
            places[log[group].Id] = group;
        }

        var result = new List<Template>();
        var used = new HashSet<string>(known.Where(k => k.Source != "history").Select(k => k.Name), StringComparer.Ordinal);
        var matched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var template in mined)
        {
            var old = known.FirstOrDefault(k => k.Source == "history" && !matched.Contains(k.Name) && SamePaths(k, template));
            var next = old is null ? template : Next(old, template);
            if (old is not null)
            {
                matched.Add(old.Name);
            }
            else if (used.Contains(next.Name) || known.Any(k => k.Name == next.Name && !matched.Contains(k.Name)))
            {
                next = next with { Name = TemplateMining.NameOf(next.Files, [.. known, .. result, next]) };
            }

            used.Add(next.Name);
            result.Add(next with { State = IsFollowed(next, places, log.Count) ? Template.Active : Template.Retired });
        }

        result.AddRange(known.Where(k => !matched.Contains(k.Name) && !result.Exists(r => r.Name == k.Name))
            .Select(k => k.Source == "history" ? k with { State = Template.Retired } : k));
        return [.. result.OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    private static bool SamePaths(Template left, Template right) => left.Files.Select(f => f.Path).Intersect(right.Files.Select(f => f.Path)).Any();

    private static Template Next(Template old, Template template)
    {
        var same = old.Files.SequenceEqual(template.Files, EqualityComparer<TemplateFile>.Create(
            (a, b) => a!.Path == b!.Path && a.Text == b.Text, f => f.Path.GetHashCode(StringComparison.Ordinal)))
            && old.Registry.SequenceEqual(template.Registry);
        var version = same ? old.Version : old.Version + 1;
        return template with
        {
            Name = old.Name,
            Version = version,
            History = same ? old.History : [.. old.History, template.History[0] with { Version = version }],
        };
    }

    private static bool IsFollowed(Template template, Dictionary<string, int> places, int now)
    {
        List<int> at = [.. template.Instances.Select(i => places.GetValueOrDefault(i.Id, -1)).Where(p => p >= 0).Order()];
        if (at.Count < 2)
        {
            return at.Count > 0;
        }

        var distance = (double)(at[^1] - at[0]) / (at.Count - 1);
        return now - at[^1] <= Math.Max(LongAgo, Distances * distance);
    }
}
