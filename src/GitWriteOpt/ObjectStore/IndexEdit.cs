using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Makes a changed copy of the user's index, through git, so that whatever version and extensions it has live on. The
/// user's index is only read. A split index stays split (the copy names the same shared index, which git finds in the
/// git directory); a sparse one is expanded for the change, since git writes duplicate entries below a collapsed
/// directory otherwise, and collapsed again.
/// </summary>
internal sealed class IndexEdit(RepositoryLayout layout, bool durable)
{
    /// <summary>Writes the changed copy as <c>index</c> in the folder; its path.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    public string Write(PrivateDirectory folder, IReadOnlyList<IndexChange> changes)
    {
        var copy = folder.At("index");
        var sparse = Copy(copy);
        Directory.CreateDirectory(folder.At("tree"));
        Run(folder, layout.WorktreeRoot, sparse, ["update-index", "-z", "--index-info"], Lines(changes));
        Flag(folder, sparse, "--assume-unchanged", changes, IndexFlags.AssumeUnchanged);
        Flag(folder, sparse, "--skip-worktree", changes, IndexFlags.SkipWorktree);
        IntendToAdd(folder, sparse, changes);
        if (sparse)
        {
            Run(folder, layout.WorktreeRoot, expand: false, ["update-index", "--force-write-index"], default);
        }

        return copy;
    }

    // The copy keeps its mtime, or entries that are racy now would seem clean later.
    private bool Copy(string copy)
    {
        try
        {
            File.Copy(layout.IndexFile, copy);
            return File.ReadAllBytes(copy).AsSpan().LastIndexOf("sdir\0\0\0\0"u8) >= 0;
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("copy", layout.IndexFile, cause);
        }
    }

    // Removals first: what is removed may stand where a directory is needed. A removal before each addition clears
    // nothing else: `--index-info` keeps all other entries and their bits.
    private byte[] Lines(IReadOnlyList<IndexChange> changes)
    {
        var none = new string('0', layout.ObjectFormat == ObjectFormat.Sha256 ? 64 : 40);
        var lines = new StringBuilder();
        foreach (var change in changes.Where(c => c.Id is null || c.Flags.HasFlag(IndexFlags.IntentToAdd)))
        {
            lines.Append("0 ").Append(none).Append('\t').Append(change.Path.Value).Append('\0');
        }

        foreach (var change in changes.Where(c => c.Id is not null && !c.Flags.HasFlag(IndexFlags.IntentToAdd)))
        {
            lines.Append(GitModes.Octal(change.Mode)).Append(' ').Append(change.Id).Append(" 0\t")
                .Append(change.Path.Value).Append('\0');
        }

        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private void Flag(PrivateDirectory folder, bool expand, string option, IReadOnlyList<IndexChange> changes,
        IndexFlags flag)
    {
        var paths = changes.Where(c => c.Id is not null && c.Flags.HasFlag(flag)).ToList();
        if (paths.Count > 0)
        {
            Run(folder, layout.WorktreeRoot, expand, ["update-index", option, "-z", "--stdin"], Names(paths));
        }
    }

    // Only `git add` can make such an entry, and only from a file: an empty one in a private worktree.
    private void IntendToAdd(PrivateDirectory folder, bool expand, IReadOnlyList<IndexChange> changes)
    {
        var intended = changes.Where(c => c.Flags.HasFlag(IndexFlags.IntentToAdd)).ToList();
        if (intended.Count == 0)
        {
            return;
        }

        foreach (var change in intended)
        {
            var path = folder.Write("tree/" + change.Path.Value, Content.Of(""));
            if (!OperatingSystem.IsWindows() && (change.Mode & 0x40) != 0)
            {
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
            }
        }

        Run(folder, folder.At("tree"), expand,
            ["add", "--intent-to-add", "--force", "--sparse", "--pathspec-from-file=-", "--pathspec-file-nul"],
            Names(intended));
    }

    private static byte[] Names(List<IndexChange> changes) =>
        Encoding.UTF8.GetBytes(string.Concat(changes.Select(c => c.Path.Value + '\0')));

    private void Run(PrivateDirectory folder, string worktree, bool expand, string[] arguments, byte[]? input)
    {
        // A new shared index is never written, and none expires: the user's index may still need it. The skip-worktree
        // bits of files that are present, which git would drop while it reads, stay what they are or shall be.
        List<string> settings = ["-c", "splitIndex.maxPercentChange=100", "-c", "splitIndex.sharedIndexExpire=never",
            "-c", "sparse.expectFilesOutsideOfPatterns=true", "-c", durable ? "core.fsync=index" : "core.fsync=none"];
        if (expand)
        {
            settings.AddRange(["-c", "index.sparse=false"]);
        }

        var git = new GitProcess(layout)
        {
            WorkingDirectory = worktree,
            Environment = new Dictionary<string, string>
            {
                ["GIT_INDEX_FILE"] = folder.At("index"),
                ["GIT_WORK_TREE"] = worktree,
            },
        };
        var answer = git.Try([.. settings, .. arguments], input);
        if (answer.ExitCode != 0)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-failed",
                $"git {arguments[0]} could not change a copy of the index: {answer.ErrorText.Trim()}")
            {
                Path = layout.IndexFile,
                Suggestion = "run `git status` and `git fsck`; apply without --stage to leave the index alone",
            });
        }
    }
}
