namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>
/// Private keys in PEM and OpenPGP's armour, in files of their own and in texts of source code, whose lines end with
/// escapes and quotes.
/// </summary>
internal static class PrivateKeys
{
    /// <summary>What all begin with.</summary>
    public const string Start = "-----BEGIN ";

    private const int LongestTitle = 60;
    private const int Looked = 600;
    private const int LeastKey = 100;

    /// <summary>The range of the first part of the key behind a start, or null where it is none.</summary>
    public static (Range Secret, int End)? Match(ReadOnlySpan<char> text, int at)
    {
        var behind = at + Start.Length;
        var title = text[behind..Math.Min(text.Length, behind + LongestTitle)];
        var end = title.IndexOf("-----", StringComparison.Ordinal);
        if (end < 0 || !title[..end].Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            return null;
        }

        behind += end + 5;
        var (letters, i) = (0, behind);
        for (; i < Math.Min(text.Length, behind + Looked) && letters < LeastKey; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '+' or '/' or '=')
            {
                letters++;
            }
            else if (!char.IsWhiteSpace(text[i]) && text[i] is not ('\\' or '"' or '\'' or ',' or ':' or '-' or '.'))
            {
                return null;
            }
            else if (text[i..].StartsWith("-----END", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return letters < LeastKey ? null : (behind..i, i);
    }
}
