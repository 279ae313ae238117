using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Content that would otherwise have been lost, a commit each under <c>refs/writeopt/rescue/</c> (I2): made durable
/// before anything destroys it. Rescues never go by themselves.
/// </summary>
internal sealed class Rescues(TransactionContext context)
{
    /// <summary>Saves what is in these slots, under the paths that they belong to.</summary>
    /// <param name="slots">What to save; files and links.</param>
    /// <param name="reason">One sentence.</param>
    /// <returns>The full name of the ref.</returns>
    internal string Save(IReadOnlyList<(RepoPath Path, Slot Slot)> slots, string reason)
    {
        var id = context.NewId();
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var entries = new List<TreeEntry>();
        foreach (var (path, slot) in slots)
        {
            var print = slot.Look();
            if (print.Kind is not (FileKind.File or FileKind.Link))
            {
                continue;
            }

            const int ownerMayExecute = 0x40;
            var content = print.Kind == FileKind.Link
                ? Content.Of(slot.Directory.ReadLink(slot.Name))
                : new Content.InFile(slot.Directory.Path + "/" + slot.Name, print.Size);
            var mode = print.Kind == FileKind.Link ? RecordedState.LinkMode
                : (print.Permissions & ownerMayExecute) != 0 ? RecordedState.ExecutableMode : 0x81a4;
            entries.Add(new TreeEntry(path, mode, pack.AddBlob(content)));
        }

        var facts = context.Facts();
        var commit = pack.AddCommit(new CommitObject
        {
            Tree = SparseTree.Write(pack, entries),
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = "Rescue: " + reason,
            Trailers =
            [
                new(TransactionTrailers.Id, id.ToString()), new(TransactionTrailers.Worktree, facts.Token),
            ],
        }.ToBytes());
        context.Publish(pack.Seal(), durable: true, new RefUpdate.Create(RefNames.Rescues + id, commit));
        return RefNames.Rescues + id;
    }

    /// <summary>All rescues, newest first.</summary>
    internal IReadOnlyList<RescueSummary> List()
    {
        var reader = new TransactionReader(context.Objects);
        var found = new List<RescueSummary>();
        foreach (var (name, commitId) in context.Refs.List(RefNames.Rescues))
        {
            var id = name[RefNames.Rescues.Length..];
            try
            {
                var commit = reader.Commit(commitId);
                found.Add(new RescueSummary(id, name, commit.AuthorDate, commit.Subject,
                    [.. SparseTree.Read(context.Objects, commit.Tree).Select(e => e.Path.Value)]));
            }
            catch (WriteException cause)
            {
                // Anybody can push such a ref: it is shown, can be dropped, and hides no other.
                found.Add(new RescueSummary(id, name, DateTimeOffset.UnixEpoch, $"(cannot be read: {cause.Message})", []));
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>The contents of a rescue.</summary>
    internal IReadOnlyDictionary<RepoPath, RecordedState> States(RescueSummary rescue)
    {
        var commit = new TransactionReader(context.Objects).Commit(Id(rescue));
        return TransactionReader.States(context.Objects, commit.Tree);
    }

    /// <summary>Finds one by id, unique prefix or suffix.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal RescueSummary Find(string id)
    {
        var found = List().Where(r => r.Id.StartsWith(id, StringComparison.Ordinal)
            || r.Id.EndsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count == 1 ? found[0] : throw new UsageException(new WriteError(ErrorCategory.Usage,
            found.Count == 0 ? "no-such-rescue" : "ambiguous-id",
            found.Count == 0 ? $"there is no rescue \"{id}\"" : $"\"{id}\" names {found.Count} rescues")
        {
            Suggestion = "git writeopt rescue list shows them all",
        });
    }

    /// <summary>Forgets a rescue.</summary>
    internal void Drop(RescueSummary rescue)
    {
        using var removal = context.Refs.Prepare([new RefUpdate.Delete(rescue.Ref, Id(rescue))]);
        removal.Commit();
    }

    private ObjectId Id(RescueSummary rescue) => context.Refs.Read(rescue.Ref)
        ?? throw new StoreException(new WriteError(ErrorCategory.Conflict, "no-such-rescue", $"{rescue.Ref} is gone"));
}
