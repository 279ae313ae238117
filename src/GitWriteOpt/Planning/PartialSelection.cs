using GitWriteOpt.Dependencies;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Which operations of a batch belong together (<c>--partial</c>): those that touch the same paths, a directory and what
/// is below it, or files that import each other. A group with an error is left out as a whole.
/// </summary>
internal static class PartialSelection
{
    /// <summary>The operations without the groups that have an error, and the paths that stay as they are.</summary>
    public static (IReadOnlyList<Operation> Kept, IReadOnlyList<SkippedChange> Skipped) Of(
        BatchResolution resolution, Overlay overlay, IReadOnlyList<(RepoPath Path, WriteError Error)> pathErrors)
    {
        var count = resolution.Operations.Count;
        var sets = new DisjointSets(count);
        var owner = new Dictionary<RepoPath, int>();
        for (var i = 0; i < count; i++)
        {
            foreach (var path in resolution.Touched(i))
            {
                if (!owner.TryAdd(path, i))
                {
                    sets.Union(owner[path], i);
                }
            }
        }

        JoinDirectories(owner, sets);
        JoinImports(owner, sets, resolution, overlay);
        var (causes, own) = (new Dictionary<int, WriteError>(), new Dictionary<RepoPath, WriteError>());
        foreach (var (operation, errors) in resolution.Failures)
        {
            causes.TryAdd(sets.Find(operation), errors[0]);
            foreach (var path in Refusals.PathsOf(resolution.Operations[operation]))
            {
                own.TryAdd(path, errors.FirstOrDefault(e => e.Path == path.Value) ?? errors[0]);
            }
        }

        foreach (var (path, error) in pathErrors)
        {
            own.TryAdd(path, error);
            var at = path;
            while (!owner.ContainsKey(at))
            {
                at = at.Parent ?? throw new RefusedException(error);
            }

            causes.TryAdd(sets.Find(owner[at]), error);
        }

        var skipped = new List<SkippedChange>();
        foreach (var (path, operation) in owner.OrderBy(o => o.Key))
        {
            if (causes.TryGetValue(sets.Find(operation), out var cause))
            {
                skipped.Add(new SkippedChange(path, own.GetValueOrDefault(path) ?? Together(path, cause)));
            }
        }

        return ([.. resolution.Operations.Where((_, i) => !causes.ContainsKey(sets.Find(i)))], skipped);
    }

    private static void JoinDirectories(Dictionary<RepoPath, int> owner, DisjointSets sets)
    {
        foreach (var (path, operation) in owner)
        {
            foreach (var directory in path.Ancestors())
            {
                if (owner.TryGetValue(directory, out var other))
                {
                    sets.Union(operation, other);
                }
            }
        }
    }

    private static void JoinImports(
        Dictionary<RepoPath, int> owner, DisjointSets sets, BatchResolution resolution, Overlay overlay)
    {
        var paths = owner.Keys.ToList();
        var graph = ImportGraph.Of([.. paths.Select(path => (path, TextOf(path, resolution.Operations[owner[path]], overlay)))]);
        for (var i = 0; graph.HasEdges && i < paths.Count; i++)
        {
            foreach (var target in graph.ImportsOf(i))
            {
                sets.Union(owner[paths[i]], owner[paths[target]]);
            }
        }
    }

    // A refused write has left no state: its own content tells what it imports.
    private static Content? TextOf(RepoPath path, Operation operation, Overlay overlay) => operation is Operation.Write write
        ? write.Content
        : (overlay.Known(path.Value)?.Now as PathState.File)?.Content;

    private static WriteError Together(RepoPath path, WriteError cause) =>
        new(ErrorCategory.Dependency, "skipped-together",
            $"\"{path}\" belongs together with what was refused ({cause.Code}{(cause.Path is null ? "" : $" at \"{cause.Path}\"")})")
        {
            Path = path.Value,
            Suggestion = cause.Suggestion,
        };
}
