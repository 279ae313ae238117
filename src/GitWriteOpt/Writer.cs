using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Retention;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitWriteOpt;

/// <summary>
/// The way in: a repository's worktree, opened for transactions. Not thread-safe; several processes and several writers
/// in one process may work on one worktree, their transactions follow one another.
/// </summary>
/// <remarks>
/// Methods that write answer with an outcome for everything that can be expected (done, unchanged, refused, rolled
/// back, a person is needed) and throw <see cref="UsageException"/> for a request that names nothing. Methods that read
/// take no lock and change nothing.
/// </remarks>
public sealed partial class Writer : IDisposable
{
    private readonly TransactionContext _context;
    private TimeSpan? _lockLimit;

    private Writer(TransactionContext context) => _context = context;

    /// <summary>The longest wait for another writer; <c>writeopt.lockTimeout</c>, else 30 seconds, unless it is set.</summary>
    /// <exception cref="UsageException">The configured time is no number of seconds.</exception>
    public TimeSpan LockLimit
    {
        get => _lockLimit ??= LockTimeout.Of(_context.Config);
        set => _lockLimit = value;
    }

    /// <summary>Called when another writer holds the lock and this one waits for it.</summary>
    public Action? Waiting { get; set; }

    /// <summary>
    /// Called by rollback, redo and restore with phase, files done and files in all, now and then, from any thread; apply
    /// takes its own from <see cref="ApplyOptions"/>.
    /// </summary>
    public Action<string, int, int>? Progress { get; set; }

    /// <summary>Where the repository's parts are.</summary>
    public RepositoryLayout Layout => _context.Layout;

    /// <summary>Opens the repository that <paramref name="directory"/> lies in.</summary>
    /// <exception cref="UsageException">There is none, it is bare, or git does not trust its owner.</exception>
    public static Writer Open(string directory, ILogger? log = null) => Open(directory, log, portable: false, null);

    /// <summary>Decides what a batch would do. Changes nothing, takes no lock.</summary>
    /// <exception cref="RefusedException">It cannot be applied.</exception>
    public WritePlan Plan(Batch batch, ApplyOptions options)
    {
        using var worktree = _context.OpenWorktree();
        return WithCompanions(new BatchPlanning(_context, worktree) { LooksForImporters = true, SaysWhatIsFollowed = true }.Plan(batch, options));
    }

    /// <summary>Applies a batch as one transaction, all or nothing.</summary>
    public WriteOutcome Apply(Batch batch, ApplyOptions options) => Apply("apply", batch, options);

    private WriteOutcome Apply(string command, Batch batch, ApplyOptions options) => Recorded(command, options.DryRun, options.Durability,
        Kept(batch, options, Verified(batch, options, verified => Apply(batch, options, verified))));

    /// <summary>Does again what a rollback undid; null is the newest rollback that stands.</summary>
    /// <exception cref="UsageException">There is nothing to redo.</exception>
    public WriteOutcome Redo(string? transaction, Durability durability) => Recorded("redo", dryRun: false, durability, Write(dryRun: false, (worktree, times) =>
    {
        var log = new TransactionLog(_context);
        var rollback = log.RollbackToRedo(transaction);
        if (transaction is not null && rollback.Undid.Count > 1
            && log.Find(transaction) is var one && rollback.Undid.Contains(one.Transaction))
        {
            // The others that went with it stay undone, so the rollback as a whole still stands.
            return Bring([one], TransactionSide.After, [], force: false, new TransactionHeader(
                TransactionKind.Redo, $"Redo: {one.Message}")
            { Session = one.Session }, dryRun: false, durability, worktree, times);
        }

        var again = rollback.Undid.Count == 1 ? Again(log.TryFind(rollback.Undid[0])?.Message ?? rollback.Undid[0]) : $"Redo: {rollback.Message}";
        var outcome = Bring([rollback], TransactionSide.Before, [], force: false, new TransactionHeader(
            TransactionKind.Redo, again)
        {
            Undoes = [TransactionId.Parse(rollback.Transaction)],
            Session = rollback.Session,
        }, dryRun: false, durability, worktree, times);
        return outcome.State == WriteState.Applied && rollback.Undid.Count > 0 ? outcome with { Undone = rollback.Undid } : outcome;
    }));

    // A redo of a redo is told as one: what is done again is the batch.
    private static string Again(string message) =>
        message.StartsWith("Redo \"", StringComparison.Ordinal) && message.EndsWith('"') ? message : $"Redo \"{message}\"";

    /// <summary>
    /// Brings back the state after or before a transaction, or the whole worktree of a snapshot, as a new transaction.
    /// </summary>
    /// <exception cref="UsageException">There is no such transaction or snapshot, or it touched none of the paths.</exception>
    public WriteOutcome Restore(RestoreRequest request) => Recorded("restore", request.DryRun, request.Durability, Write(request.DryRun, (worktree, times) =>
    {
        var snapshots = new Snapshots(_context);
        if (snapshots.Matches(request.Transaction).Count > 0 && !new TransactionLog(_context).Knows(request.Transaction))
        {
            return Restore(snapshots.Find(request.Transaction).Snapshot, request, worktree, times);
        }

        if (request.Index)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "index-of-snapshot",
                "--index brings the index of a snapshot back; a transaction has none")
            {
                Suggestion = "git writeopt snapshot list shows the snapshots",
            });
        }

        var chosen = new TransactionLog(_context).Find(request.Transaction);
        return Bring([chosen], request.Before ? TransactionSide.Before : TransactionSide.After, request.Paths, force: true,
            new TransactionHeader(TransactionKind.Restore,
                $"Restore the state {(request.Before ? "before" : "after")} {chosen.Transaction}: {chosen.Message}"),
            request.DryRun, request.Durability, worktree, times);
    }));

    /// <summary>Lists transactions, newest first, lazily.</summary>
    public IEnumerable<TransactionSummary> Log(LogQuery query) => new TransactionLog(_context).Query(query);

    /// <summary>Finds one transaction by id, unique prefix or suffix, <c>@</c> or <c>@~n</c>.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    public TransactionSummary Find(string id) => new TransactionLog(_context).Find(id);

    /// <summary>The paths of a transaction.</summary>
    public IReadOnlyList<WrittenFile> Files(TransactionSummary transaction)
    {
        var recorded = Read(transaction);
        var files = Outcomes.Files(recorded, plan: null);
        return [.. files.Select(f => f.Blob is null ? f : f with { Bytes = _context.Blob(ObjectId.Parse(f.Blob)).Length })];
    }

    /// <summary>What is pending, rescued and recorded.</summary>
    public RepositoryStatus Status() => new StatusReport(_context).Make();

    /// <summary>Brings transactions that were cut off to an end.</summary>
    /// <exception cref="RefusedException">Another writer held the lock for too long.</exception>
    public RecoveryOutcome Recover(RecoverRequest request)
    {
        if (request.DryRun)
        {
            return new Recovery(_context).Run(request);
        }

        using var held = WorktreeLock.Acquire(_context.State, LockLimit, Waiting);
        return Recorded(new Recovery(_context).Run(request));
    }

    /// <summary>What was rescued.</summary>
    public IReadOnlyList<RescueSummary> Rescues() => new Rescues(_context).List();

    /// <summary>Finds one rescue by id, unique prefix or suffix.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    public RescueSummary FindRescue(string id) => new Rescues(_context).Find(id);

    /// <summary>Writes rescued contents back to their paths, as a transaction; what is there is kept in its backup.</summary>
    /// <exception cref="UsageException">There is no such rescue, or it does not hold the paths.</exception>
    public WriteOutcome RestoreRescue(string id, IReadOnlyList<string> paths) => Recorded("restore", dryRun: false, Durability.Full, Write(dryRun: false, (worktree, times) =>
    {
        var rescues = new Rescues(_context);
        var rescue = rescues.Find(id);
        var states = rescues.States(rescue).Where(s => paths.Count == 0 || paths.Contains(s.Key.Value))
            .ToDictionary(s => s.Key, s => (RecordedState?)s.Value);
        if (states.Count == 0)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-path",
                $"the rescue {rescue.Id} holds {string.Join(", ", rescue.Paths)}"));
        }

        var plannedAt = _context.Time.GetUtcNow();
        var plan = new Reversal(_context, worktree).Plan(states, $"Restore the rescue {rescue.Id}");
        times.End("plan");
        return Carry(plan, new TransactionHeader(TransactionKind.Restore, plan.Message), dryRun: false, Durability.Full,
            plannedAt, worktree, times, null, null);
    }));

    /// <summary>Forgets a rescue.</summary>
    /// <exception cref="UsageException">There is no such rescue.</exception>
    public void DropRescue(string id)
    {
        using var held = WorktreeLock.Acquire(_context.State, LockLimit, Waiting);
        var rescues = new Rescues(_context);
        rescues.Drop(rescues.Find(id));
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    /// <summary>Opens with the seams that tests need.</summary>
    internal static Writer Open(string directory, ILogger? log, bool portable, TimeProvider? time,
        Func<RepositoryLayout, RepositoryLayout>? adjust = null, Func<OpenDirectory, OpenDirectory>? watch = null,
        CallerEnvironment? environment = null)
    {
        var found = Discovery.Open(directory, environment);
        found = adjust is null ? found : found with { Layout = adjust(found.Layout) };
        log ??= NullLogger.Instance;
        if (log.IsEnabled(LogLevel.Debug))
        {
            log.LogDebug("repository {Root}, found by {How}", found.Layout.WorktreeRoot, found.Layout.DiscoveredBy);
        }

        return new Writer(new TransactionContext(found.Layout, new LocalState(found.Layout), new RefStore(found.Layout),
            new ObjectReader(found.Layout), found.Config, log)
        {
            Portable = portable,
            Watch = watch ?? (directory => directory),
            Time = time ?? TimeProvider.System,
        });
    }

    // Lock, recover what is pending, look, write: so that a plan is made on a whole state, and nothing of ours changes
    // between the plan and the swap.
    private WriteOutcome Write(bool dryRun, Func<WorktreeReader, PhaseTimes, WriteOutcome> write)
    {
        var times = new PhaseTimes(_context.Time);
        try
        {
            IReadOnlyList<string>? recovered;
            WriteOutcome outcome;
            using (dryRun ? null : WorktreeLock.Acquire(_context.State, LockLimit, Waiting))
            {
                times.End("lock");
                recovered = dryRun ? null : RecoverFirst();
                times.End("recover");
                using var worktree = _context.OpenWorktree();
                outcome = write(worktree, times);
                LogPhases(times);
            }

            StartUpkeep();
            StartLearning();
            return recovered is null ? outcome : outcome with { Warnings = [.. recovered, .. outcome.Warnings] };
        }
        catch (RefusedException cause)
        {
            return Outcomes.Refused(cause) with { Timings = times.Milliseconds };
        }
        catch (StoreException cause)
        {
            return Outcomes.Refused(cause) with { Timings = times.Milliseconds };
        }
    }

    private List<string>? RecoverFirst()
    {
        if (!Recovery.IsNeeded(_context))
        {
            return null;
        }

        var outcome = Recorded(new Recovery(_context).Run(new RecoverRequest()));
        return
        [
            .. outcome.Recovered.Select(r => $"{r.Transaction} had been cut off and was first brought {(r.Direction == RecoveryDirection.Back ? "back" : "to its end")}"),
            .. outcome.Rescued.Select(r => $"\"{r.Path}\": {r.Reason} ({r.Ref})"),
            .. outcome.Warnings,
        ];
    }

    private WriteOutcome Carry(WritePlan plan, TransactionHeader header, bool dryRun, Durability durability,
        DateTimeOffset plannedAt, WorktreeReader worktree, PhaseTimes times,
        Func<PackWriter, IReadOnlyList<RecordedChange>, PreparedIndex?>? stageIndex, Action<string, int, int>? progress,
        Action? written = null)
    {
        if (plan.Changes.Count == 0 && plan.DirectoriesToMake.Count == 0 && plan.DirectoriesToRemove.Count == 0
            && stageIndex is null)
        {
            return Outcomes.Of(plan, WriteState.Unchanged) with { Timings = times.Milliseconds };
        }

        if (dryRun)
        {
            return Outcomes.Of(plan, WriteState.Planned) with
            {
                Undone = [.. header.Undoes.Select(u => u.ToString())],
                Timings = times.Milliseconds,
            };
        }

        var transaction = new Transaction(_context, worktree, times) { Written = written };
        var outcome = transaction.Run(plan, header, durability, stageIndex, plannedAt, progress);
        _context.Log.LogInformation("{State} {Id}: {Files} path(s) in {Total:0.0} ms", outcome.State, outcome.Transaction,
            outcome.Files.Count, times.Total);
        if (outcome.State == WriteState.Applied)
        {
            _hasNewShape = header.Kind == TransactionKind.Apply && plan.Strategy is not WriteStrategy.Template && FindsNewShape(outcome);
            _newest = outcome.Transaction;
            _upkeepIsDue = UpkeepDue is not null
                && AutomaticUpkeep.IsDue(_context, transaction.PacksListed, transaction.PackBytes);
        }

        return outcome;
    }

    private WriteOutcome Bring(IReadOnlyList<TransactionSummary> transactions, TransactionSide side,
        IReadOnlyList<RepoPath> paths, bool force, TransactionHeader header, bool dryRun, Durability durability,
        WorktreeReader worktree, PhaseTimes times, ChosenHunks? hunks = null)
    {
        var plannedAt = _context.Time.GetUtcNow();
        var reversal = new Reversal(_context, worktree) { Chosen = hunks };
        var plan = reversal.Plan([.. transactions.Select(Read)], side, paths, force, header.Message);
        LogDecisions(plan);
        times.End("plan");
        var outcome = Carry(plan, header, dryRun, durability, plannedAt, worktree, times,
            reversal.IndexEntries.Count == 0 || side == TransactionSide.After || hunks is { IsPartial: true }
                || transactions.Any(t => t.Worktree != _context.State.Token()) ? null
                : (_, _) => _context.Staging().PrepareRevert(reversal.IndexEntries),
            Progress);
        return outcome with { Warnings = [.. outcome.Warnings, .. transactions.SelectMany(Forgotten)] };
    }

    private RecordedTransaction Read(TransactionSummary transaction) => new TransactionReader(_context.Objects)
        .Read(TransactionId.Parse(transaction.Transaction), ObjectId.Parse(transaction.Commit));

    private static IEnumerable<string> Forgotten(TransactionSummary transaction) => transaction.Forgotten.Select(path =>
        $"\"{path}\" was forgotten from {transaction.Transaction} (git writeopt forget) and is left as it is");
}
