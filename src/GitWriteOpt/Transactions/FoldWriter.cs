using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Writes the chain of folds anew as far as it has to be: full links that lose nothing and are older than all that is new
/// stay, so that a gc costs what it folds.
/// </summary>
internal sealed class FoldWriter(TransactionContext context)
{
    /// <summary>Adds a chain to a pack.</summary>
    /// <param name="pack">Receives the commits.</param>
    /// <param name="add">What is folded now.</param>
    /// <param name="replace">The new commit of one that is folded already, or null to take it out.</param>
    /// <returns>The new tip; null where nothing is left to hold.</returns>
    internal ObjectId? Write(PackWriter pack, IReadOnlyCollection<FoldedTransaction> add,
        IReadOnlyDictionary<TransactionId, ObjectId?> replace)
    {
        var links = new FoldedTransactions(context).Links().ToList();
        var oldestNew = add.Count == 0 ? (TransactionId?)null : add.Min(t => t.Id);
        var stays = links.Count;
        while (stays > 0 && links[stays - 1].Link is { } link && link.Transactions.Count == FoldLink.Capacity
            && !link.Transactions.Any(t => replace.ContainsKey(t.Id) || oldestNew < t.Id))
        {
            stays--;
        }

        var tip = stays < links.Count ? links[stays].Id : (ObjectId?)null;
        var total = stays < links.Count ? links[stays].Link.Total : 0;
        var known = add.Select(t => t.Id).ToHashSet();
        var rest = links.Take(stays).SelectMany(l => l.Link.Transactions).Where(t => !known.Contains(t.Id))
            .Select(t => !replace.TryGetValue(t.Id, out var commit) ? t : commit is { } other ? t with { Commit = other } : null)
            .OfType<FoldedTransaction>().Concat(add).OrderBy(t => t.Id);
        foreach (var some in rest.Chunk(FoldLink.Capacity))
        {
            total += some.Length;
            tip = pack.AddCommit(Commit(new FoldLink([.. some.Reverse()], tip, total), pack).ToBytes());
        }

        return tip;
    }

    private CommitObject Commit(FoldLink link, PackWriter pack)
    {
        var facts = context.Facts();
        return new CommitObject
        {
            Tree = pack.AddTree([]),
            Parents = link.Earlier is { } earlier
                ? [earlier, .. link.Transactions.Select(t => t.Commit)] : [.. link.Transactions.Select(t => t.Commit)],
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = $"Folded: {link.Transactions.Count} transactions, {link.Transactions[^1].Id} to {link.Transactions[0].Id}\n\n"
                + "They can be listed, shown and undone as before: git writeopt log",
            Trailers = [.. link.Trailers()],
        };
    }
}
