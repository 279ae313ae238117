using System.Buffers;
using System.Text;
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
        SearchValues.Create([PrivateKeys.Start, .. SecretPatterns.All.SelectMany(p => p.Starts)], StringComparison.Ordinal);

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
        if (At(text, at, PrivateKeys.Start))
        {
            return PrivateKeys.Match(text, at) is var (key, stop) ? Note(path, text, at, key, stop, "a private key", false, bytes, found) : 0;
        }

        foreach (var pattern in SecretPatterns.All)
        {
            if (Array.Find(pattern.Starts, start => At(text, at, start)) is { } begin && pattern.Match(text, at, at + begin.Length) is var (secret, end))
            {
                return Note(path, text, at, secret, end, pattern.Name, pattern.Unsure, bytes, found);
            }
        }

        return 0;
    }

    private static int Note(RepoPath path, string text, int at, Range secret, int end, string name, bool unsure, ReadOnlySpan<byte> bytes,
        List<Sighting> found)
    {
        if (!Placeholders.IsOne(text.AsSpan()[secret]))
        {
            var (line, column) = TextPosition.Of(bytes, at);
            found.Add(new Sighting(path, $"{name} stands here ({end - at} characters), where everybody can read it", line, column)
            {
                Unsure = unsure || IsShown(path),
                Suggestion = "take it out and give it to the program in its environment; one that was published has to be revoked",
            });
        }

        return end - at;
    }

    private static bool At(string text, int at, string start) => string.CompareOrdinal(text, at, start, 0, start.Length) == 0;

    private static bool IsShown(RepoPath path) => FileNature.IsTestData(path)
        || path.Ancestors().Any(a => a.Name is "examples" or "example" or "docs" or "doc" or "samples")
        || path.Name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.Name.EndsWith(".rst", StringComparison.OrdinalIgnoreCase);
}
