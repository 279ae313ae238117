using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Patterns;

/// <summary>
/// What is known at this moment, in memory: what was learned, and what the history has gained since. Never writes, so it
/// works where nothing can be written; <see cref="Refresh"/> follows HEAD.
/// </summary>
internal sealed class Knowledge
{
    private readonly PatternGround _ground;
    private readonly ChangeLog _log = new();
    private readonly Suggester _suggester;
    private readonly NewFiles _files;
    private ObjectId _tip;
    private HeadTree _tree;

    private Knowledge(PatternGround ground, Mining mining)
    {
        _ground = ground;
        _tip = mining.Tip;
        _tree = new HeadTree(ground.Objects, _tip);
        Calibration calibration;
        if (mining.State is { } state)
        {
            calibration = state.ToCalibration();
            var all = mining.All();
            all.ForEach(_log.Append);
            _files = new NewFiles(ground, mining.Tree, all);
        }
        else
        {
            calibration = Replay.Learn(_log, mining.New);
            _files = new NewFiles(ground, mining.Tree, mining.New);
        }

        foreach (var work in mining.Work)
        {
            _log.Append(work);
            _files.Learn(work);
        }

        _suggester = new Suggester(_log, calibration);
        Warnings = mining.Warnings;
    }

    /// <summary>What is worth knowing about where it came from.</summary>
    internal IReadOnlyList<string> Warnings { get; }

    /// <summary>What is known up to a commit.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    internal static Knowledge Of(PatternGround ground, ObjectId tip, Action<string, int, int>? progress)
    {
        var mining = Mining.Of(ground, tip, full: false, progress);
        try
        {
            return new Knowledge(ground, mining);
        }
        catch (Exception cause) when (mining.State is not null && Learner.IsDamage(cause))
        {
            var again = Mining.Of(ground, tip, full: true, progress);
            return new Knowledge(ground, again with
            {
                Warnings = [.. again.Warnings, $"{RefNames.Patterns} is damaged; git writeopt learn rebuilds it: {cause.Message}"],
            });
        }
    }

    /// <summary>The same knowledge up to another commit, where HEAD has moved.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    internal Knowledge Refresh(ObjectId tip)
    {
        if (tip == _tip)
        {
            return this;
        }

        var history = new HistoryReader(_ground.Layout, _ground.Config);
        if (!history.IsAncestor(_tip, tip))
        {
            return Of(_ground, tip, progress: null);
        }

        foreach (var commit in history.Read(new HistoryQuery { Tip = tip, Since = _tip, OldestFirst = true }))
        {
            var learned = CommitFilter.Of(commit);
            _log.Append(learned);
            _files.Learn(learned);
        }

        (_tip, _tree) = (tip, new HeadTree(_ground.Objects, tip));
        return this;
    }

    /// <summary>What is likely missing beside these paths, best first.</summary>
    internal List<Suggestion> Suggest(IReadOnlyCollection<string> changed, int most) =>
        _suggester.Suggest(changed, most, _tree.Has);

    /// <summary>The files that are likely made beside a new one, best first.</summary>
    internal List<SuggestedFile> Files(string path, string content, IReadOnlyCollection<string> given, int most) =>
        _files.Suggest(path, content, given, _tree, most);
}
