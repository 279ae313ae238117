using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt;

/// <summary>What git's hooks ask before a commit.</summary>
public sealed partial class Writer
{
    private const int MostCandidates = 500;

    private static readonly string[] Unfinished =
        ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply"];

    /// <summary>What the pre-commit hook does here.</summary>
    /// <exception cref="UsageException"><c>bad-config-value</c>.</exception>
    public CommitPolicy CommitPolicy => CommitPolicies.Of(_context.Config.Get(CommitPolicies.Key));

    /// <summary>Whether hooks may learn behind a command's back.</summary>
    public bool LearnsInBackground => _context.Config.GetBool(Patterns.BackgroundLearning.Key, whereNotSet: true);

    /// <summary>What is staged. The index is the one that the caller's environment names.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    public StagedCommit Staged() => new(new CheckedPaths(_context.Layout, _context.Refs.ReadHead().Commit).Staged());

    /// <summary>Whether a merge, a rebase, a cherry-pick or a revert is under way: what is staged is not one person's change then.</summary>
    public bool IsInTheMiddle() => Unfinished.Any(name => Path.Exists($"{_context.Layout.GitDirectory}/{name}"));

    /// <summary>Runs the rules over what is staged.</summary>
    /// <param name="commit">What is staged.</param>
    /// <param name="atOnce">Leaves the rules out that start programs or walk the repository.</param>
    /// <exception cref="UsageException">The configuration of a rule cannot be read.</exception>
    public ValidationOutcome Check(StagedCommit commit, bool atOnce)
    {
        using var worktree = _context.OpenWorktree();
        var cache = ResultCache.Of(_context.Layout);
        var outcome = new Validator(new CheckSubjects(_context, worktree).OfStaged(commit, cache))
            .Run(atOnce ? RuleTable.AtOnce : RuleTable.For(_context.Config));
        cache.Save();
        return outcome;
    }

    /// <summary>The staged text of a path; null where it is not staged, large or no text.</summary>
    /// <exception cref="StoreException">The object is damaged.</exception>
    public string? StagedText(StagedCommit commit, string path)
    {
        foreach (var one in commit.Compared)
        {
            if (one.Path.Value == path)
            {
                return one.New is { } now ? new TextBlobs(_context.Objects).Read(now.Id) : null;
            }
        }

        return null;
    }

    /// <summary>The text of a file of the worktree; null where there is none, or it is behind a link or no text.</summary>
    public string? TextAt(RepoPath path)
    {
        try
        {
            using var worktree = _context.OpenWorktree();
            return worktree.ReadUnlessLinked(path).State is PathState.File file && file.Content.Length <= Operations.Content.StreamingThreshold
                && System.Text.Unicode.Utf8.IsValid(file.Content.ToMemory().Span)
                ? System.Text.Encoding.UTF8.GetString(file.Content.ToMemory().Span) : null;
        }
        catch (RefusedException)
        {
            return null; // a FIFO, a nested repository
        }
    }

    /// <summary>
    /// Files that differ from the index and are not staged: configuration in the directories of what is staged and above,
    /// and those of the other paths that are named.
    /// </summary>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyList<string> LeftBehind(StagedCommit commit, IEnumerable<string> others)
    {
        var staged = commit.Paths.ToHashSet(StringComparer.Ordinal);
        var directories = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var path in staged)
        {
            var slash = path.LastIndexOf('/');
            while (slash > 0 && directories.Add(path[..slash]))
            {
                slash = path.LastIndexOf('/', slash - 1);
            }
        }

        var wanted = others.ToHashSet(StringComparer.Ordinal);
        var candidates = new List<string>();
        var index = IndexReader.Open(_context.Layout).Table();
        using var worktree = _context.OpenWorktree();
        for (var i = 0; i < index.Count && candidates.Count < MostCandidates; i++)
        {
            var path = index[i].Path;
            if (index.Mode(i) != GitModes.Gitlink && !staged.Contains(path) && (wanted.Contains(path)
                    || (directories.Contains(path[..Math.Max(0, path.LastIndexOf('/'))]) && IsConfiguration(path)))
                && MayDiffer(worktree, path, index.Stat(i)))
            {
                candidates.Add(path);
            }
        }

        return candidates.Count == 0 ? [] : new GitProcess(_context.Layout)
            .Run(["diff-files", "-z", "--name-only", "--diff-filter=MT", "--", .. candidates]).Text
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The paths that HEAD's commit changed against its first parent; all of them where it has none.</summary>
    /// <exception cref="StoreException">An object is missing or damaged.</exception>
    public IReadOnlyList<string> ChangedByHead()
    {
        if (_context.Refs.ReadHead().Commit is not { } head)
        {
            return [];
        }

        var commit = _context.Objects.ReadCommit(head);
        var trees = new TreeStore(_context.Objects, null, _context.Layout.ObjectFormat);
        return [.. TreeDifference.Between(trees, commit.Parents.Count == 0 ? trees.Empty : _context.Objects.ReadCommit(commit.Parents[0]).Tree, commit.Tree)
            .Select(d => d.Path)];
    }

    /// <summary>The batches that were applied one by one since the last commit and are staged together now.</summary>
    public SeparateWrites SeparateWritesOf(StagedCommit commit) => SeparateWrites.Of(_context, commit,
        _context.Refs.ReadHead().Commit?.ToString(), TouchedPaths);

    /// <summary>
    /// What it saves here not to make so many transactions; null while fewer than
    /// <see cref="MeasuredSaving.EnoughTransactions"/> are recorded in this worktree.
    /// </summary>
    public MeasuredSaving? SavingOf(int transactions)
    {
        IReadOnlyList<RecordedFigure> most = [];
        var recorded = 0;
        foreach (var durability in Enum.GetValues<Durability>())
        {
            var figures = FigureLog.Read(_context.State.Figures, durability);
            recorded += figures.Count;
            most = figures.Count > most.Count ? figures : most;
        }

        return recorded < MeasuredSaving.EnoughTransactions ? null
            : new MeasuredSaving(EstimateModel.From(most).Start * 1000 * transactions, most.Count);
    }

    /// <summary>
    /// Takes a snapshot of index and worktree before a commit, unless the newest of this kind has the same; those beyond the
    /// newest few of this kind go. What was cut off stays as it is: a commit is no moment to write files. The index is the worktree's own, as it was before git made another for the commit. It
    /// survives a killed process, not a power cut.
    /// </summary>
    /// <exception cref="RefusedException">Another writer held the lock for too long.</exception>
    public SnapshotSummary SnapshotBeforeCommit()
    {
        using var held = WorktreeLock.Acquire(_context.State, LockLimit, Waiting);
        return new Snapshots(_context with
        {
            Layout = _context.Layout with { IndexFile = _context.Layout.GitDirectory + "/index" },
        }).TakeBeforeCommit();
    }

    /// <summary>
    /// Another writer of the same worktree and the same index, for another thread; whoever asks for it disposes of it.
    /// </summary>
    public Writer OpenBeside() => new(_context with
    {
        State = new LocalState(_context.Layout),
        Refs = new RefStore(_context.Layout),
        Objects = new ObjectReader(_context.Layout),
        Config = GitConfig.Open(_context.Layout),
    })
    { LockLimit = LockLimit };

    /// <summary>What the history of this repository teaches; whoever asks for it disposes of it.</summary>
    public Learning OpenLearning() => Learning.Of(_context.Layout, GitConfig.Open(_context.Layout), _context.Log);

    /// <summary>
    /// Stages files as they are in the worktree. No file is written, so this is no transaction; a snapshot has the index as
    /// it was.
    /// </summary>
    /// <returns>The paths whose entries have changed.</returns>
    /// <exception cref="RefusedException">A path may not be staged (unmerged, in a submodule, behind an external filter).</exception>
    /// <exception cref="StoreException"><c>index-locked</c>, or the disk failed.</exception>
    public IReadOnlyList<string> StageAsTheyAre(IReadOnlyList<string> paths) => Locked(() =>
    {
        using var worktree = _context.OpenWorktree();
        using var pack = new PackWriter(_context.Layout, _context.State.EnsureToken());
        var index = IndexReader.Open(_context.Layout);
        var staged = new List<StagedPath>();
        foreach (var path in paths.Select(RepoPath.Parse))
        {
            if (worktree.ReadUnlessLinked(path).State is PathState.File file)
            {
                var mode = _context.Layout.FileModeIsTrusted ? file.GitMode : index.Find(path)?.Mode ?? RecordedState.PlainMode;
                staged.Add(new StagedPath(path, new StagedBlob(mode, file.Content, pack.AddBlob(file.Content))));
            }
        }

        _context.Publish(pack.Seal(), durable: true);
        using var prepared = _context.Staging().Prepare(staged);
        prepared.Commit();
        return (IReadOnlyList<string>)[.. prepared.Recorded.Select(r => r.Path.Value)];
    });

    // Without a look at the blobs.
    private IEnumerable<string> TouchedPaths(TransactionSummary transaction) =>
        Outcomes.Files(Read(transaction), plan: null).SelectMany(f => f.From is null ? [f.Path] : (string[])[f.Path, f.From]);

    // What lstat says is enough to know that a file is as the index has it; whether another one differs is for git to say.
    private static bool MayDiffer(WorktreeReader worktree, string path, in IndexStat stat) => PathRules.Objection(path) is null
        && RepoPath.Parse(path) is var parsed && worktree.Directories.ParentUnlessLinked(parsed)?.Look(parsed.Name) is { } found
        && found.Kind == FileKind.File && !stat.Matches(found);

    private static bool IsConfiguration(string path) =>
        PathRules.Objection(path) is null && ConfigurationFiles.Contain(RepoPath.Parse(path));
}
