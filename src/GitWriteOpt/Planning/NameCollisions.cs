using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>
/// Names that are one file where case or Unicode form is ignored: within the batch, and with what is on disk beside the
/// new files. Refused where this repository ignores case, a warning elsewhere (a repository travels).
/// </summary>
internal static class NameCollisions
{
    /// <summary>Pairs of a new path and the existing or other path that it collides with.</summary>
    public static IEnumerable<(RepoPath Path, string Other)> Find(IReadOnlyList<PlannedChange> changes, Overlay overlay)
    {
        var names = new Dictionary<string, string>(changes.Count, PathFolding.Comparer(ignoreCase: true));
        foreach (var change in changes)
        {
            if (change.After is not Worktree.PathState.Absent)
            {
                if (!names.TryAdd(PathFolding.Canonical(change.Path.Value), change.Path.Value))
                {
                    yield return (change.Path, names[PathFolding.Canonical(change.Path.Value)]);
                }
            }
        }

        var siblings = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change.Before is Worktree.PathState.Absent && Sibling(change.Path, overlay, siblings) is { } other)
            {
                yield return (change.Path, other);
            }
        }
    }

    /// <summary>The refusal of a collision.</summary>
    public static WriteError Error(RepoPath path, string other) =>
        new(ErrorCategory.Conflict, "path-collision", $"\"{path}\" and \"{other}\" {Reason(path.Value, other)}")
        {
            Path = path.Value,
            Suggestion = "choose a name that differs in more, or move the other file in the same batch",
        };

    /// <summary>Why two names collide.</summary>
    public static string Reason(string path, string other) =>
        PathFolding.Canonical(path) == PathFolding.Canonical(other)
            ? "differ in Unicode normalisation alone: on macOS they are one file"
            : "differ in case alone: on Windows and macOS they are one file";

    private static string? Sibling(RepoPath path, Overlay overlay, Dictionary<string, Dictionary<string, string>> siblings)
    {
        // The outermost directory that is new, or the file: its name stands in a directory that is there.
        var entry = path;
        while (entry.Parent is { } parent && overlay.At(parent).Found.Kind != Worktree.FileKind.Directory)
        {
            entry = parent;
        }

        var folder = entry.Parent?.Value ?? "";
        if (!siblings.TryGetValue(folder, out var names))
        {
            siblings.Add(folder, names = new(PathFolding.Comparer(ignoreCase: true)));
            foreach (var name in overlay.Names(entry.Parent))
            {
                names.TryAdd(PathFolding.Canonical(name), name);
            }
        }

        if (!names.TryGetValue(PathFolding.Canonical(entry.Name), out var there) || there == entry.Name)
        {
            return null;
        }

        var other = folder.Length == 0 ? there : folder + "/" + there;
        return overlay.Known(other) is { IsPresent: false, Found.Kind: not Worktree.FileKind.Directory } ? null : other;
    }
}
