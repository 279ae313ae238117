using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>Names as diffs spell them: quoted as in C, with a prefix, or <c>/dev/null</c>.</summary>
internal static class DiffName
{
    /// <summary>The name of a side that is not there.</summary>
    public const string Nothing = "/dev/null";

    /// <summary>The name on a <c>---</c> or <c>+++</c> line: quoted, or up to a tab; null where quotes are damaged.</summary>
    public static string? OfGitLine(string text) =>
        text.StartsWith('"') ? Unquoted(text)
        : text.IndexOf('\t', StringComparison.Ordinal) is var tab and >= 0 ? text[..tab] : text;

    /// <summary>The text without C-style quotes; null where they are damaged or hold no UTF-8.</summary>
    public static string? Unquoted(string text) =>
        !text.StartsWith('"') ? text : TryUnquote(text, out var name, out _) ? name : null;

    /// <summary>The error for a name whose quotes are damaged.</summary>
    public static UsageException Damaged(LineCursor cursor, BatchInput input) =>
        input.Fault(cursor.Offset, "corrupt-diff", "a quoted name in the diff is damaged or not UTF-8");

    /// <summary>The name without its first component, or null where it has none.</summary>
    public static string? Stripped(string name) =>
        name.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 && slash + 1 < name.Length
            ? name[(slash + 1)..]
            : null;

    /// <summary>The name as git's reader takes it: quoted where it must be.</summary>
    public static string Quoted(string name)
    {
        if (!name.Any(c => c is < ' ' or '"' or '\\' or '\x7f'))
        {
            return name;
        }

        var text = new StringBuilder("\"");
        foreach (var c in name)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                < ' ' or '\x7f' => text.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0')),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Reads a C-style quoted name at the start of <paramref name="text"/> (git's <c>unquote_c_style</c>).</summary>
    /// <param name="text">A text that may start with a quote.</param>
    /// <param name="name">The name.</param>
    /// <param name="length">Characters up to and with the closing quote.</param>
    public static bool TryUnquote(string text, out string name, out int length)
    {
        (name, length) = ("", 0);
        if (!text.StartsWith('"'))
        {
            return false;
        }

        var bytes = new List<byte>(text.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                length = i + 1;
                return TryText(bytes, out name);
            }

            if (text[i] == '\\')
            {
                if (!TryEscape(text, ref i, out var value))
                {
                    return false;
                }

                bytes.Add(value);
            }
            else
            {
                var rune = Rune.TryGetRuneAt(text, i, out var whole) ? whole : Rune.ReplacementChar;
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                i += rune.Utf16SequenceLength - 1;
            }
        }

        return false;
    }

    private static bool TryEscape(string text, ref int at, out byte value)
    {
        value = 0;
        if (++at >= text.Length)
        {
            return false;
        }

        if (text[at] is >= '0' and <= '3')
        {
            if (at + 2 >= text.Length || text[at + 1] is < '0' or > '7' || text[at + 2] is < '0' or > '7')
            {
                return false;
            }

            value = (byte)(((text[at] - '0') << 6) | ((text[at + 1] - '0') << 3) | (text[at + 2] - '0'));
            at += 2;
            return true;
        }

        var index = "abfnrtv\\\"".IndexOf(text[at], StringComparison.Ordinal);
        value = index < 0 ? (byte)0 : "\a\b\f\n\r\t\v\\\""u8[index];
        return index >= 0;
    }

    private static bool TryText(List<byte> bytes, out string name)
    {
        var raw = bytes.ToArray();
        var valid = System.Text.Unicode.Utf8.IsValid(raw);
        name = valid ? Encoding.UTF8.GetString(raw) : "";
        return valid;
    }
}
