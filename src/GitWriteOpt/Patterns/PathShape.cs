namespace GitWriteOpt.Patterns;

/// <summary>
/// What a path tells without its file: <c>src/a/InvoiceTests.cs</c> has the stem <c>invoice</c> and the affix
/// <c>*Tests.cs</c>, so that it can be found from <c>Invoice.cs</c>.
/// </summary>
/// <param name="Directory">Without a slash at its end; empty for the root.</param>
/// <param name="Extension">From the last dot of the name, in lower case; empty where there is none.</param>
/// <param name="Stem">The name's letters and digits up to its first dot, without words like "test", in lower case.</param>
/// <param name="Affix">The name with the stem replaced by <c>*</c>, below the first component of the path.</param>
internal sealed record PathShape(string Directory, string Extension, string Stem, string Affix)
{
    private static readonly string[] Companions =
    [
        "tests", "test", "specs", "spec", "stories", "story", "unittest", "bench", "benchmark", "it", "impl", "mock", "mocks", "snap",
    ];

    /// <summary>Of a path.</summary>
    internal static PathShape Of(string path)
    {
        var slash = path.LastIndexOf('/');
        var name = path[(slash + 1)..];
        var dot = name.IndexOf('.', 1 < name.Length ? 1 : 0);
        var body = dot < 0 ? name : name[..dot];
        var words = Words(body);
        var first = 0;
        var end = words.Count;
        while (end - first > 1 && IsCompanion(body, words[end - 1]))
        {
            end--;
        }

        while (end - first > 1 && IsCompanion(body, words[first]))
        {
            first++;
        }

        var stem = string.Concat(words.GetRange(first, end - first).Select(w => body[w].ToLowerInvariant()));
        var prefix = words.Count == 0 ? "" : body[..words[first].Start.Value];
        var suffix = words.Count == 0 ? body : body[words[end - 1].End.Value..];
        var last = name.LastIndexOf('.');
        var top = path.IndexOf('/', StringComparison.Ordinal);
        return new PathShape(slash < 0 ? "" : path[..slash], last > 0 ? name[last..].ToLowerInvariant() : "", stem,
            $"{(top < 0 ? "" : path[..top])}/{prefix}*{suffix}{(dot < 0 ? "" : name[dot..])}");
    }

    /// <summary>The directories that two directories share, of those that the deeper one has; 1 where they are the same.</summary>
    internal static float Nearness(string left, string right)
    {
        var shorter = left.Length <= right.Length ? left : right;
        var longer = left.Length <= right.Length ? right : left;
        var shared = 0;
        var i = 0;
        for (; i < shorter.Length && left[i] == right[i]; i++)
        {
            shared += left[i] == '/' ? 1 : 0;
        }

        shared += shorter.Length > 0 && i == shorter.Length && (longer.Length == i || longer[i] == '/') ? 1 : 0;
        return (shared + 1f) / (Math.Max(Depth(left), Depth(right)) + 1f);
    }

    private static int Depth(string directory) => directory.Length == 0 ? 0 : directory.AsSpan().Count('/') + 1;

    private static bool IsCompanion(string body, Range word) =>
        Companions.Contains(body[word], StringComparer.OrdinalIgnoreCase);

    // Runs of letters and digits, cut where a capital follows a small letter.
    private static List<Range> Words(string text)
    {
        var words = new List<Range>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            var cut = inside && start >= 0 && i > 0 && char.IsUpper(text[i])
                && (!char.IsUpper(text[i - 1]) || (i + 1 < text.Length && char.IsLower(text[i + 1])));
            if (start >= 0 && (!inside || cut))
            {
                words.Add(start..i);
                start = -1;
            }

            if (inside && start < 0)
            {
                start = i;
            }
        }

        return words;
    }
}
