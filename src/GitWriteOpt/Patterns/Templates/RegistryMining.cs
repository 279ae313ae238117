namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Finds the lines that commits added to files which list their instances: the same line but for the name, in the same
/// file, in at least half of them.
/// </summary>
internal sealed class RegistryMining(AdditionLog log, Func<ObjectStore.ObjectId, string?> read)
{
    private const int MostLines = 4;
    private const int LargestFile = 400_000;

    /// <summary>The lines of these instances, newest first.</summary>
    internal List<RegistryLine> Of(IReadOnlyList<(int Group, NameWords Name)> instances)
    {
        var found = new Dictionary<(string Path, string Skeleton), List<(string Line, string After)>>();
        foreach (var (group, name) in instances)
        {
            foreach (var edited in log[group].Edited)
            {
                if (read(edited.Before) is not { Length: < LargestFile } before || read(edited.After) is not { Length: < LargestFile } after)
                {
                    continue;
                }

                foreach (var line in Added(before, after))
                {
                    var marked = Abstraction.Of(line, name);
                    if (marked.Contains(Abstraction.Mark, StringComparison.Ordinal) && Abstraction.Accepts(line))
                    {
                        var key = (edited.Path, Abstraction.Skeleton(marked));
                        if (!found.TryGetValue(key, out var lines))
                        {
                            found.Add(key, lines = []);
                        }

                        lines.Add((marked, after));
                    }
                }
            }
        }

        var needed = Math.Max(2, (instances.Count + 1) / 2);
        return
        [
            .. found.Where(f => f.Value.Count >= needed && !SecretLines.Has(f.Key.Skeleton))
                .OrderByDescending(f => f.Value.Count).ThenBy(f => f.Key.Path, StringComparer.Ordinal).Take(MostLines)
                .Select(f => (f.Key.Path, Line: Abstraction.Resolve([.. f.Value.Select(v => v.Line)], "name"), f.Value[0].After))
                .Where(f => f.Line is not null)
                .Select(f => new RegistryLine(f.Path, f.Line!, RegistryText.OrderOf(f.After, f.Line!))),
        ];
    }

    // Lines that are there more often afterwards.
    private static IEnumerable<string> Added(string before, string after)
    {
        var left = SkeletonWriting.Lines(before).CountBy(l => l).ToDictionary(StringComparer.Ordinal);
        foreach (var line in SkeletonWriting.Lines(after))
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else if (!line.AsSpan().Trim().IsEmpty)
            {
                yield return line;
            }
        }
    }
}
