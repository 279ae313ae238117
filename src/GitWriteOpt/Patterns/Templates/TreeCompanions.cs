namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// What stands beside the files that are there: of the neighbours of a new file, those that have a companion of some shape
/// anywhere in the tree are the chance that the new file will have one.
/// </summary>
internal sealed class TreeCompanions
{
    private const int MostNeighbours = 30;
    private const int MostCompanions = 8;
    private const double Doubt = 2;

    private readonly Dictionary<string, List<string>> _byDirectory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byStem = new(StringComparer.Ordinal);

    /// <summary>Over the paths of a tree.</summary>
    internal TreeCompanions(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            Add(path);
        }
    }

    /// <summary>Adds a path.</summary>
    internal void Add(string path)
    {
        var shape = PathShape.Of(path);
        At(_byDirectory, shape.Directory).Add(path);
        if (shape.Stem.Length > 2)
        {
            At(_byStem, shape.Stem).Add(path);
        }
    }

    /// <summary>The likely companions and their chances.</summary>
    internal IEnumerable<(string Path, double Chance)> Of(string path)
    {
        var shape = PathShape.Of(path);
        if (shape.Stem.Length == 0 || !_byDirectory.TryGetValue(shape.Directory, out var near))
        {
            return [];
        }

        var name = PathReading.Of(path) is [var first, ..] ? first.Name : NameWords.Of("");
        var neighbours = near.Where(n => n != path).Select(n => (Path: n, Shape: PathShape.Of(n)))
            .Where(n => n.Shape.Extension == shape.Extension && n.Shape.Stem != shape.Stem)
            .OrderByDescending(n => n.Shape.Affix == shape.Affix).Take(MostNeighbours).ToList();
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var neighbour in neighbours)
        {
            if (_byStem.TryGetValue(neighbour.Shape.Stem, out var companions) && companions.Count <= MostCompanions)
            {
                var other = PathReading.Of(neighbour.Path)[0].Name;
                var analogy = new Analogy(neighbour.Path, other, path, name, NameForm.Camel);
                foreach (var companion in companions.Where(c => c != neighbour.Path).SelectMany(analogy.Paths).Distinct())
                {
                    votes[companion] = votes.GetValueOrDefault(companion) + 1;
                }
            }
        }

        return votes.Where(v => v.Value > 1).Select(v => (v.Key, v.Value / (neighbours.Count + Doubt)));
    }

    private static List<string> At(Dictionary<string, List<string>> lists, string key)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        return list;
    }
}
