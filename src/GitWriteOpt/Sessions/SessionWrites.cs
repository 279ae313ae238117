using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// What is to be taken back of a session. Writes of the session that follow one another at a path, nothing else between
/// them, are one: so that a path whose way back was gone already, by an undo of a turn, is not asked for states in between
/// that nobody wants.
/// </summary>
internal static class SessionWrites
{
    /// <summary>The writes as transactions would record them, oldest first, each path once in each.</summary>
    /// <param name="intervals">The session's intervals, oldest first.</param>
    /// <param name="withUnattributed">Take what something else may have written, too.</param>
    internal static IReadOnlyList<RecordedTransaction> Of(IReadOnlyList<SessionInterval> intervals, bool withUnattributed)
    {
        var layers = new List<(SessionInterval Interval, Dictionary<RepoPath, RecordedChange> Changes)>();
        var newest = new Dictionary<RepoPath, int>();
        foreach (var interval in intervals)
        {
            var first = layers.Count;
            var seen = new Dictionary<RepoPath, int>();
            for (var c = 0; c < interval.Changes.Count; c++)
            {
                var change = interval.Changes[c];
                var layer = first + (seen[change.Path] = seen.GetValueOrDefault(change.Path, -1) + 1);
                if (layer == layers.Count)
                {
                    layers.Add((interval, []));
                }

                if ((!withUnattributed && interval.By[c] == Attribution.Unattributed) || !interval.CanBeTakenBack(change))
                {
                    newest.Remove(change.Path);
                    continue;
                }

                if (newest.Remove(change.Path, out var at) && layers[at].Changes.Remove(change.Path, out var earlier))
                {
                    change = change with { Before = earlier.Before };
                }

                if (change.Before != change.After)
                {
                    layers[layer].Changes[change.Path] = change;
                    newest[change.Path] = layer;
                }
            }
        }

        return [.. layers.Select(l => l.Interval.AsTransaction([.. l.Changes.Values]))];
    }
}
