namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>Strings, characters, templates and patterns: each taken as one token, or not at all where it is not closed.</summary>
internal ref partial struct SourceCursor
{
    private bool TakeString(byte quote)
    {
        switch (quote)
        {
            case (byte)'"' when Has(Lexicon.TripleQuotes | Lexicon.Verbatim) && Peek(1) == '"' && Peek(2) == '"':
            case (byte)'\'' when Has(Lexicon.TripleQuotes) && Has(Lexicon.SingleQuotes) && Peek(1) == '\'' && Peek(2) == '\'':
                TakeTripled(quote);
                return true;
            case (byte)'"' when Has(Lexicon.Verbatim) && _at > 0
                && (_bytes[_at - 1] == '@' || (_bytes[_at - 1] == '$' && _at > 1 && _bytes[_at - 2] == '@')):
                TakeVerbatim();
                return true;
            case (byte)'"':
            case (byte)'\'' when Has(Lexicon.SingleQuotes):
                return _openLine < _line && TakeLine(quote);
            case (byte)'\'' when Has(Lexicon.Characters):
                return TakeCharacter();
            case (byte)'`' when Has(Lexicon.RawBackticks):
                TakeTo(_at + 1, "`"u8);
                return true;
            case (byte)'`' when Has(Lexicon.Templates):
                _at++;
                TakeTemplate();
                return true;
            case (byte)'/' when Has(Lexicon.Patterns) && !_operandBefore && _openLine < _line && (_at == 0 || _bytes[_at - 1] != '<'):
                return TakePattern();
            default:
                return false;
        }
    }

    private void Take(int from, int to, int next)
    {
        _line += _bytes[_at..next].Count((byte)'\n');
        Value = _bytes[from..to];
        (Kind, _at, _operandBefore) = (TokenKind.Text, next, true);
    }

    // To the closing bytes, or to the end.
    private void TakeTo(int from, scoped ReadOnlySpan<byte> close)
    {
        from = Math.Min(from, _bytes.Length);
        var end = _bytes[from..].IndexOf(close);
        Take(from, end < 0 ? _bytes.Length : from + end, end < 0 ? _bytes.Length : from + end + close.Length);
    }

    private bool TakeLine(byte quote)
    {
        for (var i = _at + 1; i < _bytes.Length; i++)
        {
            if (_bytes[i] == quote)
            {
                Take(_at + 1, i, i + 1);
                return true;
            }

            i += _bytes[i] == '\\' ? 1 : 0;
            if (i < _bytes.Length && _bytes[i] == '\n' && _bytes[i - 1] != '\\' && !Has(Lexicon.LongStrings))
            {
                _openLine = _line;
                return false;
            }
        }

        if (Has(Lexicon.LongStrings))
        {
            Take(_at + 1, _bytes.Length, _bytes.Length);
            return true;
        }

        _openLine = _line;
        return false;
    }

    private void TakeTripled(byte quote)
    {
        var count = _bytes[_at..].IndexOfAnyExcept(quote) is var run and >= 0 ? run : _bytes.Length - _at;
        if (!Has(Lexicon.Verbatim))
        {
            count = 3;
        }

        var i = _at + count;
        while (i < _bytes.Length)
        {
            var next = _bytes[i..].IndexOfAny(quote, (byte)'\\');
            if (next < 0)
            {
                break;
            }

            i += next;
            if (_bytes[i] == '\\')
            {
                i += Has(Lexicon.Verbatim) ? 1 : 2;
                continue;
            }

            var closing = _bytes[i..].IndexOfAnyExcept(quote) is var n and >= 0 ? n : _bytes.Length - i;
            if (closing >= count)
            {
                Take(_at + count, i, i + closing);
                return;
            }

            i += closing;
        }

        Take(Math.Min(_at + count, _bytes.Length), _bytes.Length, _bytes.Length);
    }

    private void TakeVerbatim()
    {
        var i = _at + 1;
        while (i < _bytes.Length && _bytes[i..].IndexOf((byte)'"') is var next and >= 0)
        {
            i += next;
            if (i + 1 >= _bytes.Length || _bytes[i + 1] != '"')
            {
                Take(_at + 1, i, i + 1);
                return;
            }

            i += 2;
        }

        Take(_at + 1, _bytes.Length, _bytes.Length);
    }

    private bool TakeCharacter()
    {
        var length = Peek(1) switch
        {
            (byte)'\\' => _bytes[(_at + 1)..].IndexOfAny((byte)'\'', (byte)'\n') is var end and >= 0
                ? (Peek(2) == '\'' ? 3 : end + 1) : 0,
            < 0x80 => Peek(2) == '\'' ? 2 : 0,
            _ => _bytes.Slice(_at + 1, Math.Min(5, _bytes.Length - _at - 1)).IndexOf((byte)'\'') is var end and >= 0 ? end + 1 : 0,
        };
        if (length == 0 || _at + length + 1 > _bytes.Length)
        {
            return false;
        }

        Take(_at + 1, _at + length, _at + length + 1);
        return true;
    }

    private void TakeHashed()
    {
        var hashes = _bytes[_at..].IndexOfAnyExcept((byte)'#');
        if (hashes < 0 || _bytes[_at + hashes] != '"' || hashes > 32)
        {
            return;
        }

        Span<byte> close = stackalloc byte[hashes + 1];
        close.Fill((byte)'#');
        close[0] = (byte)'"';
        TakeTo(_at + hashes + 1, close);
    }

    private void TakeTemplate()
    {
        var from = _at;
        for (var i = _at; i < _bytes.Length; i++)
        {
            switch (_bytes[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'`':
                    Take(from, i, i + 1);
                    return;
                case (byte)'$' when i + 1 < _bytes.Length && _bytes[i + 1] == '{':
                    (_templates ??= []).Push(_braces);
                    _braces = 0;
                    Take(i, i + 2, i + 2);
                    _operandBefore = false;
                    return;
            }
        }

        Take(from, _bytes.Length, _bytes.Length);
    }

    private bool TakePattern()
    {
        var set = false;
        for (var i = _at + 1; i < _bytes.Length && _bytes[i] != '\n'; i++)
        {
            switch (_bytes[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'[':
                    set = true;
                    break;
                case (byte)']':
                    set = false;
                    break;
                case (byte)'/' when !set:
                    Take(_at + 1, _at + 1, i + 1);
                    return true;
            }
        }

        _openLine = _line;
        return false;
    }
}
