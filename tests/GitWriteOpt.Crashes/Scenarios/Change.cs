namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>One write of a scenario's batch: what it means is said here a second time, without the product.</summary>
public abstract record Change
{
    private Change()
    {
    }

    /// <summary>A file has this content; its mode stays where it is there.</summary>
    public sealed record Write(string Path, byte[] Content, bool Executable = false) : Change;

    /// <summary>A file or link goes, and the directories that this empties.</summary>
    public sealed record Delete(string Path) : Change;

    /// <summary>A file gets another name.</summary>
    public sealed record Move(string From, string To) : Change;

    /// <summary>A file becomes executable.</summary>
    public sealed record MakeExecutable(string Path) : Change;

    /// <summary>A link is made.</summary>
    public sealed record Link(string Path, string Target) : Change;

    /// <summary>Does it plainly, with no care for anything.</summary>
    /// <param name="root">The worktree.</param>
    public void DoNaively(string root)
    {
        switch (this)
        {
            case Write write:
                Parent(root, write.Path);
                if (new FileInfo(At(root, write.Path)).LinkTarget is not null)
                {
                    File.Delete(At(root, write.Path));
                }

                File.WriteAllBytes(At(root, write.Path), write.Content);
                if (write.Executable)
                {
                    MakeRunnable(At(root, write.Path));
                }

                break;
            case Delete delete:
                File.Delete(At(root, delete.Path));
                Prune(root, delete.Path);
                break;
            case Move move:
                Parent(root, move.To);
                File.Move(At(root, move.From), At(root, move.To));
                Prune(root, move.From);
                break;
            case MakeExecutable mode:
                MakeRunnable(At(root, mode.Path));
                break;
            case Link link:
                Parent(root, link.Path);
                File.CreateSymbolicLink(At(root, link.Path), link.Target);
                break;
            default:
                throw new InvalidOperationException($"no such change: {this}");
        }
    }

    private static string At(string root, string path) => root + "/" + path;

    private static void Parent(string root, string path) =>
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(root, path))!);

    private static void MakeRunnable(string path) => File.SetUnixFileMode(path,
        File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    private static void Prune(string root, string path)
    {
        for (var above = System.IO.Path.GetDirectoryName(path); !string.IsNullOrEmpty(above);
            above = System.IO.Path.GetDirectoryName(above))
        {
            if (Directory.EnumerateFileSystemEntries(At(root, above)).Any())
            {
                return;
            }

            Directory.Delete(At(root, above));
        }
    }
}
