using System.Runtime.InteropServices;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Planning.Text;

/// <summary>
/// Where a text that was not found most likely is: lines that equal one of its lines but for white space vote for the
/// place where it would begin; where none does, its longest line is compared by shared pairs of characters (Dice 1945).
/// Linear in the file, and bounded.
/// </summary>
internal static class NearestText
{
    private const int MostLines = 50_000;
    private const int LongestLine = 200;
    private const int Candidates = 3;
    private const double LeastSimilarity = 0.5;

    /// <summary>At most three places, best first, each as <c>line 12: "text"</c> with what differs.</summary>
    public static IReadOnlyList<NearPlace> Find(IReadOnlyList<string> lines, IReadOnlyList<string> sought)
    {
        var votes = Votes(lines, sought);
        return votes.Count > 0
            ? [.. votes.OrderByDescending(v => v.Value).ThenBy(v => v.Key).Take(Candidates)
                .Select(v => Describe(lines, sought, Math.Max(v.Key, 0), v.Value))]
            : Similar(lines, sought);
    }

    private static Dictionary<int, int> Votes(IReadOnlyList<string> lines, IReadOnlyList<string> sought)
    {
        var wanted = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(sought.Count, 1000); i++)
        {
            if (sought[i].Trim() is { Length: > 2 } line)
            {
                ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(wanted, line, out _);
                // A line that is everywhere says nothing, and would make this quadratic.
                if ((places ??= []).Count < 8)
                {
                    places.Add(i);
                }
            }
        }

        var votes = new Dictionary<int, int>();
        for (var i = 0; i < Math.Min(lines.Count, MostLines); i++)
        {
            if (wanted.TryGetValue(lines[i].Trim(), out var places))
            {
                foreach (var place in places)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(votes, i - place, out _)++;
                }
            }
        }

        return votes;
    }

    private static NearPlace Describe(IReadOnlyList<string> lines, IReadOnlyList<string> sought, int start, int equal)
    {
        var whole = start + sought.Count <= lines.Count;
        var differs = -1;
        for (var i = 0; whole && i < sought.Count && differs < 0; i++)
        {
            differs = lines[start + i].Trim() == sought[i].Trim() ? -1 : i;
        }

        var why = (whole, differs) switch
        {
            (true, < 0) => "differs in white space alone",
            (true, > 0) => $"differs first at line {start + differs + 1}: {Quoted(lines[start + differs])}",
            _ => $"{equal} of {sought.Count} lines are equal",
        };
        return new NearPlace($"line {start + 1}: {Quoted(lines[start])} ({why})", start + 1);
    }

    private static List<NearPlace> Similar(IReadOnlyList<string> lines, IReadOnlyList<string> sought)
    {
        var line = sought.MaxBy(s => s.Trim().Length)?.Trim() ?? "";
        var pairs = Pairs(line);
        if (pairs.Count == 0)
        {
            return [];
        }

        return [.. lines.Take(MostLines).Select((text, i) => (Line: i + 1, Text: text, Score: Dice(pairs, text)))
            .Where(c => c.Score >= LeastSimilarity).OrderByDescending(c => c.Score).ThenBy(c => c.Line).Take(Candidates)
            .Select(c => new NearPlace($"line {c.Line}: {Quoted(c.Text)}", c.Line))];
    }

    private static double Dice(HashSet<int> pairs, string text)
    {
        var others = Pairs(text.Trim());
        return others.Count == 0 ? 0 : 2.0 * others.Count(pairs.Contains) / (pairs.Count + others.Count);
    }

    private static HashSet<int> Pairs(string text)
    {
        var pairs = new HashSet<int>();
        for (var i = 0; i + 1 < Math.Min(text.Length, LongestLine); i++)
        {
            pairs.Add((text[i] << 16) | text[i + 1]);
        }

        return pairs;
    }

    private static string Quoted(string line) =>
        "\"" + (line.Trim() is { Length: > 80 } text ? text[..80] + "..." : line.Trim()) + "\"";
}

/// <summary>A place in a file where a text may have been meant.</summary>
/// <param name="Described">With the file's text.</param>
/// <param name="Line">One-based.</param>
internal sealed record NearPlace(string Described, int Line)
{
    /// <summary>An error about a text that is nowhere, with the nearest places.</summary>
    /// <param name="code">The error's code.</param>
    /// <param name="message">What was not found.</param>
    /// <param name="near">The nearest places.</param>
    /// <param name="otherwise">What follows the message where there are none.</param>
    internal static WriteError Error(string code, string message, IReadOnlyList<NearPlace> near, string otherwise = "") =>
        new(ErrorCategory.Conflict, code,
            message + (near.Count == 0 ? otherwise : "; nearest: " + string.Join("; ", near.Select(n => n.Described))))
        {
            WithoutContent = message + (near.Count == 0 ? otherwise
                : "; nearest: " + string.Join(", ", near.Select(n => $"line {n.Line}"))),
        };
}
