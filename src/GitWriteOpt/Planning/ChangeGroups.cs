using GitWriteOpt.Dependencies;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Sorts the changes into groups that are written together. Each is in one: of its template, else of configuration, of
/// large files with small changes, of files that import each other or go with each other (<see cref="StepCompanions"/>:
/// a test with what it tests), else of its directory.
/// </summary>
internal static class ChangeGroups
{
    private const long LargeFile = 64 << 10;
    private const int SmallShare = 10;

    /// <summary>The groups, in the order of their first path in the swap.</summary>
    /// <param name="changes">In path order.</param>
    /// <param name="order">Swap order, as numbers of <paramref name="changes"/>.</param>
    /// <param name="graph">Who imports whom, same numbers.</param>
    /// <param name="fromTemplate">Whether the batch came from a template.</param>
    public static IReadOnlyList<WriteGroup> Of(
        IReadOnlyList<PlannedChange> changes, IReadOnlyList<int> order, ImportGraph graph, bool fromTemplate)
    {
        var sets = new DisjointSets(changes.Count);
        var importing = new bool[changes.Count];
        for (var i = 0; graph.HasEdges && i < changes.Count; i++)
        {
            foreach (var target in graph.ImportsOf(i))
            {
                sets.Union(i, target);
                importing[i] = importing[target] = true;
            }
        }

        var companions = StepCompanions.Of([.. changes.Select(c => c.Path)]);
        for (var i = 0; i < companions.Length; i++)
        {
            if (companions[i] is var with and >= 0)
            {
                sets.Union(i, with);
                importing[i] = importing[with] = true;
            }
        }

        var groups = new Dictionary<(GroupReason, string), List<RepoPath>>();
        foreach (var i in order)
        {
            var path = changes[i].Path;
            var key = fromTemplate ? (GroupReason.Template, "")
                : companions[i] < 0 && ConfigurationFiles.Contain(path) ? (GroupReason.Configuration, "")
                : IsSmallChange(changes[i]) ? (GroupReason.Incremental, "")
                : importing[i] ? (GroupReason.Dependency, changes[sets.Find(i)].Path.Value)
                : (GroupReason.Directory, path.Parent?.Value ?? "");
            if (!groups.TryGetValue(key, out var paths))
            {
                groups.Add(key, paths = []);
            }

            paths.Add(path);
        }

        // The order within a chain of imports is kept while staging too, so that a failure names the first cause.
        return [.. groups.Select(g => new WriteGroup(
            g.Key.Item1, g.Value, g.Key.Item1 is not GroupReason.Dependency && groups.Count > 1))];
    }

    /// <summary>Whether less than a tenth of a large file changes, between the first and the last differing byte.</summary>
    public static bool IsSmallChange(PlannedChange change)
    {
        if (change.Before is not PathState.File { Content: Content.Memory { Length: >= LargeFile } before }
            || change.After is not PathState.File { Content: Content.Memory after })
        {
            return false;
        }

        var old = before.Bytes.Span;
        var fresh = after.Bytes.Span;
        var head = old.CommonPrefixLength(fresh);
        var shorter = Math.Min(old.Length, fresh.Length);
        var tail = 0;
        while (tail < shorter - head && old[^(tail + 1)] == fresh[^(tail + 1)])
        {
            tail++;
        }

        return ((long)Math.Max(old.Length, fresh.Length) - head - tail) * SmallShare < Math.Max(old.Length, fresh.Length);
    }
}
