using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>What <c>--stage</c> asks of the index: the entries of the written paths, and no others.</summary>
internal static class IndexStages
{
    /// <summary>Prepares the new index and takes its lock; the blobs are in the transaction's pack already.</summary>
    internal static PreparedIndex Prepare(
        TransactionContext context, WritePlan plan, IReadOnlyList<RecordedChange> changes, Durability durability)
    {
        var after = plan.Changes.ToDictionary(c => c.Path, c => c.After);
        var modes = context.Layout.FileModeIsTrusted ? null : KnownModes(context, plan);
        return context.Staging(durability != Durability.None).Prepare(
        [
            .. changes.Select(c => new StagedPath(c.Path, after[c.Path] switch
            {
                PathState.File file => new StagedBlob(modes?.GetValueOrDefault(c.Path) ?? c.After!.Value.GitMode,
                    file.Content, c.After!.Value.Blob),
                PathState.Link link => new StagedBlob(RecordedState.LinkMode, Operations.Content.Of(link.Target),
                    c.After!.Value.Blob),
                _ => null,
            })),
        ]);
    }

    // core.fileMode=false: the bit on disk means nothing. The index knows it, unless the batch itself says otherwise.
    private static Dictionary<RepoPath, int?> KnownModes(TransactionContext context, WritePlan plan)
    {
        var index = IndexReader.Open(context.Layout);
        return plan.Changes
            .Where(c => c is { Before: PathState.File before, After: PathState.File now } && before.Executable == now.Executable)
            .ToDictionary(c => c.Path, c => index.Find(c.Path) is { Mode: not RecordedState.LinkMode } entry
                ? entry.Mode : (int?)RecordedState.PlainMode);
    }
}
