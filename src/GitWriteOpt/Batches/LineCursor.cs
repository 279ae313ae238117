namespace GitWriteOpt.Batches;

/// <summary>Walks over the lines of a text without copying them.</summary>
internal ref struct LineCursor
{
    private readonly ReadOnlySpan<byte> _text;
    private int _end;

    /// <summary>Stands on the first line of <paramref name="text"/>.</summary>
    public LineCursor(ReadOnlySpan<byte> text)
    {
        _text = text;
        _end = EndFrom(0);
    }

    /// <summary>Offset of the line at hand.</summary>
    public int Offset { get; private set; }

    /// <summary>One-based number of the line at hand.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Whether all lines were passed.</summary>
    public readonly bool AtEnd => Offset >= _text.Length;

    /// <summary>The line at hand, without its line feed; empty at the end.</summary>
    public readonly ReadOnlySpan<byte> Line => AtEnd ? default : _text[Offset.._end];

    /// <summary>The line at hand, without its line feed and a carriage return before it.</summary>
    public readonly ReadOnlySpan<byte> Bare => Line is [.. var line, (byte)'\r'] ? line : Line;

    /// <summary>Whether the line at hand ends in a line feed.</summary>
    public readonly bool IsTerminated => _end < _text.Length;

    /// <summary>Goes to the next line.</summary>
    public void Advance()
    {
        Offset = Math.Min(_end + 1, _text.Length);
        _end = EndFrom(Offset);
        Number++;
    }

    /// <summary>This cursor, a line further.</summary>
    public readonly LineCursor Next()
    {
        var next = this;
        next.Advance();
        return next;
    }

    private readonly int EndFrom(int offset) =>
        _text[offset..].IndexOf((byte)'\n') is var length and >= 0 ? offset + length : _text.Length;
}
