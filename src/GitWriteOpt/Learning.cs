using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;
using GitWriteOpt.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GitWriteOpt;

/// <summary>
/// The way in to what a repository's history teaches; unlike <see cref="Writer"/> it works in bare repositories too. Only
/// <see cref="Learn"/> writes, and only <c>refs/writeopt/patterns</c>; <see cref="Suggest"/> does so once, where nothing
/// has been learned yet and there is a worktree. Not thread-safe.
/// </summary>
public sealed partial class Learning : IDisposable
{
    /// <summary>Off: nothing is learned but by <c>git writeopt learn</c> and <c>template extract</c>.</summary>
    internal const string Key = "writeopt.learn";

    private readonly PatternGround _ground;
    private readonly Feedback _feedback;
    private readonly ILogger _log;
    private Knowledge? _knowledge;

    private Learning(PatternGround ground, ILogger log)
    {
        (_ground, _log) = (ground, log);
        _feedback = new Feedback(new LocalState(ground.Layout).Suggestions, TimeProvider.System);
    }

    /// <summary>Called with phase, done and in all, now and then.</summary>
    public Action<string, int, int>? Progress { get; set; }

    /// <summary>Learns in memory where nothing was learned yet, and leaves nothing behind.</summary>
    public bool KeepsNothing { get; set; }

    /// <summary>Whether anything is learned and kept that nobody asked for: <see cref="Key"/> says so, or nothing does.</summary>
    /// <exception cref="Errors.UsageException">The setting is no truth value.</exception>
    public bool IsOn => _ground.Config.GetBool(Key, whereNotSet: true);

    /// <summary>Where the repository's parts are.</summary>
    public RepositoryLayout Layout => _ground.Layout;

    /// <summary>What was found wrong with what had been learned, so far.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Opens the repository that a directory lies in, or that it is.</summary>
    /// <exception cref="Errors.UsageException">There is none, or git does not trust its owner.</exception>
    public static Learning Open(string directory, ILogger? log = null)
    {
        var (layout, config) = Discovery.Open(directory, bareToo: true);
        return Of(layout, config, log ?? NullLogger.Instance);
    }

    /// <summary>Of a repository that was found before.</summary>
    internal static Learning Of(RepositoryLayout layout, GitConfig config, ILogger log)
    {
        var (refs, objects) = (new RefStore(layout), new ObjectReader(layout));
        var store = new PatternStore(layout, refs, objects, Identity.Of(config).ToString(), TimeProvider.System);
        return new Learning(new PatternGround(layout, config, refs, objects, store)
        {
            HasSecret = HasSecret,
        }, log);
    }

    /// <summary>Learns what is new in HEAD's history and in the transactions that are not committed yet.</summary>
    /// <param name="full">Whether to begin afresh.</param>
    /// <param name="forgetDropped">Whether templates that were dropped may be found again; only where all is mined.</param>
    /// <exception cref="Errors.RefusedException"><c>newer-patterns</c>: a newer version wrote what is there.</exception>
    /// <exception cref="Errors.StoreException">git or the disk failed, or somebody else learned meanwhile.</exception>
    public LearnOutcome Learn(bool full = false, bool forgetDropped = false)
    {
        if (Head() is not { } head)
        {
            return new LearnOutcome(RefNames.Patterns, null, null, 0, 0, 0, null, Warns: false, ["there are no commits yet"]);
        }

        var outcome = new Learner(_ground, _feedback) { ForgetsDropped = forgetDropped }.Learn(head, full || forgetDropped, Progress);
        _log.LogDebug("learned {New} of {Commits} commits ({Why})", outcome.New, outcome.Commits, outcome.Afresh ?? "only what is new");
        _knowledge = null;
        return outcome;
    }

    /// <summary>Replays this repository's history: learns its first 80 %, and tests on what follows.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    public Evaluation Evaluate()
    {
        var split = Head() is { } head ? HistorySplit.Of(_ground, head, Progress) : new HistorySplit([], []);
        var evaluation = Evaluator.Run(split.Train, split.Test, Progress is { } report ? (done, all) => report("replaying", done, all) : null);
        // Steps are judged by their files: the templates of today were made with the commits of the test in view.
        return split.Tip is { } tip ? evaluation with
        {
            NewFiles = TemplateReplay.Run(_ground, split, tip, Progress),
            Workflows = WorkflowMining.Score(split.Train, split.Test, new StepShapes([])),
        } : evaluation;
    }

    /// <summary>
    /// What is likely missing beside changed paths, best first: files of HEAD that are not among them. HEAD is looked at
    /// for each question, and new commits are learned from in memory.
    /// </summary>
    /// <param name="changed">Paths from the root of the repository; unknown ones are fine.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    public IReadOnlyList<Suggestion> Suggest(IReadOnlyCollection<string> changed, int most = 10)
    {
        if (changed.Count == 0 || Head() is not { } head)
        {
            return [];
        }

        _knowledge = _knowledge?.Refresh(head) ?? First(head);
        return
        [
            .. _knowledge.Suggest(changed, most * 2).Where(s => !_feedback.IsDeclined(KindFigures.CoChange, s.Path, changed))
                .Select(s => s with { Confidence = Math.Round(_feedback.Moved(KindFigures.CoChange, s.Path, s.Confidence), 3) }).Take(most),
        ];
    }

    /// <summary>The paths that are changed now: in the worktree, or staged.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    public IReadOnlyList<string> Changed(bool staged) =>
        staged ? ChangedPaths.Staged(Layout) : ChangedPaths.InWorktree(Layout);

    /// <summary>Remembers what was shown to a person, so that what becomes of it can be learned from.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public void Shown(IEnumerable<Suggestion> suggestions, IReadOnlyCollection<string> changed) =>
        Shown(KindFigures.CoChange, suggestions.Select(s => s.Path), changed);

    /// <summary>Likewise of steps that come next.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public void Shown(IReadOnlyList<NextStep> steps)
    {
        foreach (var step in steps)
        {
            Shown(KindFigures.Workflow, [step.Workflow.Name], [step.Next.Roles[0].ToString()]);
        }
    }

    /// <summary>Likewise of files that would be made.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public void Shown(IEnumerable<SuggestedFile> files, IReadOnlyCollection<string> changed) =>
        Shown(KindFigures.TemplatePath, files.Select(f => f.Path), changed);

    /// <summary>Never suggests a path again beside these files; with none, beside any.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public void Decline(string path, IReadOnlyCollection<string> changed)
    {
        _feedback.Decline(KindFigures.CoChange, path, changed);
        if (Head() is { } head && !new HeadTree(_ground.Objects, head).Has(path))
        {
            _feedback.Decline(KindFigures.TemplatePath, path, changed);
        }
    }

    /// <summary>Never suggests the next step of a workflow again; false where no workflow of this name is offered.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public bool DeclineWorkflow(string name)
    {
        if (!Read(WorkflowFiles.Read).Offered.Any(w => w.Name == name))
        {
            return false;
        }

        _feedback.Decline(KindFigures.Workflow, name, []);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _ground.Objects.Dispose();

    private void Shown(string kind, IEnumerable<string> paths, IReadOnlyCollection<string> changed)
    {
        if (Head() is { } head)
        {
            _feedback.Show(kind, paths, changed, head);
        }
    }

    private ObjectId? Head() => _ground.Refs.ReadHead().Commit;

    private void LearnOnce()
    {
        if (!Layout.IsBare && !KeepsNothing && IsOn && _ground.Store.Read() is { Commit: null, Damage: null })
        {
            try
            {
                Learn();
            }
            catch (Errors.StoreException cause)
            {
                // A repository that cannot be written is learned from in memory.
                _log.LogInformation("what is learned is not kept: {Why}", cause.Message);
            }
        }
    }

    /// <summary>Over a repository that is open already; whoever opened it disposes of it.</summary>
    internal static Learning Over(TransactionContext context) => new(new PatternGround(context.Layout, context.Config, context.Refs,
        context.Objects, new PatternStore(context.Layout, context.Refs, context.Objects, "", context.Time)), context.Log)
    {
        KeepsNothing = true,
    };

    private Knowledge First(ObjectId head)
    {
        LearnOnce();
        var knowledge = Knowledge.Of(_ground, head, Progress);
        Warnings = knowledge.Warnings;
        return knowledge;
    }
}
