using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>Something of ours that holds contents: what a ref points at, or a folded transaction. A closed family.</summary>
/// <param name="Name">The ref; of a folded transaction <c>refs/writeopt/folded:id</c>.</param>
/// <param name="Commit">The commit.</param>
internal abstract record Holder(string Name, ObjectId Commit)
{
    /// <summary>A transaction, a journal or a kept batch: two commits with what was before and after.</summary>
    /// <param name="Name">The ref, or the folded one's name.</param>
    /// <param name="Recorded">What it changed.</param>
    /// <param name="Folded">Whether it has no ref of its own.</param>
    internal sealed record Changes(string Name, RecordedTransaction Recorded, bool Folded) : Holder(Name, Recorded.Commit)
    {
        /// <summary>Its paths that have to go.</summary>
        internal HashSet<RepoPath> Gone(Secret secret) => [.. Recorded.Changes
            .Where(c => secret.Covers(c.Path.Value, c.Before?.Blob) || secret.Covers(c.Path.Value, c.After?.Blob))
            .Select(c => c.Path)];
    }

    /// <summary>A rescue, a snapshot, a session: trees.</summary>
    /// <param name="Name">The ref.</param>
    /// <param name="Commit">The newest commit.</param>
    internal sealed record Snapshots(string Name, ObjectId Commit) : Holder(Name, Commit);

    /// <summary>All holders but what was learned and what was shared, which are for their owners to take back.</summary>
    /// <exception cref="Errors.StoreException">One is damaged.</exception>
    internal static List<Holder> All(TransactionContext context)
    {
        var reader = new TransactionReader(context.Objects);
        var found = new List<Holder>();
        foreach (var (name, commit) in context.Refs.List(RefNames.Root))
        {
            var family = name[..(name.LastIndexOf('/') + 1)];
            if (family is RefNames.Transactions or RefNames.Pending or RefNames.Kept
                && TransactionId.TryParse(name.AsSpan(family.Length), out var id))
            {
                found.Add(new Changes(name, reader.Read(id, commit), Folded: false));
            }
            else if (name.StartsWith(RefNames.Rescues, StringComparison.Ordinal)
                || name.StartsWith(RefNames.Snapshots, StringComparison.Ordinal)
                || name.StartsWith(RefNames.Sessions, StringComparison.Ordinal))
            {
                found.Add(new Snapshots(name, commit));
            }
        }

        found.AddRange(new FoldedTransactions(context).NewestFirst()
            .Select(f => new Changes($"{RefNames.Folded}:{f.Id}", reader.Read(f.Id, f.Commit), Folded: true)));
        return found;
    }
}
