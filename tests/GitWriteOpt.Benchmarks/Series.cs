namespace GitWriteOpt.Benchmarks;

/// <summary>The times of one way at one size.</summary>
internal sealed class Series(string way, int files)
{
    private readonly List<double> _milliseconds = [];
    private readonly Dictionary<string, List<double>> _phases = new(StringComparer.Ordinal);

    /// <summary>The way.</summary>
    public string Way => way;

    /// <summary>Files a run.</summary>
    public int Files => files;

    /// <summary>The middle of the times, in milliseconds.</summary>
    public double Median => Quantile(_milliseconds, 0.5);

    /// <summary>The 99th percentile, in milliseconds: with fewer than a hundred runs the longest.</summary>
    public double P99 => Quantile(_milliseconds, 0.99);

    /// <summary>The plan's estimate of one run, in milliseconds; 0 for a way that has none.</summary>
    public double Estimated { get; set; }

    /// <summary>The medians of the phases, in their order, in milliseconds.</summary>
    public IEnumerable<(string Phase, double Milliseconds)> Phases => _phases.Select(p => (p.Key, Quantile(p.Value, 0.5)));

    /// <summary>Adds a run.</summary>
    public void Add(double milliseconds, IReadOnlyDictionary<string, double> phases)
    {
        _milliseconds.Add(milliseconds);
        foreach (var (phase, time) in phases)
        {
            if (!_phases.TryGetValue(phase, out var times))
            {
                _phases.Add(phase, times = []);
            }

            times.Add(time);
        }
    }

    private static double Quantile(List<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
