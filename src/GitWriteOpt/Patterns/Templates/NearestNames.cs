namespace GitWriteOpt.Patterns.Templates;

/// <summary>The names that a misspelt one may have meant.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>The nearest names, nearest first: few edits away, or one in the other.</summary>
    internal static List<string> Of(string name, IEnumerable<string> known) =>
    [
        .. known.Select(k => (Name: k, Distance: k.Contains(name, StringComparison.OrdinalIgnoreCase)
                || name.Contains(k, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(name, k)))
            .Where(k => k.Distance <= Math.Max(2, k.Name.Length / 3)).OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
            .Take(Most).Select(k => k.Name),
    ];

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j - 1], above) + 1,
                    diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
