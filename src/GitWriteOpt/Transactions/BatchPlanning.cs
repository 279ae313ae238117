using GitWriteOpt.Dependencies;
using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Planning;
using GitWriteOpt.Platform;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Gives the planner its eyes: the worktree, the index, git's own matching and merging, the recorded figures.</summary>
internal sealed class BatchPlanning(TransactionContext context, WorktreeReader worktree)
{
    private readonly Lazy<IndexReader> _index = new(() => IndexReader.Open(context.Layout));
    private readonly List<string> _warnings = [];
    private BatchValidation? _validation;

    /// <summary>The rules that the batch is held to.</summary>
    internal IReadOnlyList<Rule>? Rules { get; init; }

    /// <summary>What is known of contents already; null reads it from the file.</summary>
    internal ResultCache? Cache { get; init; }

    /// <summary>Whether checkers whose time nobody knows are left to be run while no lock is held.</summary>
    internal bool DefersCheckers { get; init; }

    /// <summary>Whether to look for the files that import those of the batch, for the plan's risk: for a person who reads it.</summary>
    internal bool LooksForImporters { get; init; }

    /// <summary>Whether to say which learned templates it follows, also where nothing is amiss: for a person who reads it.</summary>
    internal bool SaysWhatIsFollowed { get; init; }

    /// <summary>What validation found in the batch that was planned.</summary>
    internal ValidationOutcome Validation => _validation?.Outcome ?? ValidationOutcome.None;

    /// <summary>The files that checkers have yet to look at; null where all is validated.</summary>
    internal IReadOnlyList<CheckedFile>? Deferred => _validation?.Deferred;

    /// <summary>What is wrong with references now that the batch is written, and was not when it was planned.</summary>
    internal IReadOnlyList<CheckFinding> LookAgain() => _validation?.LookAgain() ?? [];

    /// <summary>Plans a batch.</summary>
    /// <exception cref="RefusedException">It cannot be applied.</exception>
    internal WritePlan Plan(Batch batch, ApplyOptions options)
    {
        var importers = LooksForImporters ? Importers.In(context.Layout, worktree, WrittenPaths.Of(batch), ImporterBudget.Plan) : null;
        var mended = options.FixLinks ? Fixes(Planner.Plan(batch, Context(batch, options) with { Validate = null }, options), limit: null) : [];
        batch = mended.Count == 0 ? batch : batch with { Operations = [.. batch.Operations, .. mended.Select(f => f.Operation)] };
        var plan = Planner.Plan(batch, Context(batch, options) with
        {
            ImportersOf = importers is null ? null : importers.Of,
            Recognise = batch.Format != Planner.TemplateFormat ? new TemplateRecognition(OpenPatterns()).Of : null,
            SaysWhatIsFollowed = SaysWhatIsFollowed,
        }, options);
        RefuseSubmodules(plan);
        var open = LooksForImporters && !options.FixLinks ? Fixes(plan, ImporterBudget.Plan.Time) : [];
        AddNotes(open, mended);
        return plan with { LinkFixes = open, Warnings = [.. plan.Warnings, .. _warnings, .. importers?.Warning is { } warning ? [warning] : Array.Empty<string>()] };
    }

    private IReadOnlyList<LinkFix> Fixes(WritePlan plan, TimeSpan? limit)
    {
        var search = new DocumentSearch(context, worktree, _index);
        var fixes = search.Of(plan, limit);
        if (search.Unread > 0)
        {
            _warnings.Add($"links were not looked for in {search.Unread} documents: reading them all takes too long for a plan; "
                + "git writeopt apply --fix-links reads them");
        }

        return fixes;
    }

    private void AddNotes(IReadOnlyList<LinkFix> open, IReadOnlyList<LinkFix> mended)
    {
        foreach (var fix in mended)
        {
            _warnings.Add($"{PlanDocument.Counted(fix.Links, "link")} of \"{fix.Path}\" {(fix.Links == 1 ? "follows" : "follow")} what moves (--fix-links)");
        }

        foreach (var fix in open)
        {
            _warnings.Add($"{PlanDocument.Counted(fix.Links, "link")} of \"{fix.Path}\" will lead nowhere; --fix-links mends it, or add to the batch: "
                + OperationText.Of(fix.Operation));
        }
    }

    /// <summary>What the planner may look at.</summary>
    internal PlanningContext Context(Batch? batch = null, ApplyOptions? options = null)
    {
        var crlf = new Lazy<IReadOnlySet<RepoPath>>(() => NewFilesWithCrlf(batch));
        return new PlanningContext
        {
            Read = path => Transient.Try(() => worktree.Read(path), context.Log),
            List = worktree.List,
            Hash = content => ObjectHash.OfBlob(content, context.Layout.ObjectFormat),
            ApplyDiff = (patch, before) => ApplyDiff(patch, before, options),
            ReadBlob = ReadBlob,
            Merge = (ours, ancestor, theirs, favor) =>
                new ThreeWayMerge(context.Layout).Merge(ours, ancestor, theirs, favor) is MergeResult.Clean clean
                    ? clean.Content : null,
            ExpandTemplate = (template, read) => Expand(template, read),
            Validate = batch is null || options is null or { NoValidate: true } ? null
                : (_validation = new BatchValidation(context, worktree, _index, Rules ?? RuleTable.For(context.Config))
                {
                    Remembers = !options.DryRun,
                    Cache = Cache ?? ResultCache.Of(context.Layout),
                    Defers = DefersCheckers,
                }).Judge,
            IgnoreCase = context.Layout.IgnoreCase,
            SymbolicLinks = context.Layout.SymbolicLinks,
            NewFileGetsCrlf = path => crlf.Value.Contains(path),
            CanWriteIn = directory => (directory is null ? worktree.Directories.Root : worktree.Directories.Open(directory))
                ?.IsWritable() ?? true,
            FreeBytes = () => new DriveInfo(context.Layout.WorktreeRoot).AvailableFreeSpace,
            Recorded = FigureLog.Read(context.State.Figures, options?.Durability ?? Durability.Full),
        };
    }

    // Nothing of it is read before a batch names a template.
    private List<Operation> Expand(Operation.Template template, Func<RepoPath, string?> read) => TemplateExpansion.Of(
        new TemplateStore(OpenPatterns()).Find(template.Name), template.Parameters, read);

    private PatternStore OpenPatterns() => new(context.Layout, context.Refs, context.Objects, "", context.Time);

    private Dictionary<RepoPath, PathState> ApplyDiff(
        Operation.Patch patch, IReadOnlyDictionary<RepoPath, PathState> before, ApplyOptions? options)
    {
        var named = patch.Files.SelectMany(f => new[] { f.OldPath, f.NewPath }).Distinct()
            .ToDictionary(p => p, p => before.TryGetValue(p, out var state) ? Blob(state) : null);
        var outcome = new DiffApplication(context.Layout).Apply(patch.Diff, named,
            new DiffOptions(options?.ThreeWay == true, options?.Favor ?? MergeFavor.Refuse));
        _warnings.AddRange(outcome.Warnings);
        return outcome.After.ToDictionary(a => a.Key, a => State(a.Key, a.Value, before.GetValueOrDefault(a.Key)));
    }

    private static BlobState? Blob(PathState state) => state switch
    {
        PathState.File file => new BlobState(state.GitMode, file.Content),
        PathState.Link link => new BlobState(state.GitMode, Content.Of(link.Target)),
        _ => null,
    };

    private static PathState State(RepoPath path, BlobState? blob, PathState? before) => blob switch
    {
        null => PathState.Nothing,
        { Mode: RecordedState.LinkMode } => new PathState.Link(Target(path, blob.Content.ToMemory().Span)),
        _ => PathStates.Over(before ?? PathState.Nothing, blob.Content, blob.Mode == RecordedState.ExecutableMode),
    };

    private static string Target(RepoPath path, ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes)
        ? System.Text.Encoding.UTF8.GetString(bytes)
        : throw new RefusedException(new WriteError(ErrorCategory.Format, "link-not-utf8",
            $"the target that the link \"{path}\" shall have is not valid UTF-8")
        {
            Path = path.Value,
            Suggestion = "leave the link out of the diff, and make it with ln -s",
        });

    private Content? ReadBlob(string hex)
    {
        if (!ObjectId.TryParse(hex, out var id) || !context.Objects.Exists(id))
        {
            return null;
        }

        return context.Blob(id);
    }

    private IReadOnlySet<RepoPath> NewFilesWithCrlf(Batch? batch)
    {
        var paths = (batch?.Operations ?? []).OfType<Operation.Write>().Where(w => w.NewFileFollowsAttributes)
            .Select(w => w.Path).Distinct().ToList();
        return paths.Count == 0 ? new HashSet<RepoPath>()
            : new Attributes(context.Layout, context.AttributeSettings()).CrlfFor(paths);
    }

    // An unpopulated submodule is an empty directory or none at all, so the index is asked, but only where a directory
    // is made or an empty one filled (I12); a populated one has a .git, which the worktree reader has refused already.
    private void RefuseSubmodules(WritePlan plan)
    {
        foreach (var directory in plan.DirectoriesToMake.Concat(plan.DirectoriesFilled.Select(d => d.Path)))
        {
            if (_index.Value.IsGitlink(directory))
            {
                throw new RefusedException(new WriteError(ErrorCategory.Permission, "inside-submodule",
                    $"\"{directory}\" is a submodule that is not checked out")
                {
                    Path = directory.Value,
                    Suggestion = $"run git submodule update --init \"{directory}\", then git writeopt inside it",
                });
            }
        }

        // A submodule's directory that somebody removed: no directory is made, so the index is only asked where it is read
        // anyway, weighs less than the batch, or is said by .gitmodules to have a submodule there.
        var made = plan.Changes.Where(c => c.Before is PathState.Absent && c.After is not PathState.Absent).ToList();
        if (made.Count == 0)
        {
            return;
        }

        var asked = _index.IsValueCreated || IndexWeighsLess(made);
        var named = new Lazy<IReadOnlySet<string>>(() => SubmodulePaths.In(context.Layout.WorktreeRoot));
        foreach (var change in made)
        {
            if ((asked || named.Value.Contains(change.Path.Value)) && _index.Value.IsGitlink(change.Path))
            {
                throw new RefusedException(new WriteError(ErrorCategory.Permission, "inside-submodule",
                    $"\"{change.Path}\" is a submodule in the index")
                {
                    Path = change.Path.Value,
                    Suggestion = $"remove it first: git rm --cached \"{change.Path}\"",
                });
            }
        }
    }

    private bool IndexWeighsLess(IEnumerable<PlannedChange> made)
    {
        var index = new FileInfo(context.Layout.IndexFile);
        return index.Exists && index.Length <= made.Sum(c => c.After is PathState.File file ? file.Content.Length : 0);
    }
}
