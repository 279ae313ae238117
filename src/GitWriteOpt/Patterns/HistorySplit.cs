using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>A history cut in two for an evaluation.</summary>
/// <param name="Train">The ancestry of the commit at 80 %, the newest of it, oldest first.</param>
/// <param name="Test">The commits after it, oldest first.</param>
internal sealed record HistorySplit(IReadOnlyList<LearnedCommit> Train, IReadOnlyList<LearnedCommit> Test)
{
    /// <summary>The commit at 80 %; null where there is none.</summary>
    internal ObjectId? Tip { get; init; }

    private const double Trained = 0.8;
    private const int MostTested = 500;

    /// <summary>Cuts the ancestry of a commit.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    internal static HistorySplit Of(PatternGround ground, ObjectId tip, Action<string, int, int>? progress)
    {
        var history = new HistoryReader(ground.Layout, ground.Config);
        var ids = history.Ids(new HistoryQuery { Tip = tip, OldestFirst = true });
        var last = (int)(ids.Count * Trained) - 1;
        if (last < 0)
        {
            return new HistorySplit([], []);
        }

        var train = new List<LearnedCommit>();
        foreach (var commit in history.Read(new HistoryQuery { Tip = ids[last], Newest = CommitBlocks.Window, OldestFirst = true }))
        {
            train.Add(CommitFilter.Of(commit));
            progress?.Invoke("reading the history", train.Count, CommitBlocks.Window);
        }

        return new HistorySplit(train, [.. history.Read([.. ids.Skip(last + 1).Take(MostTested)]).Select(CommitFilter.Of)])
        {
            Tip = ids[last],
        };
    }
}
