using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>Makes the answer to status. Takes no lock and changes nothing.</summary>
internal sealed class StatusReport(TransactionContext context)
{
    /// <summary>Looks.</summary>
    internal RepositoryStatus Make()
    {
        var witnesses = Witness.All(context.State).Where(w => w.Witness?.Token == context.State.Token() && w.Witness is not null)
            .ToDictionary(w => w.Id.ToString(), w => w.Witness!);
        var running = FileLock.IsHeld(context.State.Lock);
        var pending = context.Refs.List(RefNames.Pending).Select(r =>
        {
            var id = r.Name[RefNames.Pending.Length..];
            var mine = witnesses.TryGetValue(id, out var witness) && witness.Commit == r.Id;
            return new PendingTransaction(id, r.Id.ToString(), Subject(r.Id), mine, mine && running);
        }).ToList();
        var log = new TransactionLog(context);
        return new RepositoryStatus(pending, new Rescues(context).List(), new KeptBatches(context).Ids(), log.Count(),
            Bytes(), log.Undoable().FirstOrDefault());
    }

    private string Subject(ObjectId commit)
    {
        try
        {
            return new TransactionReader(context.Objects).Commit(commit).Subject;
        }
        catch (StoreException)
        {
            // Damaged or missing: recover says what is to be done; here the id has to do.
            return "";
        }
    }

    private long Bytes() => OwnPacks.In(context.Layout).Sum(pack => pack.Length);
}
