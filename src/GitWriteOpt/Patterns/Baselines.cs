namespace GitWriteOpt.Patterns;

/// <summary>Plain methods to compare with, over the same learned commits.</summary>
internal sealed class Baselines(ChangeLog log)
{
    private const int Most = 10;

    /// <summary>The files with most commits, whatever was asked.</summary>
    internal List<int> Frequency(IEnumerable<string> changed)
    {
        var known = Known(changed);
        return
        [
            .. Enumerable.Range(0, log.Files.Count).Where(f => log.Files[f].Exists && !known.Contains(f))
                .OrderByDescending(f => log.CommitsOf(f).Count).Take(Most),
        ];
    }

    /// <summary>ROSE (Zimmermann et al., ICSE 2004): what the commits that hold all given files also hold, by confidence.</summary>
    internal List<int> Rose(IEnumerable<string> changed)
    {
        var paths = changed.ToList();
        var known = Known(paths);
        return known.Count < paths.Count ? [] : ByVotes(Overlaps(known).Where(o => o.Value == known.Count).Select(o => o.Key), known);
    }

    /// <summary>TARMAQ (Rolfsnes et al., SANER 2016): what the commits with the largest overlap also hold.</summary>
    internal List<int> Tarmaq(IEnumerable<string> changed)
    {
        var known = Known(changed);
        var overlaps = Overlaps(known);
        var best = overlaps.Count == 0 ? 0 : overlaps.Values.Max();
        return ByVotes(overlaps.Where(o => o.Value == best).Select(o => o.Key), known);
    }

    private HashSet<int> Known(IEnumerable<string> changed) => [.. changed.Select(log.Files.Find).Where(f => f >= 0)];

    private Dictionary<int, int> Overlaps(HashSet<int> known)
    {
        var overlaps = new Dictionary<int, int>();
        foreach (var commit in known.SelectMany(log.CommitsOf))
        {
            overlaps[commit] = overlaps.GetValueOrDefault(commit) + 1;
        }

        return overlaps;
    }

    private List<int> ByVotes(IEnumerable<int> commits, HashSet<int> known)
    {
        var votes = new Dictionary<int, int>();
        foreach (var file in commits.SelectMany(log.FilesOf).Where(f => log.Files[f].Exists && !known.Contains(f)))
        {
            votes[file] = votes.GetValueOrDefault(file) + 1;
        }

        return [.. votes.OrderByDescending(v => v.Value).ThenByDescending(v => log.CommitsOf(v.Key).Count).Take(Most).Select(v => v.Key)];
    }
}
