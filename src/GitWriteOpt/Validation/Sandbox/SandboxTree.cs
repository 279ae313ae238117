using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>
/// The directory <c>writeopt/sandbox</c> of a worktree's git directory: <c>tree</c>, which holds what the worktree would
/// be, and <c>git</c>, a private repository. Brought forward by difference: a file that is as it was is not touched, so
/// that an incremental build there goes on from the last; what a build left is kept where it is ignored and removed where
/// it would count as a source. The caller holds the sandbox's lock.
/// </summary>
internal sealed class SandboxTree(RepositoryLayout user, GitConfig config)
{
    private const int ParallelFrom = 16;

    private readonly HashSet<string> _real = new(StringComparer.Ordinal);

    /// <summary>The setting that names directories to be linked in; several values.</summary>
    public const string LinkKey = "writeopt.sandbox.link";

    /// <summary>The directory of a worktree's sandbox.</summary>
    public static string RootOf(RepositoryLayout user) => user.GitDirectory + "/writeopt/sandbox";

    /// <summary>Where commands run.</summary>
    public string Tree => RootOf(user) + "/tree";

    /// <summary>Brings it to hold these files and no other that is not ignored.</summary>
    /// <returns>How many files were written or removed.</returns>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    public int Bring(IReadOnlyCollection<SandboxFile> wanted)
    {
        try
        {
            return BringAll(wanted);
        }
        catch (Exception cause) when (Errno.IsOfFileApi(cause))
        {
            throw Errno.Exception(cause, "prepare the sandbox", Tree);
        }
    }

    private int BringAll(IReadOnlyCollection<SandboxFile> wanted)
    {
        Directory.CreateDirectory(RootOf(user));
        var list = RootOf(user) + "/manifest";
        var manifest = SandboxManifest.Read(list);
        if (manifest is null)
        {
            Remove(Tree);
            manifest = new SandboxManifest();
        }

        var layout = SandboxGit.Bring(user, RootOf(user), config);
        manifest.Links.ToList().ForEach(link => Remove($"{Tree}/{link}"));
        var names = wanted.Select(f => f.Path.Value).ToHashSet(StringComparer.Ordinal);
        List<string> leaving =
        [
            .. manifest.Files.Keys.Where(path => !names.Contains(path)),
            .. UntrackedFiles.List(layout, []).Files.Where(path => !manifest.Files.ContainsKey(path) && !names.Contains(path)),
        ];
        foreach (var path in leaving)
        {
            RemoveFile(path);
        }

        List<SandboxFile> differing = [.. wanted.Where(f => !IsThere(f, manifest))];
        leaving.ForEach(path => manifest.Files.Remove(path));
        differing.ForEach(f => manifest.Files[f.Path.Value] = new SandboxEntry(0, f.Id, 0, 0));
        manifest.Write(list, user.ObjectFormat);

        foreach (var directory in differing.SelectMany(f => f.Path.Ancestors()).Distinct().OrderBy(d => d.Value.Length))
        {
            MakeReal(directory);
        }

        var entries = new SandboxEntry?[differing.Count];
        void WriteOne(int i) => entries[i] = Write(differing[i]);
        if (differing.Count < ParallelFrom)
        {
            Enumerable.Range(0, differing.Count).ToList().ForEach(WriteOne);
        }
        else
        {
            Parallel.For(0, differing.Count, WriteOne);
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] is { } entry)
            {
                manifest.Files[differing[i].Path.Value] = entry;
            }
            else
            {
                manifest.Files.Remove(differing[i].Path.Value);
            }
        }

        manifest.Links = [.. SandboxLinks.Wanted(user, config, names).Where(MakeLink)];
        manifest.Write(list, user.ObjectFormat);
        return leaving.Count + differing.Count;
    }

    private bool IsThere(SandboxFile file, SandboxManifest manifest)
    {
        if (!manifest.Files.TryGetValue(file.Path.Value, out var entry) || entry.Mode != file.Mode || entry.Id != file.Id
            || !file.Path.Ancestors().All(IsReal))
        {
            return false;
        }

        var there = new FileInfo($"{Tree}/{file.Path.Value}");
        return there.Exists && there.Length == entry.Length && there.LastWriteTimeUtc.Ticks == entry.ModifiedTicks
            && (there.LinkTarget is not null) == (file.Mode == GitModes.Link);
    }

    // Null where there is nothing to copy: a path of the tree that a sparse checkout leaves out, or gone this instant.
    private SandboxEntry? Write(SandboxFile file)
    {
        var target = $"{Tree}/{file.Path.Value}";
        Remove(target);
        if (file.Mode == GitModes.Link)
        {
            var text = file.Content is { } content ? System.Text.Encoding.UTF8.GetString(content.ToMemory().Span)
                : new FileInfo($"{user.WorktreeRoot}/{file.Path.Value}").LinkTarget;
            if (text is null)
            {
                return null;
            }

            File.CreateSymbolicLink(target, text);
        }
        else if (file.Content is { } content)
        {
            using (var source = content.Open())
            using (var output = new FileStream(target, FileMode.CreateNew, FileAccess.Write))
            {
                source.CopyTo(output);
            }

            Permit(target, file.Mode == GitModes.Executable);
        }
        else if (!TryCopy($"{user.WorktreeRoot}/{file.Path.Value}", target))
        {
            return null;
        }

        var there = new FileInfo(target);

        // What was copied may be newer than what was looked at: recorded as what it is, or the next run would keep it.
        var id = file.Content is null && file.Mode != GitModes.Link
            ? ObjectHash.OfBlob(new Operations.Content.InFile(target, there.Length), user.ObjectFormat) : file.Id;
        return new SandboxEntry(file.Mode, id, there.Length, there.LastWriteTimeUtc.Ticks);
    }

    private static bool TryCopy(string from, string to)
    {
        try
        {
            File.Copy(from, to);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }

        // A copy keeps the time of its source, which may be older than what the last build made of it (I4).
        File.SetLastWriteTimeUtc(to, DateTime.UtcNow);
        return true;
    }

    private static void Permit(string path, bool executable)
    {
        if (!OperatingSystem.IsWindows() && executable)
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    // Never through a link that a command left in a directory's place (I5).
    private void MakeReal(RepoPath directory)
    {
        var path = $"{Tree}/{directory.Value}";
        if (!Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
        {
            Remove(path);
            Directory.CreateDirectory(path);
        }

        _real.Add(directory.Value);
    }

    private bool IsReal(RepoPath directory)
    {
        if (_real.Contains(directory.Value))
        {
            return true;
        }

        var there = new DirectoryInfo($"{Tree}/{directory.Value}");
        return there.Exists && there.LinkTarget is null && _real.Add(directory.Value);
    }

    private void RemoveFile(string path)
    {
        var above = Path.GetDirectoryName(path)!.Replace('\\', '/');
        for (var directory = above; directory.Length > 0; directory = Path.GetDirectoryName(directory)!.Replace('\\', '/'))
        {
            if (new DirectoryInfo($"{Tree}/{directory}") is not { Exists: true, LinkTarget: null })
            {
                return; // gone with its directory, or behind a link: not ours to remove
            }
        }

        Remove($"{Tree}/{path}");
        for (; above.Length > 0 && !Directory.EnumerateFileSystemEntries($"{Tree}/{above}").Any();
            above = Path.GetDirectoryName(above)!.Replace('\\', '/'))
        {
            Directory.Delete($"{Tree}/{above}");
        }
    }

    private bool MakeLink(string path)
    {
        var target = $"{Tree}/{path}";
        if (Path.Exists(target) || !Directory.Exists(Path.GetDirectoryName(target)))
        {
            return false;
        }

        Directory.CreateSymbolicLink(target, $"{user.WorktreeRoot}/{path}");
        return true;
    }

    private static void Remove(string path)
    {
        if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null })
        {
            Directory.Delete(path, recursive: true);
        }
        else if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    }
}
