using GitWriteOpt.Metrics;

namespace GitWriteOpt.Transactions;

/// <summary>Milliseconds by phase, in the order in which the phases ran.</summary>
internal sealed class PhaseTimes(TimeProvider time)
{
    private readonly Dictionary<string, double> _milliseconds = new(StringComparer.Ordinal);
    private long _last = time.GetTimestamp();

    /// <summary>The figures so far.</summary>
    internal IReadOnlyDictionary<string, double> Milliseconds => _milliseconds;

    /// <summary>All of them together.</summary>
    internal double Total => _milliseconds.Values.Sum();

    /// <summary>Ends a phase: what went by since the last call is its.</summary>
    internal void End(string phase)
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(_last, now);
        _milliseconds[phase] = _milliseconds.GetValueOrDefault(phase) + took.TotalMilliseconds;
        EventTrace.Current?.Region("phase", phase, took);
        _last = now;
    }
}
