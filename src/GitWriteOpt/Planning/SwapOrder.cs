using GitWriteOpt.Dependencies;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// The order of the swap. First the deletions that free a path for something else (a file where a directory comes, files
/// below a directory where a file comes, the old spelling of a name that changes in case alone). Then what is written,
/// dependency before dependant, else in path order. Last the other deletions, what is imported after its importers.
/// </summary>
internal static class SwapOrder
{
    /// <summary>The graph of a batch: what files import as they shall be, deleted ones as they were.</summary>
    public static ImportGraph Graph(IReadOnlyList<PlannedChange> changes) =>
        ImportGraph.Of([.. changes.Select(c => (c.Path, Text(c)))]);

    /// <summary>The numbers of <paramref name="changes"/> (which are in path order), in swap order.</summary>
    public static IReadOnlyList<int> Of(IReadOnlyList<PlannedChange> changes, DirectoryPlan directories, ImportGraph graph)
    {
        var makes = directories.Make.ToHashSet();
        var replaced = changes.Where(c => c.Found.Kind == FileKind.Directory).Select(c => c.Path.Value).ToHashSet();
        var deletes = changes.Any(c => c.After is PathState.Absent);
        var added = deletes
            ? changes.Where(c => c.Before is PathState.Absent).Select(c => PathFolding.Canonical(c.Path.Value))
                .ToHashSet(PathFolding.Comparer(ignoreCase: true))
            : [];
        var (freeing, writing, last) = (new List<int>(), new List<int>(changes.Count), new List<int>());
        for (var i = 0; i < changes.Count; i++)
        {
            var path = changes[i].Path;
            if (changes[i].After is not PathState.Absent)
            {
                writing.Add(i);
            }
            else if (makes.Contains(path) || added.Contains(PathFolding.Canonical(path.Value))
                || (replaced.Count > 0 && path.Ancestors().Any(a => replaced.Contains(a.Value))))
            {
                freeing.Add(i);
            }
            else
            {
                last.Add(i);
            }
        }

        return [.. freeing, .. graph.Sort(writing), .. graph.Sort(last, importersFirst: true)];
    }

    private static Content? Text(PlannedChange change) =>
        (change.After as PathState.File ?? change.Before as PathState.File)?.Content;
}
