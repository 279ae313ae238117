using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Batches that could not be applied, a commit each under <c>refs/writeopt/kept/</c>, so that what an agent produced is
/// not lost. Resumed, each path expects what was there when the batch was planned.
/// </summary>
internal sealed class KeptBatches(TransactionContext context)
{
    /// <summary>The ids of all kept batches, oldest first.</summary>
    internal IReadOnlyList<string> Ids() =>
        [.. context.Refs.List(RefNames.Kept).Select(r => r.Name[RefNames.Kept.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Finds one by id, unique prefix or suffix.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal RecordedTransaction Find(string id)
    {
        var found = Ids().Where(k => id.Length > 0 && (k.StartsWith(id, StringComparison.Ordinal)
            || k.EndsWith(id, StringComparison.Ordinal))).ToList();
        if (found.Count != 1 || context.Refs.Read(RefNames.Kept + found[0]) is not { } commit)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, found.Count > 1 ? "ambiguous-id" : "no-such-batch",
                found.Count > 1 ? $"\"{id}\" names {found.Count} kept batches" : $"there is no kept batch \"{id}\"")
            {
                Suggestion = "git writeopt status lists them",
            });
        }

        return new TransactionReader(context.Objects).Read(TransactionId.Parse(found[0]), commit);
    }

    /// <summary>Keeps what a plan would have written. The worktree's lock is held.</summary>
    /// <returns>The full name of the ref.</returns>
    internal string Keep(WritePlan plan, TransactionHeader header)
    {
        var id = context.NewId();
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var written = TransactionObjects.Write(
            id, plan, TransactionObjects.AddContents(plan, pack), header, context.Facts(), [], pack);
        context.Publish(written.Pack, durable: true, new RefUpdate.Create(RefNames.Kept + id, written.Recorded.Commit));
        return RefNames.Kept + id;
    }

    /// <summary>Keeps changes that were not carried out. The worktree's lock is held.</summary>
    /// <param name="changes">The changes, whose contents are in the repository and held by a ref.</param>
    /// <param name="header">What they were to be.</param>
    /// <returns>The id.</returns>
    internal string Keep(IReadOnlyList<RecordedChange> changes, TransactionHeader header)
    {
        var id = context.NewId();
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var written = TransactionObjects.Write(id, new WritePlan { Message = header.Message, Changes = [] }, changes, header,
            context.Facts(), [], pack);
        context.Publish(written.Pack, durable: true, new RefUpdate.Create(RefNames.Kept + id, written.Recorded.Commit));
        return id.ToString();
    }

    /// <summary>The batch again.</summary>
    internal Batch ToBatch(RecordedTransaction kept)
    {
        var operations = new List<Operation>();

        // Deletions first: what they free may be a directory's or a file's place.
        foreach (var change in kept.Changes.OrderBy(c => c.After is null ? 0 : 1))
        {
            var expect = change.Before is { } before
                ? new Expectation.Blob(before.Blob.ToString()) : (Expectation)new Expectation.Absent();
            Operation operation = change.After switch
            {
                null => new Operation.Delete(change.Path),
                { IsLink: true } link => new Operation.Link(change.Path,
                    System.Text.Encoding.UTF8.GetString(context.Blob(link.Blob).ToMemory().Span)),
                { } file => new Operation.Write(change.Path, context.Blob(file.Blob), file.IsExecutable),
            };
            operations.Add(operation with { Expect = expect, Origin = new Origin(operations.Count) });
        }

        return new Batch(kept.Subject, operations) { Format = "kept" };
    }

    /// <summary>Forgets one.</summary>
    internal void Drop(RecordedTransaction kept) =>
        context.Refs.Apply(durable: false, new RefUpdate.Delete(RefNames.Kept + kept.Id, kept.Commit));
}
