using System.Runtime.InteropServices;

namespace GitWriteOpt.Crashes.Judging;

/// <summary>Looks for what a command that was stopped may leave: locks, temps, witnesses.</summary>
public static partial class Leftovers
{
    private const int ReadWrite = 2 | 0x80000;
    private const int ExclusiveAtOnce = 2 | 4;

    /// <summary>What is left.</summary>
    /// <param name="worktree">The worktree.</param>
    /// <param name="commonDirectory">The repository's directory, with those of its linked worktrees.</param>
    /// <param name="gitAlone">Only git's own locks: for commands that are not ours.</param>
    public static IReadOnlyList<Finding> In(string worktree, string commonDirectory, bool gitAlone = false)
    {
        var found = new List<Finding>();
        foreach (var file in Directory.EnumerateFileSystemEntries(commonDirectory, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(commonDirectory, file);
            if (path.EndsWith(".lock", StringComparison.Ordinal))
            {
                found.Add(new Finding(Harm.Stuck, path));
            }
            else if (!gitAlone && IsOurTemp(path))
            {
                found.Add(new Finding(Harm.Litter, path));
            }
            else if (!gitAlone && Path.GetFileName(path) is "lock" or "gc"
                && Path.GetFileName(Path.GetDirectoryName(path)) == "writeopt" && !CanBeTaken(file))
            {
                found.Add(new Finding(Harm.Stuck, path + " is held by somebody"));
            }
        }

        found.AddRange(Directory.EnumerateFileSystemEntries(worktree, ".writeopt-*", SearchOption.AllDirectories)
            .Select(file => new Finding(Harm.Litter, Path.GetRelativePath(worktree, file))));
        return found;
    }

    // A witness and the folders of temps lie below writeopt; a keep file and tmp_* in the pack directory carry our name.
    private static bool IsOurTemp(string path)
    {
        var name = Path.GetFileName(path);
        var above = Path.GetDirectoryName(path) ?? "";
        return name.StartsWith("reflock-", StringComparison.Ordinal) || name == "packed-refs.new"
            || name.StartsWith(".writeopt-", StringComparison.Ordinal)
            || (name.StartsWith("tmp_", StringComparison.Ordinal) && name.Contains("writeopt_", StringComparison.Ordinal))
            || (name.EndsWith(".keep", StringComparison.Ordinal) && above.EndsWith("pack", StringComparison.Ordinal))
            || ((string[])["open", "stage", "tmp"]).Any(f => above.EndsWith("writeopt/" + f, StringComparison.Ordinal));
    }

    private static bool CanBeTaken(string file)
    {
        var descriptor = Open(file, ReadWrite);
        if (descriptor < 0)
        {
            return false;
        }

        var taken = Flock(descriptor, ExclusiveAtOnce) == 0;
        _ = Close(descriptor);
        return taken;
    }

    // .NET's own open takes a lock of its own.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Flock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
