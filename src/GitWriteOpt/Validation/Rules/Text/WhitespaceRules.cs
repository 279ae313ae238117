using System.Globalization;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// What counts as a whitespace error, as <c>core.whitespace</c> and the attribute <c>whitespace</c> say it (git's
/// <c>ws.c</c>, <c>parse_whitespace_rule</c> and <c>whitespace_rule</c>).
/// </summary>
internal sealed record WhitespaceRules
{
    private static readonly string[] Names =
        ["trailing-space", "space-before-tab", "indent-with-non-tab", "cr-at-eol", "blank-at-eol", "blank-at-eof", "tab-in-indent"];

    /// <summary>git's own: blanks at the end of a line or file, a space before a tab.</summary>
    public static WhitespaceRules Standard { get; } = new();

    /// <summary>Nothing is an error.</summary>
    public static WhitespaceRules None { get; } = new() { BlankAtEol = false, BlankAtEof = false, SpaceBeforeTab = false };

    /// <summary>Blanks at the end of a line.</summary>
    public bool BlankAtEol { get; private init; } = true;

    /// <summary>Blank lines at the end of the file.</summary>
    public bool BlankAtEof { get; private init; } = true;

    /// <summary>A space before a tab in the indent.</summary>
    public bool SpaceBeforeTab { get; private init; } = true;

    /// <summary>As many spaces as a tab has in the indent.</summary>
    public bool IndentWithNonTab { get; private init; }

    /// <summary>A tab in the indent.</summary>
    public bool TabInIndent { get; private init; }

    /// <summary>A carriage return belongs to the line's end.</summary>
    public bool CrAtEol { get; init; }

    /// <summary>Columns of a tab.</summary>
    public int TabWidth { get; private init; } = 8;

    /// <summary>Of a list with commas; a name may be cut short, a hyphen before it switches it off.</summary>
    public static WhitespaceRules Parse(string list)
    {
        var rules = Standard;
        foreach (var word in list.Split((char[])[',', ' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var on = !word.StartsWith('-');
            var name = word.TrimStart('-');
            rules = name.StartsWith("tabwidth=", StringComparison.Ordinal)
                ? int.TryParse(name[9..], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is > 0 and < 64
                    ? rules with { TabWidth = width } : rules
                : Array.Find(Names, n => n.StartsWith(name, StringComparison.Ordinal)) switch
                {
                    "trailing-space" => rules with { BlankAtEol = on, BlankAtEof = on },
                    "space-before-tab" => rules with { SpaceBeforeTab = on },
                    "indent-with-non-tab" => rules with { IndentWithNonTab = on },
                    "cr-at-eol" => rules with { CrAtEol = on },
                    "blank-at-eol" => rules with { BlankAtEol = on },
                    "blank-at-eof" => rules with { BlankAtEof = on },
                    "tab-in-indent" => rules with { TabInIndent = on },
                    _ => rules,
                };
        }

        return rules;
    }

    /// <summary>Of the attribute: set is all but tab-in-indent, unset is nothing, a text replaces <c>core.whitespace</c>.</summary>
    public static WhitespaceRules OfAttribute(string value, WhitespaceRules configured) => value switch
    {
        "unspecified" => configured,
        "unset" => None,
        "set" => Standard with { IndentWithNonTab = true, TabWidth = configured.TabWidth },
        _ => Parse(value),
    };

    /// <summary>What is wrong with a line without its line feed: the words and the zero-based byte; null where nothing is.</summary>
    public (string Words, int At)? Objection(ReadOnlySpan<byte> line)
    {
        if (CrAtEol && line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        var text = line.TrimEnd(" \t\r\f"u8);
        if (BlankAtEol && text.Length < line.Length)
        {
            return ("trailing whitespace", text.Length);
        }

        var (i, written) = (0, 0);
        for (; i < text.Length && text[i] is (byte)' ' or (byte)'\t'; i++)
        {
            if (text[i] == ' ')
            {
                continue;
            }

            if (SpaceBeforeTab && written < i)
            {
                return ("a space before a tab in the indent", written);
            }

            if (TabInIndent)
            {
                return ("a tab in the indent", i);
            }

            written = i + 1;
        }

        return IndentWithNonTab && i - written >= TabWidth ? ("an indent with spaces where a tab fits", written) : null;
    }
}
