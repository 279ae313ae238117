using System.Text;

namespace GitWriteOpt.Paths;

/// <summary>
/// git's C-style quoting of paths (<c>quote.c</c>), as with <c>core.quotePath=false</c>: what is not ASCII stays as it
/// is. Quoted are paths with control characters, a double quote or a backslash, and those with white space at an end, which
/// a line of text would lose.
/// </summary>
public static class QuotedPath
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The path as it stands in a line of text: quoted where it has to be.</summary>
    public static string Encode(string path)
    {
        if (!NeedsQuotes(path))
        {
            return path;
        }

        var quoted = new StringBuilder(path.Length + 8).Append('"');
        foreach (var c in path)
        {
            _ = Escape(c) is { } letter ? quoted.Append('\\').Append(letter)
                : IsControl(c) ? Octal(quoted, c) : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The path that a whole text stands for, quoted or not.</summary>
    /// <exception cref="FormatException">The quotes are not closed, an escape is unknown, or it is not UTF-8.</exception>
    public static string Decode(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text;
        }

        return TryDecode(text, out var path, out var used) && used == text.Length
            ? path
            : throw new FormatException($"{text} is not a path quoted by git");
    }

    /// <summary>Decodes a quoted path at the start of a text (a diff header has two of them).</summary>
    /// <param name="text">Begins with a double quote.</param>
    /// <param name="path">The path.</param>
    /// <param name="used">The number of characters up to and with the closing quote.</param>
    public static bool TryDecode(ReadOnlySpan<char> text, out string path, out int used)
    {
        path = "";
        used = 0;
        if (text.IsEmpty || text[0] != '"')
        {
            return false;
        }

        // Octal escapes are bytes, so the whole is put together as bytes.
        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 1; i < text.Length;)
        {
            if (text[i] == '"')
            {
                used = i + 1;
                return TryUtf8(bytes, out path);
            }

            if (text[i] == '\\')
            {
                if (!TryUnescape(text[(i + 1)..], out var value, out var length))
                {
                    return false;
                }

                bytes.Add(value);
                i += 1 + length;
                continue;
            }

            if (Rune.DecodeFromUtf16(text[i..], out var rune, out var taken) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            i += taken;
        }

        return false;
    }

    private static bool NeedsQuotes(string path)
    {
        if (path.Length > 0 && (char.IsWhiteSpace(path[0]) || char.IsWhiteSpace(path[^1])))
        {
            return true;
        }

        foreach (var c in path)
        {
            if (IsControl(c) || c is '"' or '\\')
            {
                return true;
            }
        }

        return false;
    }

    // Those of C1, too, which git leaves: they control a terminal as well, and a trailer does not take them.
    private static bool IsControl(char c) => char.IsControl(c);

    private static StringBuilder Octal(StringBuilder quoted, char c)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..Encoding.UTF8.GetBytes([c], bytes)])
        {
            quoted.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
        }

        return quoted;
    }

    private static char? Escape(char c) => c switch
    {
        '\a' => 'a',
        '\b' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\v' => 'v',
        '\f' => 'f',
        '\r' => 'r',
        '"' or '\\' => c,
        _ => null,
    };

    private static bool TryUnescape(ReadOnlySpan<char> text, out byte value, out int length)
    {
        length = 1;
        value = (text.IsEmpty ? '\0' : text[0]) switch
        {
            'a' => 7,
            'b' => 8,
            't' => 9,
            'n' => 10,
            'v' => 11,
            'f' => 12,
            'r' => 13,
            '"' => (byte)'"',
            '\\' => (byte)'\\',
            _ => (byte)0,
        };
        if (value != 0)
        {
            return true;
        }

        if (text.Length < 3 || text[0] is < '0' or > '3' || text[1] is < '0' or > '7' || text[2] is < '0' or > '7')
        {
            return false;
        }

        length = 3;
        value = (byte)(((text[0] - '0') << 6) | ((text[1] - '0') << 3) | (text[2] - '0'));
        return true;
    }

    private static bool TryUtf8(List<byte> bytes, out string text)
    {
        try
        {
            text = Strict.GetString([.. bytes]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
