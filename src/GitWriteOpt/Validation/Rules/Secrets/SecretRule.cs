using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>
/// Keys and tokens of well-known forms. Never quotes one. One pass of a vectorised search for their beginnings costs
/// little; what looks like an example is passed over, and among tests and in prose it is a warning.
/// </summary>
internal sealed class SecretRule() : StateRule(new RuleInfo("secret", ErrorCategory.Format, CheckSeverity.Error,
    "private keys, and keys and tokens of well-known services"))
{
    private const int Most = 20;
    private static readonly SearchValues<string> Starts =
        SearchValues.Create([.. SecretPatterns.All.SelectMany(p => p.Start)], StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => true;

    /// <inheritdoc/>
    public override string Variant(RepoPath path) => IsShown(path) ? "shown" : "";

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        var found = new List<Sighting>();
        if (FileNature.IsBinary(bytes.Span))
        {
            return found;
        }

        // A character a byte: offsets stay those of the file, and no well-known form has others.
        var text = Encoding.Latin1.GetString(bytes.Span);
        for (var at = 0; found.Count < Most && text.AsSpan(at).IndexOfAny(Starts) is var next and >= 0;)
        {
            at += next;
            at += Match(path, text, at, bytes.Span, found) is var length and > 0 ? length : 1;
        }

        return found;
    }

    private static int Match(RepoPath path, string text, int at, ReadOnlySpan<byte> bytes, List<Sighting> found)
    {
        foreach (var pattern in SecretPatterns.All)
        {
            if (!pattern.Start.Any(start => string.CompareOrdinal(text, at, start, 0, start.Length) == 0)
                || pattern.Shape.Match(text, at) is not { Success: true } match)
            {
                continue;
            }

            if (!Placeholders.IsOne(Secret(match)))
            {
                var (line, column) = TextPosition.Of(bytes, at);
                found.Add(new Sighting(path, $"{pattern.Name} stands here ({match.Length} characters), where everybody can read it", line, column)
                {
                    Unsure = pattern.Unsure || IsShown(path),
                    Suggestion = "take it out and give it to the program in its environment; one that was published has to be revoked",
                });
            }

            return match.Length;
        }

        return 0;
    }

    private static ReadOnlySpan<char> Secret(Match match) =>
        match.Groups["secret"] is { Success: true } secret ? secret.ValueSpan : match.ValueSpan;

    private static bool IsShown(RepoPath path) => FileNature.IsTestData(path)
        || path.Ancestors().Any(a => a.Name is "examples" or "example" or "docs" or "doc" or "samples")
        || path.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.Name.EndsWith(".rst", StringComparison.OrdinalIgnoreCase);
}
