using System.Globalization;

namespace GitWriteOpt.Patterns;

/// <summary>Answers what is likely missing beside a set of changed files. Not thread-safe.</summary>
internal sealed class Suggester(ChangeLog log, Calibration calibration)
{
    private const int MostConsidered = 20;
    private const int NamedCommits = 3;

    private readonly Ranking _ranking = new(log) { Local = calibration.Local };

    /// <summary>The likely missing files, best first.</summary>
    /// <param name="changed">The paths that are changed; unknown ones are fine.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="exists">Whether a path is there; asked for the best alone.</param>
    internal List<Suggestion> Suggest(IReadOnlyCollection<string> changed, int most, Func<string, bool> exists)
    {
        var found = new List<Suggestion>(most);
        var lowest = 1.0;
        foreach (var best in _ranking.Best(changed, MostConsidered))
        {
            var path = log.Files[best.File].Path;
            if (found.Count == most || changed.Contains(path) || !exists(path))
            {
                continue;
            }

            lowest = Math.Min(lowest, calibration.Of(best.Chance));
            found.Add(Explain(best, path, Math.Round(lowest, 3)));
        }

        return found;
    }

    private Suggestion Explain(Ranked best, string path, double confidence)
    {
        var (given, together) = (default(Given), new List<int>());
        foreach (var one in _ranking.Evidence.Given.Where(g => g.File >= 0))
        {
            var common = log.CommitsOf(one.File).Intersect(log.CommitsOf(best.File)).ToList();
            if (common.Count > together.Count)
            {
                (given, together) = (one, common);
            }
        }

        if (together.Count > 0)
        {
            var all = log.CommitsOf(given.File).Count;
            return Of(together, Phrase($"changed in {together.Count} of the {all} commits of {log.Files[given.File].Path}"));
        }

        var known = log.Files[best.File];
        foreach (var one in _ranking.Evidence.Given.Where(g => g.Stem == known.Stem))
        {
            if (log.Shape(one.Affix, known.Affix) is { Kept: > 0 } count)
            {
                return Of(log.CommitsOf(best.File), Phrase(
                    $"{one.Shape.Affix} and {known.Shape.Affix} went together {count.Kept} of {count.Chances} times")) with
                {
                    Support = count.Kept,
                };
            }
        }

        var near = _ranking.Evidence.Given.Select(g => g.Directory).Distinct()
            .Select(directory => (Directory: directory, Common: log.CommitsIn(directory).Intersect(log.CommitsOf(best.File)).ToList()))
            .MaxBy(d => d.Common.Count);
        return near.Common is { Count: > 0 } commits
            ? Of(commits, Phrase($"changed in {commits.Count} of the {log.CommitsIn(near.Directory).Count} commits in that directory"))
            : Of(log.CommitsOf(best.File), "changed lately beside such files");

        Suggestion Of(List<int> commits, string reason)
        {
            List<string> named = [.. commits.AsEnumerable().Reverse().Take(NamedCommits).Select(log.IdOf)];
            return new Suggestion(path, confidence, commits.Count, $"{reason} ({string.Join(", ", named)})", named);
        }
    }

    private static string Phrase(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
