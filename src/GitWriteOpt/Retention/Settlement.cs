using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// Makes the end of this worktree's transactions durable and removes their witnesses, as the next transaction would have
/// done: before a transaction loses its ref, or a restart would make recovery take it for one that was cut off and undo
/// it. Both locks are held, and nothing is left to recover.
/// </summary>
internal static class Settlement
{
    /// <summary>Settles all that have ended.</summary>
    /// <exception cref="Errors.StoreException">The disk did not take it.</exception>
    internal static void Run(TransactionContext context)
    {
        var reader = new TransactionReader(context.Objects);
        foreach (var (id, witness) in Witness.All(context.State))
        {
            if (witness is null || context.Refs.Read(RefNames.Pending + id) is not null)
            {
                continue; // recovery could not decide it, and keeps it
            }

            if (witness.Durability != Durability.None && context.Objects.Exists(witness.Commit))
            {
                SyncNames(context, reader.Read(id, witness.Commit));
            }

            Witness.Settle(context, id, witness);
        }
    }

    // The bytes were durable before the swap; what the last barrier leaves open is names: of the files, and of the refs.
    private static void SyncNames(TransactionContext context, RecordedTransaction recorded)
    {
        var directories = recorded.Changes
            .Select(c => Path.GetDirectoryName(context.Layout.WorktreeRoot + "/" + c.Path.Value)!)
            .Append(context.Layout.CommonDirectory + "/" + RefNames.Transactions.TrimEnd('/'))
            .Append(context.Layout.CommonDirectory + "/" + RefNames.Kept.TrimEnd('/'));
        foreach (var directory in directories.Distinct(StringComparer.Ordinal).Where(Directory.Exists))
        {
            Sync.Directory(directory);
        }
    }
}
