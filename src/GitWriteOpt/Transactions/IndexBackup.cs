using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// What the user had staged and a <c>--stage</c> replaces. The bytes are in git's object store, but only the index holds
/// them there: once it does not, the next <c>git gc</c> could take them, and an undo would restore an entry without its
/// content (I2). So a commit of their own, the parent of the backup commit, holds what the before tree does not.
/// </summary>
internal static class IndexBackup
{
    /// <summary>Adds the commit to a pack.</summary>
    /// <returns>The backup commit's parents: this one, or none where nothing would be lost.</returns>
    internal static IReadOnlyList<ObjectId> Add(TransactionId id, IReadOnlyList<RecordedChange> changes,
        IReadOnlyList<RecordedEntry> index, string subject, CommitFacts facts, PackWriter pack)
    {
        if (index.Count == 0)
        {
            return [];
        }

        var held = changes.Select(c => c.Before?.Blob).OfType<ObjectId>().ToHashSet();
        var staged = index.Where(e => e.OldId is { } old && !e.OldFlags.HasFlag(IndexFlags.IntentToAdd) && !held.Contains(old))
            .Select(e => new TreeEntry(e.Path, e.OldMode, e.OldId!.Value)).ToList();
        return staged.Count == 0 ? [] :
        [
            pack.AddCommit(new CommitObject
            {
                Tree = SparseTree.Write(pack, staged),
                Author = facts.Author,
                AuthorDate = facts.Time,
                Message = "Staged before: " + subject,
                Trailers = [new(TransactionTrailers.Id, id.ToString()), new(TransactionTrailers.Worktree, facts.Token)],
            }.ToBytes()),
        ];
    }
}
