namespace GitWriteOpt.Patterns;

/// <summary>
/// Puts the questions of the published protocol to a commit that was not learned yet: hides one of its 2 to
/// <see cref="ChangeLog.WidestCommit"/> files in turn, and asks once about the complete commit.
/// </summary>
internal static class Replay
{
    /// <summary>So many of the newest learned commits calibrate.</summary>
    internal const int CalibrationCommits = 700;

    private const int Judgeable = 3;

    /// <summary>The paths of a commit that can be asked about; none where it has too few or too many.</summary>
    internal static IReadOnlyList<string> Paths(LearnedCommit commit)
    {
        List<string> paths = [.. commit.Changes.Select(c => c.Path).Distinct(StringComparer.Ordinal)];
        return paths.Count is >= 2 and <= ChangeLog.WidestCommit ? paths : [];
    }

    /// <summary>Learns commits in order, and calibrates by what would have been said of the newest of them.</summary>
    /// <param name="log">Where they are learned.</param>
    /// <param name="commits">Oldest first.</param>
    /// <param name="progress">Called with commits done and in all, or null.</param>
    internal static Calibration Learn(ChangeLog log, IReadOnlyList<LearnedCommit> commits, Action<int, int>? progress = null)
    {
        var ranking = new Ranking(log);
        var judged = new List<Judged>();
        var complete = 0;
        for (var i = 0; i < commits.Count; i++)
        {
            if (i >= commits.Count - CalibrationCommits && i > commits.Count / 4 && Paths(commits[i]) is { Count: > 0 } paths)
            {
                complete++;
                foreach (var hidden in (IEnumerable<string?>)[.. paths, null])
                {
                    judged.AddRange(Judge(ranking, log, paths, hidden));
                }
            }

            log.Append(commits[i]);
            progress?.Invoke(i + 1, commits.Count);
        }

        return Calibration.Fit(judged, complete);
    }

    private static IEnumerable<Judged> Judge(Ranking ranking, ChangeLog log, IReadOnlyList<string> paths, string? hidden) =>
        ranking.Best(paths.Where(path => path != hidden), Judgeable)
            .Select(best => new Judged(best.Chance, log.Files[best.File].Path == hidden, hidden is null));
}
