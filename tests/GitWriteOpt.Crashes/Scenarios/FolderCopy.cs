namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>Copies a folder with modes, times and links, as <c>cp -a</c> does, without starting a program.</summary>
internal static class FolderCopy
{
    /// <summary>Replaces <paramref name="target"/> by a copy; files in git's linked worktrees then name the new place.</summary>
    internal static void Make(string source, string target)
    {
        Remove(target);
        Copy(new DirectoryInfo(source), target);
        Relocate(source, target);
    }

    /// <summary>Removes a folder, read-only directories within it too; not there is fine.</summary>
    internal static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories)
            .Where(d => new DirectoryInfo(d).LinkTarget is null))
        {
            File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.UserRead
                | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var entry in source.EnumerateFileSystemInfos())
        {
            var place = target + "/" + entry.Name;
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(place, link);
            }
            else if (entry is DirectoryInfo inner)
            {
                Copy(inner, place);
            }
            else
            {
                File.Copy(entry.FullName, place);
            }
        }

        File.SetUnixFileMode(target, source.UnixFileMode);
        Directory.SetLastWriteTimeUtc(target, source.LastWriteTimeUtc);
    }

    private static void Relocate(string source, string target)
    {
        string[] naming = [target + "/tree/.git", target + "/repo/.git/worktrees/tree/gitdir"];
        foreach (var file in naming.Where(File.Exists))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(source, target, StringComparison.Ordinal));
        }
    }
}
