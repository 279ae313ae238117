using System.Globalization;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>
/// A private temporary directory for one validation: copies of what is checked, an empty home, an empty place to run in
/// for each child. Outside of the worktree and of the git directory, since many programs look for their settings in the
/// directories above a file or above where they run. Removed when disposed of.
/// </summary>
internal sealed class CheckRoom : IDisposable
{
    private readonly string _root;
    private int _next;

    private CheckRoom(string root)
    {
        _root = root;
        Empty = Directory.CreateDirectory(Path.Combine(root, "empty")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        File.WriteAllBytes(Path.Combine(Empty, "rustfmt.toml"), []);
    }

    /// <summary>Holds settings files without settings, for programs that must be shown some.</summary>
    public string Empty { get; }

    /// <summary>An empty home directory.</summary>
    public string Home { get; }

    /// <summary>Makes one; null where the only place for it is inside the repository, or cannot be written.</summary>
    public static CheckRoom? Make(RepositoryLayout layout)
    {
        foreach (var place in new[] { Path.GetTempPath(), "/var/tmp", "/tmp" })
        {
            try
            {
                var full = (OperatingSystem.IsLinux() ? Platform.CanonicalPath.Of(place) : null)
                    ?? Path.GetFullPath(place).Replace('\\', '/').TrimEnd('/');
                if (Directory.Exists(full) && !Below(full, layout.WorktreeRoot) && !Below(full, layout.GitDirectory)
                    && !Below(full, layout.CommonDirectory))
                {
                    return new CheckRoom(OwnDirectory(full));
                }
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                continue; // the next place may do; where none does, nothing is checked
            }
        }

        return null;
    }

    /// <summary>A copy of a file under its own name, alone in a directory.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public string Copy(string name, ReadOnlySpan<byte> content, (string Name, string Text)? beside)
    {
        var directory = New();
        if (beside is var (other, text))
        {
            File.WriteAllText(Path.Combine(directory, other), text);
        }

        var path = Path.Combine(directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>An empty directory.</summary>
    public string New() => Directory.CreateDirectory(
        Path.Combine(_root, Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture))).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A child may still be writing there. It lies in the system's temporary directory, which is swept.
        }
    }

    // Readable by its owner alone, under a name that nobody can guess.
    private static string OwnDirectory(string above)
    {
        var path = Path.Combine(above, "git-writeopt-check-" + Path.GetRandomFileName());
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private static bool Below(string path, string root) =>
        path == root || path.StartsWith(root + "/", StringComparison.Ordinal);
}
