namespace GitWriteOpt.Patterns;

/// <summary>How often a method had the hidden file among its first answers.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Recall1">Share of hidden files that were first.</param>
/// <param name="Recall3">Among the first three.</param>
/// <param name="Recall5">Among the first five.</param>
/// <param name="Recall10">Among the first ten.</param>
/// <param name="MeanReciprocalRank">Mean of 1 / place; 0 beyond the tenth.</param>
public sealed record MethodScore(
    string Method, double Recall1, double Recall3, double Recall5, double Recall10, double MeanReciprocalRank);

/// <summary>What the warnings were worth.</summary>
/// <param name="Said">How many warnings were given where a file was hidden.</param>
/// <param name="Held">How many of them named that file.</param>
/// <param name="Precision">Held of said; null where nothing was said.</param>
/// <param name="FalseAlarms">Warnings a complete commit.</param>
/// <param name="Caught">Share of the hidden files that a warning named.</param>
public sealed record WarningScore(int Said, int Held, double? Precision, double FalseAlarms, double Caught);

/// <summary>One replay: after learning once, or learning every commit after it was judged.</summary>
/// <param name="Online">Whether it learned on.</param>
/// <param name="Hidden">How many files were hidden, one at a time.</param>
/// <param name="Methods">Ours first, then the baselines.</param>
/// <param name="Warnings">At this repository's threshold.</param>
/// <param name="MillisecondsEach">Mean time of a question.</param>
public sealed record ReplayScore(
    bool Online, int Hidden, IReadOnlyList<MethodScore> Methods, WarningScore Warnings, double MillisecondsEach);

/// <summary>An evaluation of co-change on this repository's own history.</summary>
/// <param name="Trained">Commits that were learned.</param>
/// <param name="Tested">Commits that were replayed.</param>
/// <param name="Threshold">The general model's chance from which on it warns here; null where warnings are switched off.</param>
/// <param name="Replays">Frozen, then online.</param>
public sealed record Evaluation(int Trained, int Tested, double? Threshold, IReadOnlyList<ReplayScore> Replays)
{
    /// <summary>Of new files (<c>template-path</c>, <c>template-content</c>): frozen, then online.</summary>
    public IReadOnlyList<Templates.NewFileScore> NewFiles { get; init; } = [];

    /// <summary>Of workflows; null where there was nothing to replay.</summary>
    public Workflows.WorkflowScore? Workflows { get; init; }
}
