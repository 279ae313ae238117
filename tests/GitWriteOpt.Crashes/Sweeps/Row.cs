using GitWriteOpt.Crashes.Judging;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>A line of the table: one case, swept.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Command">The command.</param>
/// <param name="Sweep">What was done to it.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="Trials">Those that were tried.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="Note">Why it was not swept, or null.</param>
public sealed record Row(string Scenario, string Command, string Sweep, int Points, IReadOnlyList<Trial> Trials,
    double Seconds, string? Note = null)
{
    /// <summary>Whether findings count as failures: git's own commands are there for comparison.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>The trials that ended in a state.</summary>
    public int Ended(Ending ending) => Trials.Count(t => t.Verdict.Ending == ending);

    /// <summary>The trials in which something is wrong.</summary>
    public IReadOnlyList<Trial> Bad => [.. Trials.Where(t => !t.Verdict.IsGood)];

    /// <summary>How often each kind of harm was done, in words.</summary>
    public string Harms => Note ?? (Bad.Count == 0 ? "0" : string.Join(", ", Bad
        .SelectMany(t => t.Verdict.Findings.Select(f => f.Harm).Distinct()).GroupBy(h => h).OrderBy(g => g.Key)
        .Select(g => $"{g.Count()} {g.Key.ToString().ToUpperInvariant()}")));
}
