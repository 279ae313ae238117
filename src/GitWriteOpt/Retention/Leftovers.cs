using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// What killed processes of other worktrees left, those that were removed included: keep files and temporary packs, by the
/// worktree's token; temps of transactions that never began. No writer is at work (the gc lock is held alone); a worktree
/// that has a witness is left to its own recovery, which knows what a temp may hold (I2).
/// </summary>
internal static class Leftovers
{
    /// <summary>Removes them.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="dryRun">Only find them.</param>
    /// <returns>Their absolute paths.</returns>
    /// <exception cref="Errors.StoreException">One cannot be removed.</exception>
    internal static IReadOnlyList<string> Sweep(RepositoryLayout layout, bool dryRun)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var directory in GitWorktrees.GitDirectories(layout))
        {
            var state = new LocalState(layout with { GitDirectory = directory });
            if (Witness.All(state).Count > 0)
            {
                open.Add(state.Token() ?? "");
                continue;
            }

            found.AddRange(Below(state.Stage, name => TransactionId.TryParse(name, out _)));
            found.AddRange(Below(state.Root + "/tmp", name => name.StartsWith("git-", StringComparison.Ordinal)));
        }

        found.AddRange(PackFiles(layout).Where(file => Owner(file) is { } owner && !open.Contains(owner)));
        foreach (var path in dryRun ? [] : found)
        {
            Remove(path);
        }

        return found;
    }

    private static IEnumerable<string> Below(string directory, Func<string, bool> isOurs) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory).Where(path => isOurs(Path.GetFileName(path))) : [];

    private static IEnumerable<string> PackFiles(RepositoryLayout layout) =>
        new[] { layout.ObjectsDirectory + "/pack", layout.CommonDirectory + "/writeopt" }.Where(Directory.Exists)
            .SelectMany(directory => Directory.EnumerateFiles(directory, "*.keep")
                .Concat(Directory.EnumerateFiles(directory, $"tmp_*_{OwnPacks.TemporaryMark}*")));

    // The worktree's token: in a keep file's text, or between the mark and the next "_" of a temporary name.
    private static string? Owner(string file)
    {
        if (!file.EndsWith(".keep", StringComparison.Ordinal))
        {
            var name = Path.GetFileName(file);
            var at = name.IndexOf(OwnPacks.TemporaryMark, StringComparison.Ordinal) + OwnPacks.TemporaryMark.Length;
            return name.IndexOf('_', at) is > 0 and var end ? name[at..end] : null;
        }

        return OwnPacks.OwnerOf(file);
    }

    private static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "remove", path);
        }
    }
}
