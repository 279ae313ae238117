using GitWriteOpt.Diagnosis;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;

namespace GitWriteOpt;

/// <summary>Upkeep of what the writer leaves behind.</summary>
public sealed partial class Writer
{
    private bool _upkeepIsDue;

    /// <summary>
    /// Called after a transaction when a gc is due, at most once a day and never where <c>writeopt.gc.auto</c> is false: to
    /// start one in the background, or to do nothing.
    /// </summary>
    public Action? UpkeepDue { get; set; }

    /// <summary>Lets go of old transactions, folds others, merges packs, sweeps leftovers.</summary>
    /// <exception cref="Errors.RefusedException">Another writer held a lock for too long.</exception>
    /// <exception cref="Errors.UsageException">The configuration has a value that is none.</exception>
    public GcOutcome CollectGarbage(GcRequest request) => new GarbageCollection(_context, LockLimit, Waiting).Run(request);

    /// <summary>Takes a captured secret out of every ref of ours, and says what remains to be done.</summary>
    /// <exception cref="Errors.RefusedException">A lock stayed busy, or a journal holds it: nothing was changed.</exception>
    /// <exception cref="Errors.UsageException">The request names nothing.</exception>
    public ForgetOutcome Forget(ForgetRequest request) => new Forgetting(_context, LockLimit, Waiting).Run(request);

    /// <summary>Examines what is ours and what it stands on, and mends what it safely can.</summary>
    /// <exception cref="Errors.StoreException">The disk failed.</exception>
    public DoctorOutcome Examine(DoctorRequest request) => new Examination(_context, LockLimit, Waiting).Run(request);

    /// <summary>Whether a gc is due, by the rule that holds after a transaction too; if so the next who ask are told no.</summary>
    public bool TakeUpkeepDue() => AutomaticUpkeep.IsDue(_context, OwnPacks.In(_context.Layout).Count, 0);

    /// <summary>Remotes that would publish or prune our hidden refs.</summary>
    public IReadOnlyList<MirrorRemote> Mirrors() => MirrorRemotes.Of(_context.Config);

    // After the locks are free, or the gc that is started would find them taken.
    private void StartUpkeep()
    {
        if (_upkeepIsDue)
        {
            _upkeepIsDue = false;
            UpkeepDue?.Invoke();
        }
    }
}
