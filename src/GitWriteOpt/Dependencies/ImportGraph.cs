using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Dependencies;

/// <summary>
/// Who imports whom among the files of one batch, for their order. Nodes are numbered as they were given.
/// </summary>
public sealed class ImportGraph
{
    private readonly int[]?[] _imports;

    private ImportGraph(int[]?[] imports) => _imports = imports;

    /// <summary>Whether any file imports another.</summary>
    public bool HasEdges => _imports.Any(i => i is not null);

    /// <summary>The files that file <paramref name="node"/> imports.</summary>
    public IReadOnlyList<int> ImportsOf(int node) => _imports[node] ?? [];

    /// <summary>Looks at each file's text; null content and files that are large or in other languages import nothing.</summary>
    public static ImportGraph Of(IReadOnlyList<(RepoPath Path, Content? Text)> files) =>
        new(files.Count > 1 ? BatchEdges.Of(files) : new int[]?[files.Count]);

    /// <summary>
    /// All nodes, each after the files that it imports where that can be; otherwise in the given order, in which cycles
    /// are broken too.
    /// </summary>
    /// <param name="order">The nodes to order; edges to others do not count.</param>
    /// <param name="importersFirst">The reverse: each before the files that it imports.</param>
    public IReadOnlyList<int> Sort(IReadOnlyList<int> order, bool importersFirst = false)
    {
        if (!HasEdges)
        {
            return order;
        }

        var edges = importersFirst ? Importers() : _imports;
        var wanted = new HashSet<int>(order);
        var seen = new HashSet<int>();
        var sorted = new List<int>(order.Count);
        var path = new Stack<(int Node, int Next)>();
        foreach (var root in order)
        {
            if (seen.Add(root))
            {
                path.Push((root, 0));
            }

            while (path.TryPop(out var top))
            {
                var targets = edges[top.Node] ?? [];
                if (top.Next == targets.Length)
                {
                    sorted.Add(top.Node);
                    continue;
                }

                path.Push((top.Node, top.Next + 1));
                if (wanted.Contains(targets[top.Next]) && seen.Add(targets[top.Next]))
                {
                    path.Push((targets[top.Next], 0));
                }
            }
        }

        return sorted;
    }

    private int[]?[] Importers()
    {
        var importers = new List<int>?[_imports.Length];
        for (var i = 0; i < _imports.Length; i++)
        {
            foreach (var target in ImportsOf(i))
            {
                (importers[target] ??= []).Add(i);
            }
        }

        return Array.ConvertAll(importers, list => list?.ToArray());
    }
}
