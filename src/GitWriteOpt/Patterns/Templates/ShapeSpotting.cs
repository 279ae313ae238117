namespace GitWriteOpt.Patterns.Templates;

/// <summary>Finds new files of one shape: the same path but for a name, of which the file's own name is not all.</summary>
internal static class ShapeSpotting
{
    /// <summary>So many names make a shape.</summary>
    internal const int Fewest = 3;

    /// <summary>Whether some of these paths are of one shape. Asked after each batch, so it only reads names.</summary>
    internal static bool IsThere(IReadOnlyList<string> paths)
    {
        if (paths.Count is < Fewest or > AddedGroup.MostAdded)
        {
            return false;
        }

        var counts = new Dictionary<ulong, int>();
        foreach (var path in paths)
        {
            foreach (var reading in PathReading.Of(path))
            {
                if (IsShape(reading))
                {
                    var count = counts.GetValueOrDefault(reading.Full) + 1;
                    if (count == Fewest)
                    {
                        return true;
                    }

                    counts[reading.Full] = count;
                }
            }
        }

        return false;
    }

    /// <summary>The paths of each shape, the shape with most fixed words first; a path belongs to one of them.</summary>
    internal static List<List<string>> Of(IReadOnlyList<string> paths)
    {
        var shapes = new Dictionary<ulong, (int Fixed, List<string> Paths)>();
        foreach (var path in paths)
        {
            foreach (var reading in PathReading.Of(path))
            {
                if (IsShape(reading))
                {
                    if (!shapes.TryGetValue(reading.Full, out var shape))
                    {
                        shapes.Add(reading.Full, shape = (reading.Fixed, []));
                    }

                    if (!shape.Paths.Contains(path))
                    {
                        shape.Paths.Add(path);
                    }
                }
            }
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<List<string>>();
        foreach (var (_, own) in shapes.Values.OrderByDescending(s => s.Paths.Count).ThenByDescending(s => s.Fixed).ThenBy(s => s.Paths[0], StringComparer.Ordinal))
        {
            List<string> left = [.. own.Where(path => !used.Contains(path))];
            if (left.Count >= Fewest)
            {
                used.UnionWith(left);
                found.Add(left);
            }
        }

        return found;
    }

    /// <summary>Whether two templates have instances of the same names, and no parameter but the name in common.</summary>
    internal static bool AreOfSameNames(Template left, Template right) =>
        left.Instances.Select(i => NameWords.Of(i.Name).Key).ToHashSet(StringComparer.Ordinal).SetEquals(right.Instances.Select(i => NameWords.Of(i.Name).Key))
        && !left.Parameters.Skip(1).Any(p => right.Parameters.Any(o => o.Name == p.Name));

    /// <summary>One template that makes what both make.</summary>
    internal static Template Joined(Template left, Template right) => left with
    {
        Parameters = [.. left.Parameters, .. right.Parameters.Skip(1)],
        Files = [.. left.Files.Concat(right.Files).OrderBy(f => f.Path, StringComparer.Ordinal)],
        Instances =
        [
            .. left.Instances.Select(i => i with
            {
                Paths = [.. i.Paths, .. right.Instances.First(o => NameWords.Of(o.Name).Equals(NameWords.Of(i.Name))).Paths],
            }),
        ],
    };

    private static bool IsShape(PathReading reading) => reading.Fixed > 0 && reading.Name.Length > 1 && !reading.Name.Key.All(char.IsDigit);
}
