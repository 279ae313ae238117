namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>Which characters a part of a secret has.</summary>
[Flags]
internal enum Letters
{
    /// <summary>0 to 9.</summary>
    Digits = 1,

    /// <summary>A to Z.</summary>
    Upper = 2,

    /// <summary>a to z.</summary>
    Lower = 4,

    /// <summary>The hyphen and the underscore.</summary>
    Dashes = 8,

    /// <summary>The signs of base 64.</summary>
    Signs = 16,

    /// <summary>What stands between a name and its value.</summary>
    Between = 32,

    /// <summary>Letters and digits.</summary>
    Alphanumeric = Digits | Upper | Lower,

    /// <summary>Base 64 as URLs have it.</summary>
    Url = Alphanumeric | Dashes,

    /// <summary>Base 64.</summary>
    Base64 = Alphanumeric | Signs,
}

/// <summary>A part of a secret: a text, or a run of characters.</summary>
/// <param name="Text">The text; empty for a run.</param>
/// <param name="Of">The characters of a run.</param>
/// <param name="Least">Its least length.</param>
/// <param name="Longest">Its greatest length; where it goes on beyond, it is another thing, unless both lengths are equal and a part follows.</param>
internal readonly record struct SecretPart(string Text, Letters Of, int Least, int Longest)
{
    /// <summary>A text as it is.</summary>
    public static SecretPart Is(string text) => new(text, default, 0, 0);

    /// <summary>A run.</summary>
    public static SecretPart Run(Letters of, int least, int longest) => new("", of, least, longest);

    /// <summary>A run of one length.</summary>
    public static SecretPart Run(Letters of, int length) => new("", of, length, length);
}

/// <summary>What a secret looks like.</summary>
/// <param name="Name">What it is, with its article.</param>
/// <param name="Starts">Texts that it begins with: the cheap filter.</param>
/// <param name="Parts">What follows; the longest run is what nobody may know.</param>
internal sealed record SecretPattern(string Name, string[] Starts, params SecretPart[] Parts)
{
    /// <summary>It may well be none, or one that is of no use to others.</summary>
    public bool Unsure { get; init; }

    /// <summary>It may stand right behind a letter, a digit or a hyphen.</summary>
    public bool Anywhere { get; init; }

    /// <summary>The range of the secret part behind a start, or null where the text is none.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="at">Where the start stands.</param>
    /// <param name="behind">Where it ends.</param>
    public (Range Secret, int End)? Match(ReadOnlySpan<char> text, int at, int behind)
    {
        if (!Anywhere && at > 0 && Is(text[at - 1], Letters.Url))
        {
            return null;
        }

        var secret = behind..behind;
        var longest = 0;
        for (var i = 0; i < Parts.Length; i++)
        {
            var part = Parts[i];
            if (part.Text.Length > 0)
            {
                if (!text[behind..].StartsWith(part.Text, StringComparison.Ordinal))
                {
                    return null;
                }

                behind += part.Text.Length;
                continue;
            }

            var end = behind;
            while (end < text.Length && end - behind < part.Longest && Is(text[end], part.Of))
            {
                end++;
            }

            var goesOn = end < text.Length && Is(text[end], part.Of) && !(part.Least == part.Longest && i + 1 < Parts.Length);
            if (end - behind < part.Least || goesOn)
            {
                return null;
            }

            if (part.Of != Letters.Between && end - behind > longest)
            {
                (longest, secret) = (end - behind, behind..end);
            }

            behind = end;
        }

        return (secret, behind);
    }

    private static bool Is(char c, Letters of) => (of.HasFlag(Letters.Lower) && char.IsAsciiLetterLower(c))
        || (of.HasFlag(Letters.Upper) && char.IsAsciiLetterUpper(c)) || (of.HasFlag(Letters.Digits) && char.IsAsciiDigit(c))
        || (of.HasFlag(Letters.Dashes) && (c is '-' or '_')) || (of.HasFlag(Letters.Signs) && (c is '+' or '/'))
        || (of.HasFlag(Letters.Between) && (c is ' ' or '\t' or '"' or '\'' or ':' or '=' or '>'));
}
