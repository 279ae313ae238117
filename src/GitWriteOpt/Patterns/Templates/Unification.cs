using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Anti-unification of texts by lines and tokens: of the newest instance, the lines that at least half of the instances
/// have, once their names are marks. Dates and numbers that differ, and tokens that differ in lines which otherwise agree
/// between the same neighbours, become holes.
/// </summary>
internal sealed partial class Unification
{
    /// <summary>More different holes than this ask more of a person than they give.</summary>
    internal const int MostHoles = 5;

    private const double Alike = 0.6;
    private readonly List<TemplateParameter> _holes = [];
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    /// <summary>The holes of all texts so far.</summary>
    internal IReadOnlyList<TemplateParameter> Holes => _holes;

    /// <summary>The text with placeholders, and the share of the newest instance's lines that it keeps.</summary>
    /// <param name="texts">Marked texts (<see cref="Abstraction"/>), newest first.</param>
    /// <param name="parameter">The name of the parameter that the marks stand for.</param>
    /// <param name="drop">Whether a line must not enter a template: it may hold a secret.</param>
    internal (string Text, double Kept) Of(IReadOnlyList<string> texts, string parameter, Func<string, bool> drop)
    {
        var instances = texts.Select(t => new Instance(SkeletonWriting.Lines(t))).ToList();
        var needed = Math.Max(Math.Min(2, texts.Count), (texts.Count + 1) / 2);
        var result = new List<string>();
        var (kept, all) = (0, 0);
        var newest = instances[0];
        for (var i = 0; i < newest.Lines.Count; i++)
        {
            var line = newest.Lines[i];
            if (line.AsSpan().Trim().IsEmpty)
            {
                if (result.Count > 0 && result[^1].Length > 0)
                {
                    result.Add("");
                }

                continue;
            }

            all++;
            var key = newest.Keys[i];
            List<string> same = [.. instances.Where(o => o.At.ContainsKey(key)).Select(o => o.Lines[o.At[key]])];
            var text = same.Count >= needed ? Line(same, parameter, needed) : Between(newest, i, instances, parameter, needed);
            if (text is not null && !drop(text))
            {
                result.Add(text);
                kept++;
            }
        }

        while (result.Count > 0 && result[^1].Length == 0)
        {
            result.RemoveAt(result.Count - 1);
        }

        return (result.Count == 0 ? "" : string.Join('\n', result) + "\n", all == 0 ? 0 : (double)kept / all);
    }

    // Lines that are equal but for dates and numbers.
    private string? Line(List<string> lines, string parameter, int needed)
    {
        List<string[]> values = [.. lines.Select(l => Varying().Matches(l).Select(m => m.Value).ToArray())];
        if (values[0].Length == 0)
        {
            return Abstraction.Resolve(lines, parameter);
        }

        // Values that enough instances share belong to the text.
        var common = lines.GroupBy(l => string.Join('\n', Varying().Matches(l).Select(m => m.Value))).MaxBy(g => g.Count())!;
        if (common.Count() >= needed)
        {
            return Abstraction.Resolve([.. common], parameter);
        }

        var nth = 0;
        var differing = Enumerable.Range(0, values[0].Length).Select(v => values.Select(x => x[v]).Distinct().Count() > 1).ToArray();
        var marked = lines.Select(_ => "").ToList();
        var holes = new List<string>();
        var last = new int[lines.Count];
        foreach (var _ in values[0])
        {
            string? hole = null;
            if (differing[nth])
            {
                hole = Hole([.. values.Select(v => v[nth])]);
                if (hole is null)
                {
                    return null;
                }
            }

            for (var l = 0; l < lines.Count; l++)
            {
                var match = Varying().Match(lines[l], last[l]);
                marked[l] += lines[l][last[l]..match.Index] + (hole is null ? match.Value : $"\u0002{holes.Count}\u0003");
                last[l] = match.Index + match.Length;
            }

            if (hole is not null)
            {
                holes.Add(hole);
            }

            nth++;
        }

        for (var l = 0; l < lines.Count; l++)
        {
            marked[l] += lines[l][last[l]..];
        }

        return Fill(Abstraction.Resolve(marked, parameter), holes);
    }

    // A line between the same neighbours in enough instances, of which most tokens agree.
    private string? Between(Instance newest, int line, List<Instance> instances, string parameter, int needed)
    {
        if (line == 0 || line + 1 >= newest.Lines.Count)
        {
            return null;
        }

        var (before, after) = (newest.Keys[line - 1], newest.Keys[line + 1]);
        List<string[]> tokens = [];
        List<string> lines = [];
        foreach (var other in instances)
        {
            if (other.At.TryGetValue(before, out var at) && at + 2 < other.Lines.Count && other.Keys[at + 2] == after)
            {
                lines.Add(other.Lines[at + 1]);
                tokens.Add([.. Token().Matches(other.Lines[at + 1]).Select(m => m.Value)]);
            }
        }

        var first = tokens.Count > 0 ? tokens[0] : [];
        if (tokens.Count < needed || first.Length < 3 || tokens.Exists(t => t.Length != first.Length))
        {
            return null;
        }

        var text = new List<StringBuilder>(lines.Select(_ => new StringBuilder()));
        var holes = new List<string>();
        var agreed = 0;
        for (var t = 0; t < first.Length; t++)
        {
            string[] values = [.. tokens.Select(x => x[t])];
            if (values.Select(Abstraction.Skeleton).Distinct().Count() == 1)
            {
                agreed += first[t].AsSpan().Trim().IsEmpty ? 0 : 1;
                for (var l = 0; l < lines.Count; l++)
                {
                    text[l].Append(values[l]);
                }
            }
            else if (values.Any(v => v.Contains(Abstraction.Mark, StringComparison.Ordinal)) || holes.Count > 0 || Hole(values) is not { } hole)
            {
                return null;
            }
            else
            {
                text.ForEach(x => x.Append(CultureInfo.InvariantCulture, $"\u0002{holes.Count}\u0003"));
                holes.Add(hole);
            }
        }

        return agreed < Alike * first.Count(t => !t.AsSpan().Trim().IsEmpty) ? null
            : Fill(Abstraction.Resolve([.. text.Select(t => t.ToString())], parameter), holes);
    }

    private static string? Fill(string? text, List<string> holes)
    {
        for (var i = 0; text is not null && i < holes.Count; i++)
        {
            text = text.Replace($"\u0002{i}\u0003", $"{{{{{holes[i]}}}}}", StringComparison.Ordinal);
        }

        return text;
    }

    // The same values in the same instances are the same hole.
    private string? Hole(string[] values)
    {
        var key = string.Join('\n', values);
        if (_named.TryGetValue(key, out var name))
        {
            return name;
        }

        if (_holes.Count == MostHoles)
        {
            return null;
        }

        var kind = values.All(v => Date().IsMatch(v)) ? "date" : values.All(v => v.All(char.IsDigit)) ? "number"
            : values.All(v => v.All(c => char.IsLetterOrDigit(c) || c == '_')) ? "identifier" : "free";
        var same = _holes.Count(h => h.Kind == kind);
        name = same == 0 ? kind : kind + (same + 1).ToString(CultureInfo.InvariantCulture);
        _named.Add(key, name);
        _holes.Add(new TemplateParameter(name, kind, [.. values.Distinct().Take(3)]));
        return name;
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d(?!\d)|(?<![\w.])\d{4,}(?![\w])|(?<=#)\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Varying();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    [GeneratedRegex("\"[^\"\\\\]*\"|'[^'\\\\]*'|[\\w\\ue000-\\uf8ff]+|\\s+|.", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // Lines, and what they are compared by: the skeleton without dates and numbers, and its how-manieth it is.
    private sealed class Instance
    {
        internal Instance(List<string> lines)
        {
            Lines = lines;
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var line in lines)
            {
                var text = Varying().Replace(Abstraction.Skeleton(line), "\u0004");
                var nth = seen.GetValueOrDefault(text);
                seen[text] = nth + 1;
                Keys.Add((text, nth));
                At[(text, nth)] = Keys.Count - 1;
            }
        }

        internal List<string> Lines { get; }

        internal List<(string Text, int Nth)> Keys { get; } = [];

        internal Dictionary<(string Text, int Nth), int> At { get; } = [];
    }
}
