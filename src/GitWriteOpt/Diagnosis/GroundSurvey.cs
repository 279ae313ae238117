using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Diagnosis;

/// <summary>What a repository stands on: git, file systems, configuration; and what that means for what we promise.</summary>
internal static class GroundSurvey
{
    /// <summary>Looks.</summary>
    /// <param name="context">The repository.</param>
    /// <param name="mayTry">Whether two files of ours may be made to try an exchange.</param>
    internal static Ground Of(TransactionContext context, bool mayTry)
    {
        var (layout, config) = (context.Layout, context.Config);
        var syncfs = OperatingSystem.IsLinux() && Statfs.IsTrusted(layout.WorktreeRoot)
            && Statfs.IsTrusted(layout.ObjectsDirectory) && Statfs.IsTrusted(layout.GitDirectory);
        bool? exchange = mayTry ? CanExchange(context) : null;
        return new Ground
        {
            Git = new GitProcess(layout) { Filters = [] }.Run(["--version"]).Text.Trim().Split(' ').ElementAtOrDefault(2) ?? "unknown",
            ObjectFormat = layout.ObjectFormat == ObjectFormat.Sha256 ? "sha256" : "sha1",
            RefBackend = layout.RefsAreFiles ? "files" : "git",
            DiscoveredBy = layout.DiscoveredBy,
            WorktreeFileSystem = Statfs.Name(layout.WorktreeRoot),
            GitFileSystem = Statfs.Name(layout.GitDirectory),
            Exchange = exchange,
            Syncfs = syncfs,
            FileMode = layout.FileModeIsTrusted,
            IgnoreCase = layout.IgnoreCase,
            PrecomposeUnicode = config.GetBool("core.precomposeUnicode", whereNotSet: false),
            SparseCheckout = config.GetBool("core.sparseCheckout", whereNotSet: false),
            PartialClone = config.Get("extensions.partialClone") is not null
                || config.Keys("remote.").Any(k => k.EndsWith(".promisor", StringComparison.Ordinal)),
            Ways =
            [
                layout.DiscoveredBy == "own" ? "the repository is found by own code" : $"the repository is found by {layout.DiscoveredBy}",
                layout.RefsAreFiles ? "refs are written by own code: they are plain files"
                    : "refs are written by git: its backend is not plain files",
                exchange switch
                {
                    true => "files are exchanged with their new versions in one step",
                    false => "files are renamed over: this file system or platform cannot exchange two names",
                    _ => "whether two names can be exchanged was not tried (a dry run)",
                },
                syncfs ? "one syncfs makes a step durable: the file systems are known to do it rightly"
                    : "each file is made durable by itself: syncfs is not known to be reliable here",
            ],
        };
    }

    /// <summary>What of it a user should know.</summary>
    internal static IEnumerable<Finding> Meaning(TransactionContext context, Ground ground)
    {
        foreach (var (what, path, type) in new[]
        {
            ("the worktree", context.Layout.WorktreeRoot, ground.WorktreeFileSystem),
            ("the git directory", context.Layout.GitDirectory, ground.GitFileSystem),
        })
        {
            var meaning = type switch
            {
                "nfs" or "smb" or "9p" => "on a network file system: locks hold only where the server passes them on, and what it calls "
                    + "durable is its own affair",
                "fuse" => "on a FUSE file system: what an exchange, a lock or a sync does there is up to its program",
                "overlay" => "on an overlay, as in a container: it goes with the container unless it is a volume",
                "tmpfs" => "in memory: nothing there survives a restart, whatever the durability",
                "fat" => "on a FAT file system: it knows neither permission bits nor links",
                _ => null,
            };
            if (meaning is not null)
            {
                yield return new Finding(FindingSeverity.Note, "file-system", $"{what} is {meaning}") { Path = path };
            }
        }

        if (context.Layout.HasReferenceTransactionHook)
        {
            yield return new Finding(FindingSeverity.Note, "reference-transaction-hook",
                "the repository's reference-transaction hook does not see our refs: hooks are off for them");
        }
    }

    private static bool CanExchange(TransactionContext context)
    {
        using var room = PrivateDirectory.Make(context.Layout);
        using var directory = OpenDirectory.At(room.Root, context.Portable);
        directory.CreateFile("a").Dispose();
        directory.CreateFile("b").Dispose();
        return directory.Exchange("a", directory, "b") == MoveResult.Done;
    }
}
