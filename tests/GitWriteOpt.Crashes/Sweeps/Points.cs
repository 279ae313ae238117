namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>Chooses which points are tried.</summary>
public static class Points
{
    /// <summary>All, or as many as asked for, evenly spread, the first and the last among them.</summary>
    public static IReadOnlyList<T> Sample<T>(IReadOnlyList<T> all, int? most)
    {
        if (most is not { } limit || all.Count <= limit)
        {
            return all;
        }

        return limit <= 1 ? [.. all.Take(limit)]
            : [.. Enumerable.Range(0, limit).Select(i => all[(int)((long)i * (all.Count - 1) / (limit - 1))])];
    }
}
