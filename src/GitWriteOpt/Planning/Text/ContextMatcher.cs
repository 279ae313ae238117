namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Finds lines in a file as Codex <c>apply_patch</c> does (codex-rs/apply-patch, <c>seek_sequence</c>): at or after a
/// cursor, in four passes: exact, without trailing white space, without surrounding white space, and with typographic
/// dashes, quotes and blanks taken for plain ones. The first hit of the first pass that has one wins.
/// </summary>
/// <param name="lines">The file.</param>
/// <param name="passes">How many of the passes are tried.</param>
internal sealed class ContextMatcher(string[] lines, int passes = 4)
{
    private readonly string[]?[] _forms = [lines, null, null, null];

    /// <summary>The zero-based line of the first hit, or -1.</summary>
    /// <param name="sought">The lines to find; empty is found at the cursor.</param>
    /// <param name="cursor">The first line to look at.</param>
    /// <param name="atEnd">Only the last possible position counts.</param>
    /// <param name="ambiguous">Whether the same pass hits a later line too.</param>
    public int Find(IReadOnlyList<string> sought, int cursor, bool atEnd, out bool ambiguous)
    {
        ambiguous = false;
        var last = lines.Length - sought.Count;
        if (last < cursor)
        {
            return -1;
        }

        for (var pass = 0; pass < passes; pass++)
        {
            var file = _forms[pass] ??= Array.ConvertAll(lines, line => Form(line, pass));
            var wanted = sought.Select(line => Form(line, pass)).ToArray();
            var hit = Next(file, wanted, atEnd ? last : cursor, last);
            if (hit >= 0)
            {
                ambiguous = !atEnd && wanted.Length > 0 && Next(file, wanted, hit + 1, last) >= 0;
                return hit;
            }
        }

        return -1;
    }

    private static int Next(string[] file, string[] wanted, int from, int last)
    {
        for (var i = from; i <= last; i++)
        {
            if (file.AsSpan(i, wanted.Length).SequenceEqual(wanted))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Form(string line, int pass) => pass switch
    {
        0 => line,
        1 => line.TrimEnd(),
        2 => line.Trim(),
        _ => Plain(line.Trim()),
    };

    /// <summary>The line with plain dashes, quotes and blanks for typographic ones.</summary>
    internal static string Plain(string line) =>
        line.AsSpan().IndexOfAnyExceptInRange('\0', '\u009f') < 0 ? line : string.Create(line.Length, line, (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i] switch
                {
                    (>= '\u2010' and <= '\u2015') or '\u2212' => '-',
                    >= '\u2018' and <= '\u201b' => '\'',
                    >= '\u201c' and <= '\u201f' => '"',
                    '\u00a0' or (>= '\u2002' and <= '\u200a') or '\u202f' or '\u205f' or '\u3000' => ' ',
                    var c => c,
                };
            }
        });
}
