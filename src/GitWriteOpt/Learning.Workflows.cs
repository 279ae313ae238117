using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt;

/// <content>Workflows: what was learned of commits that follow one another.</content>
public sealed partial class Learning
{
    private const int Recent = 12;

    /// <summary>The workflows that held here, and what came of all that were found; learns first where nothing has been.</summary>
    /// <exception cref="StoreException">They are damaged.</exception>
    public WorkflowFindings Workflows()
    {
        LearnOnce();
        return Read(WorkflowFiles.Read);
    }

    /// <summary>A workflow.</summary>
    /// <exception cref="RefusedException"><c>unknown-workflow</c>: there is none of this name that held here.</exception>
    public Workflow FindWorkflow(string name)
    {
        var found = Workflows();
        return found.Offered.FirstOrDefault(w => w.Name == name) ?? throw new RefusedException(new WriteError(ErrorCategory.Dependency,
            "unknown-workflow", $"no workflow \"{name}\" is offered here; {found.Offered.Count} of {found.Candidates} that were found held when newer commits were replayed")
        {
            Suggestion = NearestNames.Of(name, found.Offered.Select(w => w.Name)) is { Count: > 0 } near
                ? $"did you mean {string.Join(" or ", near)}?" : "git writeopt workflow list",
        });
    }

    /// <summary>A workflow as instructions for an agent: Markdown, with the front matter that its host reads.</summary>
    public string Export(Workflow workflow, WorkflowExportFormat format)
    {
        var templates = Store.All();
        return WorkflowExport.Of(workflow, format, name => templates.Find(t => t.Name == name) is { } template
            ? [.. template.Parameters.Select(p => p.Name)] : []);
    }

    /// <summary>
    /// The steps that usually come next, the surest first: by the newest commits of whoever works here, and by what is
    /// changed now. Nothing where workflows are not learned, switched off, or declined.
    /// </summary>
    /// <param name="changed">Changed paths, from the root of the repository.</param>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyList<NextStep> NextSteps(IReadOnlyCollection<string> changed)
    {
        if (Head() is not { } head || Read(WorkflowFiles.Read) is not { Offered.Count: > 0 } known)
        {
            return [];
        }

        var self = CommitFilter.AuthorOf(Identity.Of(_ground.Config).ToString());
        List<LearnedCommit> recent = [.. new HistoryReader(_ground.Layout, _ground.Config)
            .Read(new HistoryQuery { Tip = head, Newest = Recent, OldestFirst = true }).Select(CommitFilter.Of).Where(c => c.Author == self)];
        var tree = new HeadTree(_ground.Objects, head);
        recent.Add(new LearnedCommit("", 0, [.. changed.Select(path => new LearnedChange(tree.Has(path) ? 'M' : 'A', path))]));
        return
        [
            .. WorkflowProgress.Of(known.Offered, recent, new StepShapes(Store.All()))
                .Where(n => !_feedback.IsDeclined(KindFigures.Workflow, n.Workflow.Name, []))
                .Select(n => n with { Confidence = Math.Round(_feedback.Moved(KindFigures.Workflow, n.Workflow.Name, n.Confidence), 3) }),
        ];
    }

    /// <summary>
    /// The files that are likely made beside new ones, where that kind of suggestion is on here and as sure as it has to
    /// be; <see cref="SuggestFiles"/> answers always.
    /// </summary>
    /// <param name="changed">All that is changed.</param>
    /// <param name="texts">Changed files with their texts; those that HEAD has are not new.</param>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyList<SuggestedFile> OfferedFiles(IReadOnlyCollection<string> changed, IReadOnlyList<(string Path, string Content)> texts)
    {
        if (Head() is not { } head || Kinds().FirstOrDefault(k => k.Kind == KindFigures.TemplatePath) is not { State: KindFigures.On, Threshold: { } threshold })
        {
            return [];
        }

        var tree = new HeadTree(_ground.Objects, head);
        return
        [
            .. SuggestFiles([.. texts.Where(t => !tree.Has(t.Path))])
                .Select(f => f with { Confidence = Math.Round(_feedback.Moved(KindFigures.TemplatePath, f.Path, f.Confidence), 3) }).Where(f => f.Confidence >= threshold && !changed.Contains(f.Path)
                && !_feedback.IsDeclined(KindFigures.TemplatePath, f.Path, changed)),
        ];
    }

    /// <summary>What each kind of suggestion was worth here, by the last replay; nothing where none was made yet.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    public IReadOnlyList<KindFigures> Kinds() => Read(LearnedKinds.Read);

    /// <summary>What became of the suggestions that were made in this worktree.</summary>
    /// <exception cref="StoreException">They cannot be read.</exception>
    public SuggestionFigures Figures() => _feedback.Figures();

    /// <summary>What was answered to the suggestions that were made in this worktree.</summary>
    internal IEnumerable<(DateTimeOffset? Shown, bool Taken)> Answers() => _feedback.Answers();

    private T Read<T>(Func<PatternTree, T> read)
    {
        try
        {
            return read(_ground.Store.Read());
        }
        catch (JsonException cause)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "damaged-patterns", $"what was learned is damaged: {cause.Message}")
            {
                Suggestion = "git writeopt learn --full",
            }, cause);
        }
    }
}
