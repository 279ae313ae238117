using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// What can be known to fail before anything is written: permissions, free space, colliding names. Expectations and
/// conflicts of files with directories are found while operations are resolved.
/// </summary>
internal static class Preflight
{
    private const long BigFile = 50L << 20;
    private const long PerFile = 4096;
    private const int ListedPaths = 5;

    /// <summary>The refusals of single paths.</summary>
    public static IEnumerable<(RepoPath Path, WriteError Error)> Refusals(
        IReadOnlyList<PlannedChange> changes, Overlay overlay, PlanningContext context)
    {
        var probed = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (change.After is PathState.Link && PathRules.IsDotGitmodules(change.Path.Name))
            {
                yield return (change.Path, PathRules.Unsafe(change.Path.Value, "git does not read .gitmodules through a link"));
            }

            if (change.Found.Kind == FileKind.File && (change.Found.Permissions & 0x80) == 0
                && change.Kind is ChangeKind.Modified or ChangeKind.Type)
            {
                yield return (change.Path, new WriteError(ErrorCategory.Permission, "read-only-file",
                    $"\"{change.Path}\" is read-only (mode {Convert.ToString(change.Found.Permissions, 8)})")
                {
                    Path = change.Path.Value,
                    Suggestion = $"chmod u+w \"{change.Path}\" if it shall be written",
                });
            }

            if (context.CanWriteIn is { } canWriteIn)
            {
                var directory = change.Path.Parent;
                while (directory is not null && overlay.At(directory).Found.Kind != FileKind.Directory)
                {
                    directory = directory.Parent;
                }

                if (!probed.TryGetValue(directory?.Value ?? "", out var writable))
                {
                    probed.Add(directory?.Value ?? "", writable = canWriteIn(directory));
                }

                if (!writable)
                {
                    yield return (change.Path, new WriteError(ErrorCategory.Permission, "read-only-directory",
                        $"\"{change.Path}\" cannot be written: its directory \"{directory?.Value ?? "."}\" is read-only")
                    {
                        Path = change.Path.Value,
                        Suggestion = "give yourself write permission on the directory",
                    });
                }
            }
        }
    }

    /// <summary>What a person should know of the changes.</summary>
    public static IEnumerable<string> Warnings(IReadOnlyList<PlannedChange> changes)
    {
        var linked = changes.Where(c => c.Found is { Kind: FileKind.File, Links: > 1 }).ToList();
        if (linked.Count > 0)
        {
            yield return $"hard links are broken, the other names keep the old content: {Listed(linked)}";
        }

        var big = changes.Where(c => c.After is PathState.File { Content.Length: >= BigFile }).ToList();
        if (big.Count > 0)
        {
            yield return $"files of 50 MiB and more go into git's object store: {Listed(big)}";
        }

        var special = changes.Where(c => (c.Found.Permissions & 0xc00) != 0 && c.Found.Kind == FileKind.File).ToList();
        if (special.Count > 0)
        {
            yield return $"files with set-user-id or set-group-id bits change: {Listed(special)}";
        }
    }

    /// <summary>Refuses where the disk has less room than the after contents and the backup need, uncompressed.</summary>
    /// <exception cref="RefusedException"><c>no-space</c>.</exception>
    public static void CheckSpace(IReadOnlyList<PlannedChange> changes, PlanningContext context)
    {
        if (context.FreeBytes is not { } free || changes.Count == 0)
        {
            return;
        }

        var needed = changes.Sum(c => (2 * PlanFacts.Length(c.After)) + PlanFacts.Length(c.Before) + PerFile);
        if (free() is var there && there < needed)
        {
            throw new RefusedException(new WriteError(ErrorCategory.System, "no-space",
                $"the batch needs {needed} bytes for its files and their backup, and {there} are free")
            {
                // The one that asks for the most.
                Path = changes.MaxBy(c => PlanFacts.Length(c.After))!.Path.Value,
                Suggestion = "free some space, or apply the batch in parts",
            });
        }
    }

    private static string Listed(List<PlannedChange> changes) => string.Join(", ",
        changes.Take(ListedPaths).Select(c => $"\"{c.Path}\""))
        + (changes.Count > ListedPaths ? $" and {changes.Count - ListedPaths} more" : "");
}
