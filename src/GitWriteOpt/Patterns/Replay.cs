namespace GitWriteOpt.Patterns;

/// <summary>
/// Puts the questions of the published protocol to a commit that was not learned yet: hides one of its 2 to
/// <see cref="ChangeLog.WidestCommit"/> files in turn, and asks once about the complete commit.
/// </summary>
internal static class Replay
{
    // The newest commits calibrate, as many as give so many questions: more would cost more than reading the history.
    private const int MostQuestions = 2500;
    private const int MostCommits = 700;
    private const int Judgeable = 3;

    /// <summary>The paths of a commit that can be asked about; none where it has too few or too many.</summary>
    internal static IReadOnlyList<string> Paths(LearnedCommit commit)
    {
        List<string> paths = [.. commit.Changes.Select(c => c.Path).Distinct(StringComparer.Ordinal)];
        return !commit.IsWide && paths.Count is >= 2 and <= ChangeLog.WidestCommit ? paths : [];
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
        var first = FirstOfCalibration(commits);
        for (var i = 0; i < commits.Count; i++)
        {
            if (i >= first && Paths(commits[i]) is { Count: > 0 } paths)
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

    // Never the oldest quarter: too little is known there for what is said to mean anything.
    private static int FirstOfCalibration(IReadOnlyList<LearnedCommit> commits)
    {
        var first = commits.Count;
        for (var questions = 0; questions < MostQuestions && first > Math.Max(commits.Count / 4, commits.Count - MostCommits);)
        {
            first--;
            questions += Paths(commits[first]).Count + 1;
        }

        return first;
    }

    private static IEnumerable<Judged> Judge(Ranking ranking, ChangeLog log, IReadOnlyList<string> paths, string? hidden) =>
        ranking.Best(paths.Where(path => path != hidden), Judgeable)
            .Select((best, place) => new Judged(best.Chance, log.Files[best.File].Path == hidden, hidden is null)
            {
                Signs = ranking.Signs(best, place == 0),
            });
}
