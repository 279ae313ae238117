namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// What stands beside the files that are there: of the neighbours of a new file, those that have a companion of some shape
/// anywhere in the tree are the chance that the new file will have one.
/// </summary>
internal sealed class TreeCompanions
{
    private const int MostNeighbours = 30;
    private const int FewestNeighbours = 8;
    private const int MostElsewhere = 600;
    private const int MostOfDirectory = 2;
    private const int MostCompanions = 8;
    private const double Doubt = 2;
    private const int MostSiblings = 80;
    private const int MostOfKinds = 60;
    private const double OfAlike = 0.25;
    private const double OfSameKind = 0.6;

    private readonly Dictionary<string, List<string>> _byDirectory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byStem = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byAffix = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _children = new(StringComparer.Ordinal);

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
        At(_byAffix, shape.Affix).Add(path);
        if (_byDirectory[shape.Directory].Count == 1 && shape.Directory.Length > 0)
        {
            At(_children, ParentOf(shape.Directory)).Add(shape.Directory);
        }

        if (shape.Stem.Length > 2)
        {
            At(_byStem, shape.Stem).Add(path);
        }
    }

    /// <summary>Whether files lie directly in a directory.</summary>
    internal bool HasFilesIn(string directory) => _byDirectory.ContainsKey(directory);

    /// <summary>The likely companions.</summary>
    internal IEnumerable<TreeCompanion> Of(string path)
    {
        var shape = PathShape.Of(path);
        if (shape.Stem.Length == 0)
        {
            return [];
        }

        var name = PathReading.Of(path) is [var first, ..] ? first.Name : NameWords.Of("");
        var neighbours = Neighbours(path, shape);
        var votes = new Dictionary<string, List<(string, Analogy)>>(StringComparer.Ordinal);
        foreach (var neighbour in neighbours)
        {
            if (_byStem.TryGetValue(neighbour.Shape.Stem, out var companions) && companions.Count <= MostCompanions)
            {
                var other = PathReading.Of(neighbour.Path)[0].Name;
                var analogy = new Analogy(neighbour.Path, other, path, name, NameForm.Camel);
                foreach (var companion in companions)
                {
                    foreach (var renamed in companion == neighbour.Path ? [] : analogy.Paths(companion).Distinct(StringComparer.Ordinal))
                    {
                        if (!votes.TryGetValue(renamed, out var list))
                        {
                            votes.Add(renamed, list = []);
                        }

                        if (list.Count == 0 || list[^1].Item2 != analogy)
                        {
                            list.Add((companion, analogy));
                        }
                    }
                }
            }
        }

        return votes.Where(v => v.Value.Count > 1)
            .Select(v => new TreeCompanion(v.Key, v.Value.Count / (neighbours.Count + Doubt), v.Value));
    }

    /// <summary>The same file in the directories beside its own that hold much the same: a lock file of each project.</summary>
    internal IEnumerable<(string Path, double Chance)> Beside(string path)
    {
        var (directory, name) = (ParentOf(path), path[(path.LastIndexOf('/') + 1)..]);
        if (directory.Length == 0 || !_children.TryGetValue(ParentOf(directory), out var siblings) || !_byDirectory.TryGetValue(directory, out var own))
        {
            yield break;
        }

        var kinds = Kinds(own, path);
        foreach (var sibling in siblings.Take(MostSiblings))
        {
            var there = _byDirectory[sibling];
            if (sibling != directory && !there.Exists(p => p.Length == sibling.Length + 1 + name.Length && p.EndsWith(name, StringComparison.Ordinal)))
            {
                var others = Kinds(there, "");
                var common = others.Count(kinds.Contains);
                if (common > 0)
                {
                    yield return ($"{sibling}/{name}", OfAlike * common / (kinds.Count + others.Count - common));
                }
            }
        }
    }

    /// <summary>What the directories beside a new file's have where they have such a file too: a licence of each package.</summary>
    internal IEnumerable<TreeCompanion> Usual(string path)
    {
        var (directory, name) = (ParentOf(path), path[(path.LastIndexOf('/') + 1)..]);
        if (directory.Length == 0 || !_children.TryGetValue(ParentOf(directory), out var siblings))
        {
            return [];
        }

        var extension = Path.GetExtension(name);
        var others = siblings.Take(MostSiblings).Where(s => s != directory).ToList();
        var alike = others.FindAll(s => _byDirectory[s].Contains($"{s}/{name}"));
        var weight = 1.0;
        if (alike.Count < 2)
        {
            alike = others.FindAll(s => _byDirectory[s].Exists(p => Path.GetExtension(p) == extension));
            weight = OfSameKind;
        }

        var found = new Dictionary<string, List<(string, Analogy)>>(StringComparer.Ordinal);
        foreach (var sibling in alike)
        {
            var analogy = new Analogy($"{sibling}/{name}", NameWords.Of(name), path, NameWords.Of(name), NameForm.Camel);
            foreach (var file in _byDirectory[sibling].Take(MostOfKinds))
            {
                var here = $"{directory}{file[sibling.Length..]}";
                if (here != path)
                {
                    if (!found.TryGetValue(here, out var list))
                    {
                        found.Add(here, list = []);
                    }

                    list.Add((file, analogy));
                }
            }
        }

        return found.Where(f => f.Value.Count > 1)
            .Select(f => new TreeCompanion(f.Key, weight * f.Value.Count / (alike.Count + Doubt), f.Value));
    }

    private static HashSet<string> Kinds(List<string> paths, string but) =>
        [.. paths.Where(p => p != but).Take(MostOfKinds).Select(Path.GetExtension).OfType<string>()];

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    // Those of the same directory; where they are few, the nearest files elsewhere whose names are made the same way.
    private List<(string Path, PathShape Shape)> Neighbours(string path, PathShape shape)
    {
        var near = _byDirectory.GetValueOrDefault(shape.Directory) ?? [];
        var neighbours = near.Where(n => n != path).Select(n => (Path: n, Shape: PathShape.Of(n)))
            .Where(n => n.Shape.Extension == shape.Extension && n.Shape.Stem != shape.Stem)
            .OrderByDescending(n => n.Shape.Affix == shape.Affix).Take(MostNeighbours).ToList();
        if (neighbours.Count < FewestNeighbours && _byAffix.TryGetValue(shape.Affix, out var alike))
        {
            var perDirectory = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var other in alike.TakeLast(MostElsewhere).Select(n => (Path: n, Shape: PathShape.Of(n)))
                .Where(n => n.Shape.Directory != shape.Directory && n.Shape.Stem.Length > 0 && n.Shape.Stem != shape.Stem)
                .OrderByDescending(n => PathShape.Nearness(shape.Directory, n.Shape.Directory)))
            {
                var taken = perDirectory.GetValueOrDefault(other.Shape.Directory);
                if (taken < MostOfDirectory && neighbours.Count < FewestNeighbours)
                {
                    perDirectory[other.Shape.Directory] = taken + 1;
                    neighbours.Add(other);
                }
            }
        }

        return neighbours;
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

/// <summary>A file that likely stands beside a new one.</summary>
/// <param name="Path">Where.</param>
/// <param name="Chance">Of the neighbours, those that have such a companion.</param>
/// <param name="From">Those companions, and how the neighbour of each becomes the new file.</param>
internal readonly record struct TreeCompanion(string Path, double Chance, IReadOnlyList<(string Path, Analogy Analogy)> From);
