using System.Buffers;
using System.Text;

namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>
/// Goes through source text token by token, over comments and white space. One for all languages whose words and strings
/// look alike; <see cref="Lexicon"/> says in what they differ. A string that its line does not close is no string (an
/// apostrophe in a text): only the quote is passed over, so that one odd byte never hides the rest of a file.
/// </summary>
internal ref partial struct SourceCursor(ReadOnlySpan<byte> bytes, Lexicon lexicon)
{
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(b => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || b is '_' or '$').Select(b => (byte)b)]);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _line = 1;
    private int _braces;
    private Stack<int>? _templates;
    private bool _operandBefore;

    // A line on which a string or pattern was not closed: the rest of it has none, or a long line would be read again
    // for each quote.
    private int _openLine;

    /// <summary>What the token is.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>The word, or the inside of the string as it is written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The byte of a mark; 0 for other tokens.</summary>
    public byte Mark { get; private set; }

    /// <summary>One-based line of the token's start.</summary>
    public int Line { get; private set; }

    /// <summary>Whether no token stands before it on its line.</summary>
    public bool FirstOnLine { get; private set; }

    /// <summary>Where the token starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next one is looked for.</summary>
    public readonly int Position => _at;

    /// <summary>Bytes from the start of the token's line.</summary>
    public readonly int Column => Start - (_bytes[..Start].LastIndexOf((byte)'\n') + 1);

    /// <summary>The token as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Value);

    /// <summary>Whether the token is this word.</summary>
    public readonly bool Is(ReadOnlySpan<byte> word) => Kind == TokenKind.Word && Value.SequenceEqual(word);

    /// <summary>Whether the token is this mark.</summary>
    public readonly bool Is(char mark) => Kind == TokenKind.Mark && Mark == mark;

    /// <summary>Goes to the next token; false at the end.</summary>
    public bool Next()
    {
        var before = Line;
        var any = Start > 0 || Kind != TokenKind.End;
        SkipBlank();
        FirstOnLine = !any || _line != before;
        (Start, Line, Mark) = (_at, _line, 0);
        if (_at >= _bytes.Length)
        {
            Kind = TokenKind.End;
            Value = default;
            return false;
        }

        var first = _bytes[_at];
        if (WordBytes.Contains(first))
        {
            TakeWord();
        }
        else if (!TakeString(first))
        {
            TakeMark(first);
        }

        return true;
    }

    /// <summary>The bytes up to a mark on the same line, from here; the cursor goes behind the mark. Empty where there is none.</summary>
    public ReadOnlySpan<byte> Until(byte mark)
    {
        var rest = _bytes[_at..];
        var end = rest.IndexOfAny(mark, (byte)'\n');
        if (end < 0 || rest[end] != mark)
        {
            return default;
        }

        _at += end + 1;
        return rest[..end];
    }

    private readonly bool Has(Lexicon what) => (lexicon & what) != 0;

    private readonly byte Peek(int ahead) => _at + ahead < _bytes.Length ? _bytes[_at + ahead] : (byte)0;

    private void SkipBlank()
    {
        while (_at < _bytes.Length)
        {
            var b = _bytes[_at];
            if (b == '\n')
            {
                _line++;
                _at++;
            }
            else if (b <= ' ')
            {
                _at++;
            }
            else if ((b == '/' && Peek(1) == '/' && Has(Lexicon.SlashComments)) || (b == '#' && Has(Lexicon.HashComments)))
            {
                var end = _bytes[_at..].IndexOf((byte)'\n');
                _at = end < 0 ? _bytes.Length : _at + end;
            }
            else if (b == '/' && Peek(1) == '*' && Has(Lexicon.BlockComments))
            {
                SkipBlock();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlock()
    {
        var depth = 0;
        var start = _at;
        do
        {
            var rest = _bytes[_at..];
            var opens = rest.StartsWith("/*"u8) && (depth == 0 || Has(Lexicon.NestedComments));
            depth += opens ? 1 : rest.StartsWith("*/"u8) ? -1 : 0;
            _at += opens || rest.StartsWith("*/"u8) ? 2 : 1;
            var next = _at < _bytes.Length ? _bytes[_at..].IndexOfAny((byte)'*', (byte)'/') : -1;
            _at = depth == 0 ? _at : next < 0 ? _bytes.Length : _at + next;
        }
        while (depth > 0 && _at < _bytes.Length);
        _line += _bytes[start.._at].Count((byte)'\n');
    }

    private void TakeWord()
    {
        if (Has(Lexicon.HashedRaw) && Peek(0) == (byte)'r' && Peek(1) == (byte)'#' && WordBytes.Contains(Peek(2)))
        {
            _at += 2; // r#move: a keyword as a name
        }

        var rest = _bytes[_at..];
        var end = rest.IndexOfAnyExcept(WordBytes);
        if (Has(Lexicon.Hyphens))
        {
            while (end >= 0 && rest[end] == '-')
            {
                var more = rest[(end + 1)..].IndexOfAnyExcept(WordBytes);
                end = more < 0 ? -1 : end + 1 + more;
            }
        }

        Value = end < 0 ? rest : rest[..end];
        _at += Value.Length;
        Kind = TokenKind.Word;
        if (Has(Lexicon.HashedRaw) && Value.Length <= 2 && Value[^1] == 'r' && Peek(0) is (byte)'#' or (byte)'"')
        {
            TakeHashed();
        }

        _operandBefore = Kind == TokenKind.Text || !IsOperator(Value);
    }

    private void TakeMark(byte first)
    {
        _at++;
        Value = default;
        (Kind, Mark) = (TokenKind.Mark, first);
        _operandBefore = first is (byte)')' or (byte)']' or (byte)'}';
        if (_templates is { Count: > 0 })
        {
            _braces += first == '{' ? 1 : 0;
            if (first == '}' && _braces-- == 0)
            {
                _braces = _templates.Pop();
                TakeTemplate();
            }
        }
    }

    private static bool IsOperator(ReadOnlySpan<byte> word) => word.Length <= 10 && (word.SequenceEqual("return"u8)
        || word.SequenceEqual("typeof"u8) || word.SequenceEqual("case"u8) || word.SequenceEqual("in"u8) || word.SequenceEqual("of"u8)
        || word.SequenceEqual("delete"u8) || word.SequenceEqual("void"u8) || word.SequenceEqual("throw"u8)
        || word.SequenceEqual("else"u8) || word.SequenceEqual("do"u8) || word.SequenceEqual("await"u8) || word.SequenceEqual("yield"u8));
}
