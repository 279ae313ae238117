using System.Globalization;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>
/// PATH without what a repository could put there (I10): no relative entry, none inside the worktree or the git directory,
/// and no link into them.
/// </summary>
internal sealed class ToolPath
{
    private readonly List<string> _directories = [];
    private readonly string[] _inside;
    private readonly string? _home;
    private readonly string? _rustup;

    /// <summary>The PATH of a caller.</summary>
    public ToolPath(RepositoryLayout layout, CallerEnvironment environment)
    {
        _inside = [layout.WorktreeRoot, layout.GitDirectory, layout.CommonDirectory];
        (_home, _rustup) = (environment["HOME"], environment["RUSTUP_HOME"]);
        foreach (var entry in (environment["PATH"] ?? "").Split(Path.PathSeparator))
        {
            if (Path.IsPathFullyQualified(entry) && !IsInside(entry) && !_directories.Contains(entry))
            {
                _directories.Add(entry);
            }
        }
    }

    /// <summary>The value that children get.</summary>
    public string Value => string.Join(Path.PathSeparator, _directories);

    /// <summary>Where rustup keeps its toolchains, for a program of Cargo's directory, which is no more than a stand-in.</summary>
    public string? Rustup(string program) => _rustup
        ?? (program.Replace('\\', '/').EndsWith("/.cargo/bin/rustfmt", StringComparison.Ordinal)
            ? program[..^"/.cargo/bin/rustfmt".Length] + "/.rustup" : _home is null ? null : _home + "/.rustup");

    /// <summary>The absolute path of the first of these programs that is there; null where none is.</summary>
    public string? Find(IEnumerable<string> names) => names.Select(Find).FirstOrDefault(path => path is not null);

    /// <summary>The absolute path of a program; null where it is not there or is the repository's.</summary>
    public string? Find(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Path.IsPathFullyQualified(name) && IsProgram(name) ? name : null;
        }

        foreach (var directory in _directories)
        {
            foreach (var file in OperatingSystem.IsWindows() ? [name + ".exe", name] : (string[])[name])
            {
                if (IsProgram(Path.Combine(directory, file)))
                {
                    return Path.Combine(directory, file);
                }
            }
        }

        return null;
    }

    /// <summary>Tells one program from another, and from a later one in its place.</summary>
    public static string Identity(string program)
    {
        var file = Target(program);
        return string.Create(CultureInfo.InvariantCulture, $"{program}:{file.Length}:{file.LastWriteTimeUtc.Ticks}");
    }

    private bool IsProgram(string path)
    {
        try
        {
            return File.Exists(path) && Target(path) is { Exists: true } target && !IsInside(path) && !IsInside(target.FullName)
                && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(target.FullName) & (UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false; // a place that we may not look into: as if it were not on PATH
        }
    }

    private static FileInfo Target(string path)
    {
        var file = new FileInfo(path);
        return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }

    private bool IsInside(string path)
    {
        var resolved = (OperatingSystem.IsLinux() ? Platform.CanonicalPath.Of(path) : null) ?? Path.GetFullPath(path).Replace('\\', '/');
        return _inside.Any(root => resolved == root || resolved.StartsWith(root + "/", StringComparison.Ordinal));
    }
}
