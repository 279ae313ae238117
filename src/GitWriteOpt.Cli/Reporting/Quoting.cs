using System.Globalization;
using System.Text;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// Makes text of files, names and messages harmless on a terminal: control characters (C0, DEL, C1) and the marks that
/// reorder text become escapes. Paths are quoted as git quotes them with <c>core.quotePath=false</c> (quote.c).
/// </summary>
internal static class Quoting
{
    /// <summary>A path: as it is, or in double quotes with C escapes where it has characters that need them.</summary>
    public static string Path(string path) =>
        path.Any(c => c is '"' or '\\' || IsDangerous(c)) ? $"\"{Escape(path, inQuotes: true)}\"" : path;

    /// <summary>Text of several lines: line ends and tabs stay.</summary>
    public static string Text(string text) => text.Any(c => c is not ('\n' or '\t') && IsDangerous(c))
        ? Escape(text, inQuotes: false)
        : text;

    /// <summary>Text that has to stay on one line.</summary>
    public static string Line(string text) => Text(text.ReplaceLineEndings(" ")).Replace('\t', ' ');

    private static string Escape(string text, bool inQuotes)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '"' or '\\' && inQuotes)
            {
                escaped.Append('\\').Append(c);
            }
            else if (!IsDangerous(c) || (!inQuotes && c is '\n' or '\t'))
            {
                escaped.Append(c);
            }
            else if (Short(c) is { } name)
            {
                escaped.Append('\\').Append(name);
            }
            else
            {
                Octal(c, escaped);
            }
        }

        return escaped.ToString();
    }

    private static void Octal(char c, StringBuilder target)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..Encoding.UTF8.GetBytes([c], bytes)])
        {
            target.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
        }
    }

    private static char? Short(char c) => c switch
    {
        '\a' => 'a',
        '\b' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\v' => 'v',
        '\f' => 'f',
        '\r' => 'r',
        _ => null,
    };

    // The bidirectional marks are of category Format; so are harmless joiners, which scripts and emoji need.
    private static bool IsDangerous(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
