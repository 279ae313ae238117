using System.Runtime.Versioning;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>A repository that was found, with its configuration.</summary>
/// <param name="Layout">Where its parts are.</param>
/// <param name="Config">Its configuration; what discovery read of it is not read again.</param>
public sealed record DiscoveredRepository(RepositoryLayout Layout, GitConfig Config);

/// <summary>
/// Finds the repository that a directory lies in. The common case takes some file system calls and no process: a
/// <c>.git</c> above, a configuration without surprises, everything owned by the caller. Anything else
/// (<c>GIT_DIR</c> and its like, <c>core.worktree</c>, unknown extensions, another owner, a mount point on the way, a
/// system other than Linux) is answered by <c>git rev-parse</c> in the caller's own environment, which is right by
/// definition and costs some milliseconds. <see cref="RepositoryLayout.DiscoveredBy"/> says which way was taken.
/// </summary>
public static class Discovery
{
    /// <summary>Finds the repository of a directory.</summary>
    /// <param name="directory">Any directory of the worktree.</param>
    /// <param name="environment">The caller's environment; null for this process's.</param>
    /// <exception cref="UsageException">
    /// There is none (<c>not-a-repository</c>), it has no worktree (<c>bare-repository</c>), the directory lies in the git
    /// directory (<c>inside-git-directory</c>), git does not trust the owner (<c>dubious-ownership</c>), or git cannot
    /// work with it (<c>unusable-repository</c>).
    /// </exception>
    public static RepositoryLayout Find(string directory, CallerEnvironment? environment = null) =>
        Open(directory, environment).Layout;

    /// <summary>As <see cref="Find"/>, with the configuration.</summary>
    /// <param name="directory">Any directory of the worktree.</param>
    /// <param name="environment">The caller's environment; null for this process's.</param>
    /// <param name="bareToo">Whether a bare repository is found too: for what needs history and refs alone.</param>
    public static DiscoveredRepository Open(string directory, CallerEnvironment? environment = null, bool bareToo = false)
    {
        environment ??= CallerEnvironment.OfProcess();
        if (!Directory.Exists(directory))
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-directory",
                $"\"{directory}\" is not a directory"));
        }

        string reason;
        if (DecisiveVariable(environment) is { } variable)
        {
            reason = $"{variable} is set";
        }
        else if (!OperatingSystem.IsLinux())
        {
            reason = "the owner of a path is checked by git on this system";
        }
        else
        {
            var (found, oddity) = Walk(directory);
            if (oddity is null)
            {
                return found is null
                    ? throw DiscoveryByGit.NotARepository(directory)
                    : Described(found, environment);
            }

            reason = oddity;
        }

        return Described(DiscoveryByGit.Find(directory, environment, reason, bareToo), environment);
    }

    private static string? DecisiveVariable(CallerEnvironment environment) => environment.FirstSet(
        "GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CEILING_DIRECTORIES",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT");

    [SupportedOSPlatform("linux")]
    private static (RepositoryLayout? Found, string? Oddity) Walk(string start)
    {
        var directory = CanonicalPath.Of(start);
        if (directory is null || PathStatus.Read(directory, follow: true, out var first) != 0)
        {
            return (null, "the directory cannot be looked at");
        }

        while (true)
        {
            var prefix = directory == "/" ? "" : directory;
            var errno = PathStatus.Read(prefix + "/.git", follow: true, out var dotGit);
            if (errno == 0)
            {
                return GitDirectory.Follow(directory, prefix + "/.git", dotGit);
            }

            // A HEAD makes a directory look like a git directory; a dangling .git is for git to complain about.
            if (!PathStatus.IsAbsence(errno) || PathStatus.Read(prefix + "/.git", follow: false, out _) == 0
                || PathStatus.Read(prefix + "/HEAD", follow: false, out _) == 0)
            {
                return (null, $"\"{directory}\" looks unusual");
            }

            if (directory == "/")
            {
                return (null, null);
            }

            directory = Path.GetDirectoryName(directory)!;
            if (PathStatus.Read(directory, follow: true, out var above) != 0 || above.Device != first.Device)
            {
                return (null, $"\"{directory}\" is on another file system");
            }
        }
    }

    private static DiscoveredRepository Described(RepositoryLayout layout, CallerEnvironment environment)
    {
        var config = new GitConfig(layout.GitDirectory, layout.CommonDirectory, environment);
        var shared = config.Get("core.sharedRepository");
        var (mode, exact) = SharedPermissions.Parse(shared) ?? throw new UsageException(new WriteError(
            ErrorCategory.Usage, "bad-config-value", $"the configuration has core.sharedRepository = \"{shared}\"")
        {
            Suggestion = "git help config, core.sharedRepository",
        });
        var windows = OperatingSystem.IsWindows();
        return new DiscoveredRepository(layout with
        {
            IgnoreCase = config.GetBool("core.ignoreCase", whereNotSet: false),
            FileModeIsTrusted = config.GetBool("core.fileMode", whereNotSet: !windows),
            SymbolicLinks = config.GetBool("core.symlinks", whereNotSet: !windows),
            SharedMode = mode,
            SharedModeIsExact = exact,
            HasReferenceTransactionHook = HasHook(layout, config.Get("core.hooksPath")),
        }, config);
    }

    private static bool HasHook(RepositoryLayout layout, string? hooksPath) => File.Exists(Path.Combine(
        layout.WorktreeRoot, hooksPath ?? layout.CommonDirectory + "/hooks", "reference-transaction"));
}
