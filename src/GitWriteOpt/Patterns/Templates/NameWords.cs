using System.Diagnostics.CodeAnalysis;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// A name as its words: <c>OrderLine</c>, <c>order_line</c> and <c>order-line</c> are the words order and line. Digits stay
/// with the letters before them.
/// </summary>
internal sealed class NameWords : IEquatable<NameWords>
{
    private readonly string[] _words;
    private readonly string _key;
    private FormTexts? _forms;

    private NameWords(string[] words, string text)
    {
        _words = words;
        Text = text;
        _key = string.Join(' ', words.Select(Lower));
    }

    /// <summary>The name as it was written.</summary>
    internal string Text { get; }

    /// <summary>All its forms, to be looked for in texts.</summary>
    internal FormTexts Forms => _forms ??= new FormTexts(this);

    /// <summary>How many.</summary>
    internal int Count => _words.Length;

    /// <summary>Letters in all.</summary>
    internal int Length => _key.Length - Count + 1;

    /// <summary>The words in small letters with blanks between them.</summary>
    internal string Key => _key;

    /// <summary>The words of a text, without what stands between them.</summary>
    internal static NameWords Of(string text) => new([.. Ranges(text).Select(range => text[range])], text);

    /// <summary>The name in a form.</summary>
    internal string In(NameForm form) => form switch
    {
        NameForm.Pascal => string.Concat(_words.Select(Capital)),
        NameForm.Camel => string.Concat(_words.Select((word, i) => i == 0 ? Lower(word) : Capital(word))),
        NameForm.Snake => string.Join('_', _words.Select(Lower)),
        NameForm.Kebab => string.Join('-', _words.Select(Lower)),
        NameForm.Constant => string.Join('_', _words.Select(word => word.ToUpperInvariant())),
        NameForm.Lower => string.Concat(_words.Select(Lower)),
        NameForm.Upper => string.Concat(_words.Select(word => word.ToUpperInvariant())),
        NameForm.Sentence => string.Join(' ', _words.Select(Lower)),
        NameForm.Title => string.Join(' ', _words.Select(Capital)),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>The name with its last word in the plural.</summary>
    internal NameWords Plural() => _words.Length == 0 ? this : new([.. _words[..^1], PluralOf(_words[^1])], PluralOf(Text));

    /// <summary>
    /// Where the words of a text stand: runs of letters and digits, cut where a capital follows a small letter, and before
    /// the last of several capitals that a small letter follows.
    /// </summary>
    internal static List<Range> Ranges(string text)
    {
        var ranges = new List<Range>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            var cut = inside && start >= 0 && char.IsUpper(text[i])
                && (!char.IsUpper(text[i - 1]) || (i + 1 < text.Length && char.IsLower(text[i + 1])));
            if (start >= 0 && (!inside || cut))
            {
                ranges.Add(start..i);
                start = -1;
            }

            if (inside && start < 0)
            {
                start = i;
            }
        }

        return ranges;
    }

    /// <inheritdoc/>
    public bool Equals(NameWords? other) => other is not null && _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NameWords);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    private static string PluralOf(string word) => word switch
    {
        [.., 'y'] when word.Length > 1 && !"aeiou".Contains(word[^2], StringComparison.Ordinal) => word[..^1] + "ies",
        [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] => word + "es",
        _ => word + "s",
    };

    // A word of capitals alone stays one, as in HTTPServer; where all words are, the name was in capitals.
    private string Capital(string word)
    {
        var shouting = word.Length > 1 && !word.Any(char.IsLower) && word.Any(char.IsLetter);
        return shouting && _words.Any(w => w.Any(char.IsLower))
            ? word : char.ToUpperInvariant(word[0]) + Lower(word[1..]);
    }

    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "small letters are what is wanted")]
    private static string Lower(string word) => word.ToLowerInvariant();
}
