namespace GitWriteOpt.Statistics;

/// <summary>
/// Cuts the time into the parts that trends are drawn over: weeks (Monday to Sunday, UTC), the newest half year of them, or
/// where all lies within three weeks parts with equally many transactions.
/// </summary>
internal sealed class TrendParts
{
    private const int MostWeeks = 26;
    private const int MostParts = 12;
    private const int FewestOfPart = 5;
    private static readonly TimeSpan ByWeeksFrom = TimeSpan.FromDays(21);

    private readonly List<DateTimeOffset> _starts;

    private TrendParts(string by, List<DateTimeOffset> starts) => (By, _starts) = (by, starts);

    /// <summary>What a part is: <c>week</c> or <c>transactions</c>.</summary>
    internal string By { get; }

    /// <summary>Where each begins, oldest first; the first also has what came before it.</summary>
    internal IReadOnlyList<DateTimeOffset> Starts => _starts;

    /// <summary>Of the times of all transactions.</summary>
    internal static TrendParts Of(List<DateTimeOffset> times)
    {
        times.Sort();
        var starts = new List<DateTimeOffset>();
        if (times.Count > 0 && times[^1] - times[0] >= ByWeeksFrom)
        {
            var first = Monday(times[0]);
            var earliest = Monday(times[^1]).AddDays(-7 * (MostWeeks - 1));
            for (var week = first < earliest ? earliest : first; week <= times[^1]; week = week.AddDays(7))
            {
                starts.Add(week);
            }

            return new TrendParts("week", starts);
        }

        var parts = Math.Clamp(times.Count / FewestOfPart, 1, MostParts);
        for (var i = 0; i < parts && times.Count > 0; i++)
        {
            starts.Add(times[(int)((long)times.Count * i / parts)]);
        }

        return new TrendParts("transactions", starts);
    }

    /// <summary>The number of the part that a time lies in; -1 where there is none at all.</summary>
    internal int At(DateTimeOffset time)
    {
        var found = _starts.BinarySearch(time);
        return _starts.Count == 0 ? -1 : found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    private static DateTimeOffset Monday(DateTimeOffset time)
    {
        var day = new DateTimeOffset(time.UtcDateTime.Date, TimeSpan.Zero);
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}
