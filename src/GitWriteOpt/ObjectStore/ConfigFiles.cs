using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Which files make up a scope of the configuration, and what stands in them. Follows <c>include.path</c>; anything that
/// takes more than reading (<c>includeIf</c>, <c>~user</c>, a file that cannot be read) is git's to answer.
/// The system's file is <c>/etc/gitconfig</c>, which is right for a git below <c>/usr</c>; for one elsewhere name it in
/// <c>GIT_CONFIG_SYSTEM</c>.
/// </summary>
internal sealed class ConfigFiles(string gitDirectory, string commonDirectory, CallerEnvironment environment)
{
    private const int DeepestInclude = 10; // as git's MAX_INCLUDE_DEPTH

    /// <summary>The settings of a scope's files, in their order; null where git has to be asked.</summary>
    public List<ConfigEntry>? Read(ConfigScope scope)
    {
        var entries = new List<ConfigEntry>();
        foreach (var file in FilesOf(scope))
        {
            if (!Add(scope, file, entries, depth: 0))
            {
                return null;
            }
        }

        return entries;
    }

    private IEnumerable<string> FilesOf(ConfigScope scope) => scope switch
    {
        ConfigScope.System => IsTrue(environment["GIT_CONFIG_NOSYSTEM"])
            ? [] : [environment["GIT_CONFIG_SYSTEM"] ?? "/etc/gitconfig"],
        ConfigScope.Global => GlobalFiles(),
        ConfigScope.Local => [commonDirectory + "/config"],
        ConfigScope.Worktree => [gitDirectory + "/config.worktree"],
        _ => [],
    };

    private IEnumerable<string> GlobalFiles()
    {
        if (environment["GIT_CONFIG_GLOBAL"] is { } named)
        {
            yield return named;
            yield break;
        }

        var home = environment["HOME"];
        var xdg = environment["XDG_CONFIG_HOME"] is { Length: > 0 } set ? set : home is null ? null : home + "/.config";
        if (xdg is not null)
        {
            yield return xdg + "/git/config";
        }

        if (home is not null)
        {
            yield return home + "/.gitconfig";
        }
    }

    private bool Add(ConfigScope scope, string file, List<ConfigEntry> entries, int depth)
    {
        byte[] content;
        try
        {
            if (file.Length == 0 || !File.Exists(file))
            {
                // A directory or a device in its place is for git to complain about.
                return file.Length == 0 || !Path.Exists(file);
            }

            content = File.ReadAllBytes(file);
        }
        catch (UnauthorizedAccessException)
        {
            return scope == ConfigScope.Global; // git, too, does without a user's file that it may not read
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return true; // it was removed between the two calls
        }
        catch (IOException cause)
        {
            throw Errno.Exception(cause, "read", file);
        }

        var settings = new List<(string Key, string? Value)>();
        if (!ConfigSyntax.TryParse(content, settings))
        {
            return false;
        }

        foreach (var (key, value) in settings)
        {
            entries.Add(new ConfigEntry(scope, key, value));
            if (key.StartsWith("includeif.", StringComparison.Ordinal)
                || (key == "include.path" && !Include(scope, file, value, entries, depth)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Include(ConfigScope scope, string from, string? path, List<ConfigEntry> entries, int depth)
    {
        if (string.IsNullOrEmpty(path) || path.StartsWith("%(", StringComparison.Ordinal) || depth >= DeepestInclude)
        {
            return false;
        }

        if (path[0] == '~')
        {
            if (environment["HOME"] is not { } home || !path.StartsWith("~/", StringComparison.Ordinal))
            {
                return false;
            }

            path = home + path[1..];
        }

        return Add(scope, Path.Combine(Path.GetDirectoryName(from) ?? "/", path), entries, depth + 1);
    }

    private static bool IsTrue(string? flag) => flag is not null && ConfigValue.TryBool(flag, out var value) && value;
}
