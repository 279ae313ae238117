using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Where a transaction waits for the disk, and what each wait prevents. Three barriers at <c>full</c>:
/// <list type="number">
/// <item><see cref="BeforeJournal"/>: the bytes of pack and temps are durable before the pack has its name and the journal
/// begins. Else a power cut could leave git a damaged pack, or a journal whose backup is gone.</item>
/// <item><see cref="BeforeSwap"/>: the pack's name, the witness and the pending ref are durable before the first rename.
/// Else a power cut could leave a half-done swap that nobody knows of.</item>
/// <item><see cref="BeforeCommitPoint"/>: all renames are durable before the transaction's ref says so. Else it could
/// vouch for a state that is not there.</item>
/// </list>
/// At <c>batch</c> the third is left out (recovery takes back what is incomplete after a power cut), at <c>none</c> all.
/// One <c>syncfs</c> a file system where it is known to work, otherwise each file and directory by itself.
/// </summary>
internal sealed class Barriers(RepositoryLayout layout, Durability durability)
{
    /// <summary>Whether the last barrier covered a file system as a whole, and with it the end of earlier transactions.</summary>
    internal bool CoveredEverything { get; private set; }

    /// <summary>What was promised.</summary>
    internal Durability Durability => durability;

    /// <summary>Whether files must be synced one by one, as they are written.</summary>
    internal bool EachFile { get; private set; }

    /// <summary>Finds out which way this repository's file systems allow. Called first, when the slots are known.</summary>
    internal void Choose(StageArea stage) =>
        EachFile = durability != Durability.None && (!OperatingSystem.IsLinux() || stage.HasForeignDevice
            || !Statfs.IsTrusted(layout.WorktreeRoot) || !Statfs.IsTrusted(layout.ObjectsDirectory)
            || !Statfs.IsTrusted(stage.Path));

    /// <summary>The first barrier.</summary>
    internal void BeforeJournal(SealedPack pack, StageArea stage)
    {
        if (durability == Durability.None)
        {
            return;
        }

        if (EachFile)
        {
            // The temps were synced as they were written.
            pack.Sync();
            stage.SyncNames();
            return;
        }

        SyncAll();
    }

    /// <summary>
    /// The pack's name, before the journal's. A file system that is synced as a whole keeps names in the order in which
    /// they were made; of others nothing is known, and a journal ref that outlived its objects would stop the user's git.
    /// </summary>
    internal void Published(WrittenPack pack)
    {
        if (durability != Durability.None && EachFile)
        {
            pack.Sync();
        }
    }

    /// <summary>The second barrier.</summary>
    internal void BeforeSwap(PreparedRefs journal)
    {
        if (durability == Durability.None)
        {
            return;
        }

        if (EachFile)
        {
            // The witness was synced as it was written, the ref's bytes before it got its name.
            journal.SyncDirectories();
            return;
        }

        SyncAll();
    }

    /// <summary>The third barrier.</summary>
    /// <param name="directories">The directories in which names changed.</param>
    internal void BeforeCommitPoint(IEnumerable<string> directories)
    {
        if (durability != Durability.Full)
        {
            return;
        }

        if (EachFile)
        {
            foreach (var directory in directories)
            {
                Sync.Directory(directory);
            }

            return;
        }

        SyncAll();
    }

    private void SyncAll()
    {
        var devices = new HashSet<ulong>();
        foreach (var path in new[]
        {
            layout.WorktreeRoot, layout.GitDirectory, layout.CommonDirectory, layout.ObjectsDirectory,
        })
        {
            using var directory = Worktree.OpenDirectory.At(path);
            if (devices.Add(directory.LookAtSelf().Device))
            {
                Sync.FileSystem(path);
            }
        }

        CoveredEverything = true;
    }
}
