using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Batches that could not be applied, a commit each under <c>refs/writeopt/kept/</c>, so that what an agent produced is
/// not lost. Resumed, each path expects what was there when the batch was planned. One that could not even be planned is
/// kept as it came in, and is read and planned anew; of those the newest twenty are kept.
/// </summary>
internal sealed class KeptBatches(TransactionContext context)
{
    /// <summary>A batch that came in with more bytes than these is not kept as it came in.</summary>
    internal const int MostBytes = 32 << 20;

    private const int MostUnplanned = 20;

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

    /// <summary>Keeps what a batch was read from. The worktree's lock is held.</summary>
    /// <returns>The full name of the ref: that of the same bytes, where they are kept already.</returns>
    internal string Keep(IReadOnlyList<BatchSource> sources, TransactionHeader header)
    {
        var id = context.NewId();
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var blobs = pack.AddBlobs([.. sources.Select(s => Content.Of(s.Bytes))]);
        List<KeptSource> kept = [.. sources.Select((s, i) => new KeptSource(
            RepoPath.Parse(sources.Count == 1 ? $"batch.{s.Format}" : $"batch-{i + 1:000}.{s.Format}"), s.Format, s.Directory, s.Since))];
        var unplanned = Unplanned();
        if (unplanned.Find(u => u.Sources.SequenceEqual(kept) && u.Changes.Select(c => c.After?.Blob).SequenceEqual(blobs.Select(b => (ObjectId?)b))) is { } same)
        {
            return RefNames.Kept + same.Id;
        }

        List<RecordedChange> changes = [.. kept.Select((k, i) => new RecordedChange(k.File, i, null,
            new RecordedState(RecordedState.PlainMode, blobs[i], RecordedState.PlainMode & 0x1ff)))];
        var written = TransactionObjects.Write(id, new WritePlan { Message = header.Message, Changes = [] }, changes,
            header with { Sources = kept }, context.Facts(), [], pack);
        context.Publish(written.Pack, durable: true,
        [
            new RefUpdate.Create(RefNames.Kept + id, written.Recorded.Commit),
            .. unplanned.Take(unplanned.Count - MostUnplanned + 1).Select(u => new RefUpdate.Delete(RefNames.Kept + u.Id, u.Commit)),
        ]);
        return RefNames.Kept + id;
    }

    private List<RecordedTransaction> Unplanned()
    {
        var reader = new TransactionReader(context.Objects);
        return [.. Ids().Where(k => TransactionId.TryParse(k, out _)).Select(k => (Id: TransactionId.Parse(k), Commit: context.Refs.Read(RefNames.Kept + k)))
            .Where(k => k.Commit is { } commit && KeptSource.Of(reader.Commit(commit)).Count > 0)
            .Select(k => reader.Read(k.Id, k.Commit!.Value))];
    }

    /// <summary>The batch again.</summary>
    /// <exception cref="UsageException">It was kept as it came in, and cannot be read any more.</exception>
    internal Batch ToBatch(RecordedTransaction kept)
    {
        if (kept.Sources.Count > 0)
        {
            var contents = kept.Changes.ToDictionary(c => c.Path, c => c.After);
            return BatchReader.Join([.. kept.Sources.Select(s => BatchReader.Read(
                contents.GetValueOrDefault(s.File) is { } file ? context.Blob(file.Blob).ToMemory() : default,
                BatchFormatNames.Parse(s.Format), new BatchContext(context.Layout.WorktreeRoot, s.Directory) { Since = s.Since }))]);
        }

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
