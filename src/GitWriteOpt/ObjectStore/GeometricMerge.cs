namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Which packs to merge: the smallest ones, as many as it takes for each that stays to be at least as large as all
/// smaller ones together (compare <c>git repack --geometric=2</c>). So a large pack is never copied for the sake of small ones,
/// and n transactions cost n log n bytes of copying in all.
/// </summary>
internal static class GeometricMerge
{
    /// <summary>Up to so many small packs are left as they are: merging costs a process.</summary>
    internal const int Tolerated = 10;

    /// <summary>Chooses; empty where there is too little to gain.</summary>
    /// <param name="packs">Name and length of each.</param>
    internal static IReadOnlyList<T> Choose<T>(IEnumerable<(T Pack, long Bytes)> packs)
    {
        var sorted = packs.OrderBy(p => p.Bytes).ToList();
        var below = 0L;
        var split = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (sorted[i].Bytes < below)
            {
                split = i + 1;
            }

            below += sorted[i].Bytes;
        }

        return split > Tolerated ? [.. sorted.Take(split).Select(p => p.Pack)] : [];
    }
}
