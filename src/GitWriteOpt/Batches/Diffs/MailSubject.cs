using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>A mail's subject as a commit's: unfolded, decoded (RFC 2047), without <c>[PATCH n/m]</c>.</summary>
internal static partial class MailSubject
{
    /// <summary>The subject, or null where nothing is left of it.</summary>
    public static string? Clean(string raw)
    {
        // Blanks between two encoded words belong to the folding; others stand for one blank.
        var joined = BetweenWords().Replace(raw, "?==?");
        var text = Word().Replace(Fold().Replace(joined, " "), Decoded).Trim();
        while (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var end and > 0
            && text[..end].Contains("PATCH", StringComparison.OrdinalIgnoreCase))
        {
            text = text[(end + 1)..].TrimStart();
        }

        return text.Length == 0 ? null : text;
    }

    private static string Decoded(Match word)
    {
        var name = word.Groups[1].Value.ToUpperInvariant();
        if (name is not ("UTF-8" or "US-ASCII" or "ISO-8859-1"))
        {
            return word.Value;
        }

        var data = word.Groups[3].Value;
        var bytes = word.Groups[2].Value is "b" or "B" ? Base64(data) : Quoted(data);
        return bytes is null ? word.Value
            : (name == "ISO-8859-1" ? Encoding.Latin1 : Encoding.UTF8).GetString(bytes);
    }

    private static byte[]? Base64(string data)
    {
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(data, bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[] Quoted(string data)
    {
        var bytes = new List<byte>(data.Length);
        for (var i = 0; i < data.Length; i++)
        {
            if (data[i] == '=' && i + 2 < data.Length && byte.TryParse(data.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(data[i] == '_' ? (byte)' ' : (byte)data[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.CultureInvariant)]
    private static partial Regex BetweenWords();

    [GeneratedRegex(@"\r?\n[ \t]+", RegexOptions.CultureInvariant)]
    private static partial Regex Fold();

    [GeneratedRegex(@"=\?([A-Za-z0-9-]+)\?([QqBb])\?([!-~]*?)\?=", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
