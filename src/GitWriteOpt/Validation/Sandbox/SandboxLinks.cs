using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>Directories of the worktree that are not copied into the sandbox but linked: installed packages, mostly.</summary>
internal static class SandboxLinks
{
    private static readonly string[] Usual = ["node_modules", ".venv", "vendor"];

    /// <summary>
    /// Those that are wanted: <see cref="SandboxTree.LinkKey"/> of the user's own configuration (a command writes through
    /// a link, so a repository may not choose), else the usual ones; where they are directories and nothing of them is
    /// copied.
    /// </summary>
    public static IEnumerable<string> Wanted(RepositoryLayout user, GitConfig config, IReadOnlySet<string> files)
    {
        List<string> configured = [.. config.All(SandboxTree.LinkKey)
            .Where(e => e.Scope is not (ConfigScope.Local or ConfigScope.Worktree)).Select(e => (e.Value ?? "").Trim('/'))];
        return (configured.Count > 0 ? configured : [.. Usual]).Distinct()
            .Where(path => path.Length > 0 && PathRules.Objection(path) is null && Directory.Exists($"{user.WorktreeRoot}/{path}")
                && !files.Any(f => f == path || f.StartsWith(path + "/", StringComparison.Ordinal)));
    }
}
