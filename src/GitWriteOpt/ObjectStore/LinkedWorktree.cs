using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Linked worktrees that are made for a purpose and go again. git registers and removes them, so that every format of
/// repository is right; it is told to lock each with a reason, which says whose it is from its first moment on.
/// </summary>
internal sealed class LinkedWorktree(RepositoryLayout layout)
{
    /// <summary>Registers one without files and without an index, its HEAD detached.</summary>
    /// <param name="path">Where; nothing, or an empty directory, may be there.</param>
    /// <param name="commit">What HEAD points at.</param>
    /// <param name="reason">Why it is locked: one line.</param>
    /// <exception cref="StoreException">git refused.</exception>
    internal void Add(string path, ObjectId commit, string reason) => new GitProcess(layout).Run(
        ["worktree", "add", "--quiet", "--detach", "--no-checkout", "--lock", "--reason", reason, path, commit.ToString()]);

    /// <summary>Takes the lock away: from now on it is the user's.</summary>
    internal void Unlock(string path) => new GitProcess(layout).Run(["worktree", "unlock", path]);

    /// <summary>Removes one with all that is in it, and its registration.</summary>
    /// <exception cref="StoreException">Something in it cannot be removed.</exception>
    internal void Remove(string path)
    {
        try
        {
            // Links are removed, never followed.
            if (Directory.Exists(path))
            {
                MakeRemovable(path);
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("remove", path, cause);
        }

        new GitProcess(layout).Run(["worktree", "remove", "--force", "--force", path]);
    }

    /// <summary>
    /// Those of the repository that are locked for a reason that begins so, with the rest of the reason; a directory that
    /// is not the registration's own worktree any more is never named.
    /// </summary>
    internal IReadOnlyList<(string Path, string Owner)> Locked(string reason)
    {
        var found = new List<(string, string)>();
        foreach (var directory in GitWorktrees.GitDirectories(layout).Where(d => File.Exists(d + "/locked") && File.Exists(d + "/gitdir")))
        {
            try
            {
                var (said, file) = (File.ReadAllText(directory + "/locked").Trim(), File.ReadAllText(directory + "/gitdir").Trim());
                var path = Path.GetDirectoryName(Path.GetFullPath(file, directory))!;
                if (said.StartsWith(reason, StringComparison.Ordinal) && (!Directory.Exists(path) || LeadsBack(path, directory)))
                {
                    found.Add((path, said[reason.Length..]));
                }
            }
            catch (IOException)
            {
                // Removed meanwhile by whoever it belongs to.
            }
        }

        return found;
    }

    private static bool LeadsBack(string path, string directory) => File.Exists(path + "/.git")
        && File.ReadAllText(path + "/.git").Trim() is var text && text.StartsWith("gitdir: ", StringComparison.Ordinal)
        && Path.GetFullPath(text["gitdir: ".Length..], path) == Path.GetFullPath(directory);

    private static void MakeRemovable(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode needed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var directory in new DirectoryInfo(path).EnumerateDirectories().Where(d => d.LinkTarget is null))
        {
            if ((directory.UnixFileMode & needed) != needed)
            {
                directory.UnixFileMode |= needed;
            }

            MakeRemovable(directory.FullName);
        }
    }
}
