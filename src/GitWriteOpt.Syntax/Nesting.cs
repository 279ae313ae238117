namespace GitWriteOpt.Syntax;

/// <summary>
/// Keeps what is nested so deeply that only an attack is from parsers that recurse, or that take a time that grows with
/// depth: brackets are counted, whatever they stand in.
/// </summary>
internal static class Nesting
{
    /// <summary>So many levels are read; real files have a few dozen.</summary>
    public const int Deepest = 500;

    /// <summary>A warning at the bracket that is one too many; null where all is well.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="marks">The brackets that count, opening ones in the first half.</param>
    public static SyntaxError? TooDeep(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> marks)
    {
        var opening = marks[..(marks.Length / 2)];
        var open = 0;
        for (var at = 0; bytes[at..].IndexOfAny(marks) is var next and >= 0; at++)
        {
            at += next;
            open = opening.Contains(bytes[at]) ? open + 1 : Math.Max(0, open - 1);
            if (open > Deepest)
            {
                var before = bytes[..at];
                return TooDeep(before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
            }
        }

        return null;
    }

    /// <summary>The warning.</summary>
    public static SyntaxError TooDeep(int line, int column) =>
        new(line, column, $"nested over {Deepest} levels deep, which is too deep to be read") { IsWarning = true };
}
