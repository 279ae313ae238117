using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// What happens to directories, and where a file stands in a directory's place or the reverse once all operations are
/// taken. A directory goes when the batch takes its last entry, and then its parent likewise; never the root.
/// </summary>
/// <param name="Make">Not there, outermost first.</param>
/// <param name="Remove">Emptied, innermost first.</param>
/// <param name="Filled">There and empty, in path order.</param>
/// <param name="Conflicts">The paths that cannot be as the batch wants them, and why.</param>
internal sealed record DirectoryPlan(
    IReadOnlyList<RepoPath> Make, IReadOnlyList<PlannedDirectory> Remove, IReadOnlyList<PlannedDirectory> Filled,
    IReadOnlyList<(RepoPath Path, WriteError Error)> Conflicts)
{
    /// <summary>Looks at the overlay after the last operation; <paramref name="changes"/> are its changed entries.</summary>
    public static DirectoryPlan Of(Overlay overlay, IReadOnlyList<OverlayEntry> changes)
    {
        var conflicts = new List<(RepoPath, WriteError)>();
        var (make, filled, needed) = Upwards(overlay, changes, conflicts);
        var removed = Removed(overlay, changes, needed);
        foreach (var entry in changes.Where(e => e.IsPresent && e.Found.Kind == FileKind.Directory))
        {
            if (!removed.ContainsKey(entry.Path.Value))
            {
                conflicts.Add((entry.Path, new WriteError(ErrorCategory.Conflict, "directory-in-the-way",
                    $"\"{entry.Path}\" is a directory that holds other files, and a file was to be written there")
                {
                    Path = entry.Path.Value,
                    Suggestion = "delete the directory recursively in the same batch",
                }));
            }
        }

        return new DirectoryPlan(
            [.. make.Where(d => !conflicts.Any(c => c.Item1 == d)).Order()],
            [.. removed.Values.OrderByDescending(d => Depth(d.Path)).ThenBy(d => d.Path)],
            [.. filled.OrderBy(d => d.Path)], conflicts);
    }

    private static (List<RepoPath> Make, List<PlannedDirectory> Filled, HashSet<string> Needed) Upwards(
        Overlay overlay, IReadOnlyList<OverlayEntry> changes, List<(RepoPath, WriteError)> conflicts)
    {
        var (make, filled, needed) = (new List<RepoPath>(), new List<PlannedDirectory>(), new HashSet<string>(StringComparer.Ordinal));
        var starts = new List<(RepoPath Child, RepoPath? Directory)>(changes.Count);
        foreach (var entry in changes)
        {
            if (entry.IsPresent)
            {
                starts.Add((entry.Path, entry.Path.Parent));
            }
        }

        foreach (var wanted in overlay.WantedDirectories)
        {
            starts.Add((wanted, wanted));
        }

        foreach (var (child, start) in starts)
        {
            var below = false;
            for (var directory = start; directory is not null && needed.Add(directory.Value); directory = directory.Parent)
            {
                var entry = overlay.At(directory);
                if (entry.IsPresent)
                {
                    conflicts.Add((child, InTheWay(child, directory)));
                }
                else if (entry.Found.Kind != FileKind.Directory)
                {
                    make.Add(directory);
                    below = true;
                }
                else if (overlay.At(child).Found.Kind == FileKind.Absent || below)
                {
                    if (overlay.Names(directory).Count == 0)
                    {
                        filled.Add(new PlannedDirectory(directory, entry.Found.Permissions));
                    }

                    below = false;
                }
            }
        }

        return (make, filled, needed);
    }

    private static Dictionary<string, PlannedDirectory> Removed(
        Overlay overlay, IReadOnlyList<OverlayEntry> changes, HashSet<string> needed)
    {
        var removed = new Dictionary<string, PlannedDirectory>(StringComparer.Ordinal);
        // Innermost first, so that a parent sees which of its directories go.
        var queue = new PriorityQueue<RepoPath, int>();
        var queued = new HashSet<RepoPath>();
        void Consider(RepoPath? directory)
        {
            if (directory is not null && queued.Add(directory))
            {
                queue.Enqueue(directory, -Depth(directory));
            }
        }

        foreach (var entry in changes)
        {
            if (!entry.IsPresent)
            {
                Consider(entry.Path.Parent);
            }
        }

        foreach (var emptied in overlay.EmptiedDirectories)
        {
            Consider(emptied);
        }

        while (queue.TryDequeue(out var directory, out _))
        {
            if (needed.Contains(directory.Value) || overlay.At(directory).Found.Kind != FileKind.Directory
                || !overlay.Names(directory).All(name => Goes(overlay, removed, directory.Value + "/" + name)))
            {
                continue;
            }

            removed.Add(directory.Value, new PlannedDirectory(directory, overlay.At(directory).Found.Permissions));
            Consider(directory.Parent);
        }

        return removed;
    }

    private static bool Goes(Overlay overlay, Dictionary<string, PlannedDirectory> removed, string path) =>
        removed.ContainsKey(path)
        || (overlay.Known(path) is { IsPresent: false, Found.Kind: FileKind.File or FileKind.Link });

    private static WriteError InTheWay(RepoPath child, RepoPath directory) =>
        new(ErrorCategory.Conflict, "file-in-the-way",
            $"\"{child}\" needs a directory at \"{directory}\", where there is a file")
        {
            Path = child.Value,
            Suggestion = $"delete or move \"{directory}\" in the same batch",
        };

    private static int Depth(RepoPath path) => path.Value.AsSpan().Count('/');
}
