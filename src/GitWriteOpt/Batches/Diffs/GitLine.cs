namespace GitWriteOpt.Batches.Diffs;

/// <summary>
/// The two names on a <c>diff --git</c> line. Where they are not quoted nothing marks the end of the first one, so they
/// are found by being alike, as git's <c>git_header_name</c> does.
/// </summary>
internal static class GitLine
{
    /// <summary>The names where they are alike, with or without their first components; null where there is no such split.</summary>
    public static (string Left, string Right)? Split(string line)
    {
        foreach (var pair in Candidates(line))
        {
            if (pair.Left == pair.Right)
            {
                return pair;
            }
        }

        foreach (var pair in Candidates(line))
        {
            if (DiffName.Stripped(pair.Left) is { } left && left == DiffName.Stripped(pair.Right))
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>The names where one of them is known; null where it does not fit.</summary>
    public static (string Left, string Right)? SplitFor(string line, string known) =>
        IsPair(line, known, known) ? (known, known)
        : Candidates(line).Where(p => p.Left == known || p.Right == known).Cast<(string Left, string Right)?>()
            .FirstOrDefault(p => DiffName.Stripped(p!.Value.Left) is { } left
                && left == DiffName.Stripped(p.Value.Right));

    /// <summary>Whether the line holds exactly these names.</summary>
    public static bool IsPair(string line, string left, string right) => Candidates(line).Contains((left, right));

    private static IEnumerable<(string Left, string Right)> Candidates(string line)
    {
        if (DiffName.TryUnquote(line, out var first, out var length))
        {
            if (length < line.Length && line[length] == ' ' && DiffName.Unquoted(line[(length + 1)..]) is { } second)
            {
                yield return (first, second);
            }

            yield break;
        }

        for (var blank = line.IndexOf(' ', StringComparison.Ordinal); blank > 0; blank = line.IndexOf(' ', blank + 1))
        {
            // Alike names differ by little in length: this keeps a line of blanks from costing its square.
            if (Math.Abs(line.Length - (2 * blank) - 1) <= 4096 && blank + 1 < line.Length
                && DiffName.Unquoted(line[(blank + 1)..]) is { } second)
            {
                yield return (line[..blank], second);
            }
        }
    }
}
