namespace GitWriteOpt.Patterns;

/// <summary>One answer of a replay: how sure the model was, and what was so.</summary>
/// <param name="Chance">Of <see cref="Ranked"/>.</param>
/// <param name="Holds">Whether it was the file that had been hidden.</param>
/// <param name="IsComplete">Whether nothing had been hidden: then no answer can hold, and a warning is a false alarm.</param>
internal readonly record struct Judged(double Chance, bool Holds, bool IsComplete)
{
    /// <summary>What <see cref="RepositoryFit"/> goes by; empty where that is not asked for.</summary>
    internal float[] Signs { get; init; } = [];
}

/// <summary>
/// From the model's chance to this repository's confidence: steps of an isotonic regression (pool adjacent
/// violators) over a replay of its newest commits, so that of what is said with 0.8, eight in ten held; and the chance
/// from which on it warns, which is where confidence reaches <see cref="WarningConfidence"/>.
/// </summary>
/// <param name="Chances">Middle chances of the steps, rising.</param>
/// <param name="Confidences">What held there, rising.</param>
/// <param name="Threshold">The chance from which on it warns; above 1 where warnings are switched off here.</param>
internal sealed record Calibration(IReadOnlyList<double> Chances, IReadOnlyList<double> Confidences, double Threshold)
{
    /// <summary>What is said with this confidence or more is a warning.</summary>
    internal const double WarningConfidence = 0.9;

    /// <summary>A threshold that nothing reaches.</summary>
    internal const double Off = 2;

    private const double WantedPrecision = 0.92;
    private const double MostFalseAlarms = 0.025;
    private const double LowestThreshold = 0.6;
    private const double LowestAtThreshold = 0.75;
    private const int FewestAnswers = 60;
    private const int FewestWarnings = 5;
    private const int SmallestStep = 20;

    /// <summary>Where too little is known to calibrate: the general model's chance, never a warning.</summary>
    internal static Calibration None { get; } = new([0, 1], [0, 0.85], Off);

    /// <summary>How many answers of the replay were at least that sure; where it does not warn, so sure that they might have been warnings.</summary>
    internal int Said { get; init; }

    /// <summary>How many of those held.</summary>
    internal int Held { get; init; }

    /// <summary>What makes the chances that this calibrates.</summary>
    internal RepositoryFit Local { get; init; } = RepositoryFit.None;

    /// <summary>Whether it warns at all in this repository.</summary>
    internal bool Warns => Threshold <= 1;

    /// <summary>Fits one to a replay.</summary>
    /// <param name="judged">The answers.</param>
    /// <param name="completeCommits">How many complete commits were asked about.</param>
    internal static Calibration Fit(IEnumerable<Judged> judged, int completeCommits)
    {
        var all = judged.ToList();
        var local = RepositoryFit.To(all);
        var sorted = Localise(all, local).OrderBy(j => j.Chance).ToList();
        var hidden = sorted.Where(j => !j.IsComplete).ToList();
        if (hidden.Count < FewestAnswers)
        {
            return None;
        }

        var steps = Steps(hidden);
        var silent = new Calibration([.. steps.Select(s => s.Chance / s.Count)],
            [.. steps.Select(s => (s.Held + 0.5) / (s.Count + 1))], Off)
        { Local = local };
        var threshold = silent.ThresholdFor(sorted, completeCommits);
        var said = hidden.FindAll(j => j.Chance >= (threshold <= 1 ? threshold : LowestThreshold));
        return silent with { Threshold = threshold, Said = said.Count, Held = said.Count(j => j.Holds) };
    }

    /// <summary>The confidence of a chance.</summary>
    internal double Of(double chance)
    {
        var upper = 0;
        while (upper < Chances.Count && Chances[upper] < chance)
        {
            upper++;
        }

        var value = upper == 0 ? Confidences[0] * chance / Math.Max(Chances[0], 1e-9)
            : upper == Chances.Count ? Confidences[^1]
            : Confidences[upper - 1] + ((Confidences[upper] - Confidences[upper - 1])
                * (chance - Chances[upper - 1]) / Math.Max(Chances[upper] - Chances[upper - 1], 1e-9));
        return chance >= Threshold ? Math.Clamp(value, WarningConfidence, 0.99) : Math.Clamp(value, 0, WarningConfidence - 0.01);
    }

    // Each half with what was fitted to the other, since nothing is calibrated by what it was fitted to.
    private static List<Judged> Localise(List<Judged> judged, RepositoryFit local)
    {
        if (ReferenceEquals(local, RepositoryFit.None))
        {
            return judged;
        }

        var half = judged.Count / 2;
        var (older, newer) = (judged[..half], judged[half..]);
        var (fromOlder, fromNewer) = (RepositoryFit.To(older), RepositoryFit.To(newer));
        return [.. older.Select(j => j with { Chance = fromNewer.Of(j.Signs) }), .. newer.Select(j => j with { Chance = fromOlder.Of(j.Signs) })];
    }

    // The lowest chance from which on enough held, with a little doubt, and complete commits were left in peace; and not
    // where what is said with just that chance is held up by the surer ones alone.
    private double ThresholdFor(List<Judged> sorted, int completeCommits)
    {
        var (held, said, alarms) = (0, 0, 0);
        var threshold = Off;
        foreach (var judged in Enumerable.Reverse(sorted).TakeWhile(
            j => j.Chance >= LowestThreshold && Of(j.Chance) >= LowestAtThreshold))
        {
            alarms += judged.IsComplete ? 1 : 0;
            said += judged.IsComplete ? 0 : 1;
            held += judged.Holds ? 1 : 0;
            if (said >= FewestWarnings && (held + (2 * WantedPrecision)) / (said + 2) >= WantedPrecision
                && alarms <= MostFalseAlarms * completeCommits)
            {
                threshold = judged.Chance;
            }
        }

        return threshold;
    }

    private static List<Step> Steps(List<Judged> sorted)
    {
        var steps = new List<Step>();
        foreach (var chunk in sorted.Chunk(SmallestStep))
        {
            steps.Add(new Step(chunk.Sum(j => j.Chance), chunk.Count(j => j.Holds), chunk.Length));
            while (steps.Count > 1 && steps[^2].Share >= steps[^1].Share)
            {
                var (left, right) = (steps[^2], steps[^1]);
                steps.RemoveRange(steps.Count - 2, 2);
                steps.Add(new Step(left.Chance + right.Chance, left.Held + right.Held, left.Count + right.Count));
            }
        }

        return steps;
    }

    private readonly record struct Step(double Chance, int Held, int Count)
    {
        internal double Share => (double)Held / Count;
    }
}
