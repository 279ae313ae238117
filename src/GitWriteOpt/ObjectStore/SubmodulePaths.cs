namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The paths that <c>.gitmodules</c> gives to submodules: a hint of where the index is worth asking, at the cost of the
/// number of submodules. What it says is never believed without the index.
/// </summary>
internal static class SubmodulePaths
{
    /// <summary>The paths, as they stand there; none where the file is not there, is a link, or is no configuration.</summary>
    internal static IReadOnlySet<string> In(string worktreeRoot)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var file = new FileInfo(worktreeRoot + "/.gitmodules");
        var settings = new List<(string Key, string? Value)>();
        if (file is { Exists: true, LinkTarget: null } && ConfigSyntax.TryParse(File.ReadAllBytes(file.FullName), settings))
        {
            paths.UnionWith(settings.Where(s => s.Key.StartsWith("submodule.", StringComparison.Ordinal)
                && s.Key.EndsWith(".path", StringComparison.Ordinal)).Select(s => s.Value).OfType<string>());
        }

        return paths;
    }
}
