using System.Text.Json;
using GitWriteOpt.ObjectStore;

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
            mining.All().ForEach(_log.Append);
        }
        else
        {
            calibration = Replay.Learn(_log, mining.New);
        }

        foreach (var work in mining.Work)
        {
            _log.Append(work);
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
            _log.Append(CommitFilter.Of(commit));
        }

        (_tip, _tree) = (tip, new HeadTree(_ground.Objects, tip));
        return this;
    }

    /// <summary>What is likely missing beside these paths, best first.</summary>
    internal List<Suggestion> Suggest(IReadOnlyCollection<string> changed, int most) =>
        _suggester.Suggest(changed, most, _tree.Has);
}
