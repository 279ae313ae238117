using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Parses the text of a configuration file, as <c>git_parse_source</c> in git's <c>config.c</c> does: sections,
/// subsections, quotes, escapes, comments, continued lines. What is malformed, or what git's versions read differently
/// (a tab inside an unquoted value), is not guessed at: git is asked instead.
/// </summary>
internal ref struct ConfigSyntax
{
    private const char End = '\uffff'; // a noncharacter: never the result of decoding a file that we accept

    private readonly ReadOnlySpan<char> _text;
    private readonly StringBuilder _value = new();
    private int _at;

    private ConfigSyntax(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The settings of a file, in their order, keys normalised.</summary>
    /// <param name="content">The file.</param>
    /// <param name="settings">Receives them.</param>
    /// <returns>False where git has to be asked.</returns>
    public static bool TryParse(ReadOnlySpan<byte> content, List<(string Key, string? Value)> settings)
    {
        if (content.StartsWith("\ufeff"u8))
        {
            content = content[3..];
        }

        var text = Encoding.UTF8.GetString(content);
        return !text.AsSpan().ContainsAny('\0', End, '\ufffd') && new ConfigSyntax(text).Parse(settings);
    }

    private bool Parse(List<(string Key, string? Value)> settings)
    {
        string? section = null;
        while (true)
        {
            var c = Next();
            if (c == End)
            {
                return true;
            }

            if (c is '#' or ';')
            {
                SkipLine();
            }
            else if (c == '[')
            {
                section = Section();
                if (section is null)
                {
                    return false;
                }
            }
            else if (!IsSpace(c))
            {
                if (section is null || !char.IsAsciiLetter(c) || !Setting(section, c, out var setting))
                {
                    return false;
                }

                settings.Add(setting);
            }
        }
    }

    // "[a.b "Sub"]" with the bracket read; null where it is malformed.
    private string? Section()
    {
        _value.Clear();
        while (true)
        {
            var c = Next();
            if (c == ']')
            {
                return _value.Length > 0 ? _value.ToString() : null;
            }

            if (c is ' ' or '\t' or '\r')
            {
                return Subsection() ? _value.ToString() : null;
            }

            if (!IsKeyCharacter(c) && c != '.')
            {
                return null;
            }

            _value.Append(char.ToLowerInvariant(c));
        }
    }

    private bool Subsection()
    {
        char c;
        do
        {
            c = Next();
        }
        while (c is ' ' or '\t' or '\r');
        if (c != '"')
        {
            return false;
        }

        _value.Append('.');
        while ((c = Next()) != '"')
        {
            if (c == '\\')
            {
                c = Next();
            }

            if (c is '\n' or End)
            {
                return false;
            }

            _value.Append(c);
        }

        return Next() == ']';
    }

    private bool Setting(string section, char first, out (string Key, string? Value) setting)
    {
        _value.Clear().Append(section).Append('.').Append(char.ToLowerInvariant(first));
        var c = Next();
        for (; IsKeyCharacter(c); c = Next())
        {
            _value.Append(char.ToLowerInvariant(c));
        }

        var key = _value.ToString();
        while (c is ' ' or '\t')
        {
            c = Next();
        }

        setting = (key, null);
        if (c is '\n' or End)
        {
            return true;
        }

        if (c != '=' || !Value())
        {
            return false;
        }

        setting = (key, _value.ToString());
        return true;
    }

    private bool Value()
    {
        _value.Clear();
        var (quoted, blanks, tab) = (false, 0, false);
        while (true)
        {
            var c = Next();
            if (c is '\n' or End)
            {
                return !quoted;
            }

            if (!quoted && IsSpace(c))
            {
                blanks += _value.Length > 0 ? 1 : 0;
                tab |= _value.Length > 0 && c != ' ';
                continue;
            }

            if (!quoted && (c is '#' or ';'))
            {
                SkipLine();
                return true;
            }

            if (tab)
            {
                return false;
            }

            _value.Append(' ', blanks);
            blanks = 0;
            if (c == '\\')
            {
                if (!Escape())
                {
                    return false;
                }
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else
            {
                _value.Append(c);
            }
        }
    }

    private bool Escape()
    {
        var c = Next();
        if (c == '\n')
        {
            return true;
        }

        c = c switch { 't' => '\t', 'b' => '\b', 'n' => '\n', '\\' or '"' => c, _ => End };
        if (c == End)
        {
            return false;
        }

        _value.Append(c);
        return true;
    }

    private void SkipLine()
    {
        var rest = _text[_at..].IndexOf('\n');
        _at = rest < 0 ? _text.Length : _at + rest + 1;
    }

    private char Next()
    {
        if (_at >= _text.Length)
        {
            return End;
        }

        var c = _text[_at++];
        if (c == '\r' && _at < _text.Length && _text[_at] == '\n')
        {
            _at++;
            return '\n';
        }

        return c;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static bool IsKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';
}
