namespace GitWriteOpt.Operations;

/// <summary>What a column or an offset in characters counts.</summary>
public enum TextUnit
{
    /// <summary>Bytes of UTF-8.</summary>
    Utf8,

    /// <summary>UTF-16 code units.</summary>
    Utf16,

    /// <summary>Unicode code points (UTF-32).</summary>
    CodePoint,
}

/// <summary>A place in a text file, as formats give it. All numbers are zero-based.</summary>
public abstract record TextPosition
{
    private TextPosition()
    {
    }

    /// <summary>An offset in the file's bytes, byte order mark and carriage returns included.</summary>
    public sealed record Bytes(int Offset) : TextPosition;

    /// <summary>An offset in characters from the start of the text, carriage returns included.</summary>
    public sealed record Characters(int Offset, TextUnit Unit) : TextPosition;

    /// <summary>A line and a column.</summary>
    public sealed record LineColumn(int Line, int Column, TextUnit Unit) : TextPosition
    {
        /// <summary>
        /// The language server protocol's rules: a column behind the line is its end, a line behind the text is the end of
        /// the text, and a lone carriage return ends a line too.
        /// </summary>
        public bool IsProtocol { get; init; }
    }

    /// <summary>The end of a line, before its line end.</summary>
    public sealed record LineEnd(int Line) : TextPosition;
}

/// <summary>One replacement of an <see cref="Operation.RangeEdit"/>.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; equal to <paramref name="Start"/> for an insertion.</param>
/// <param name="Text">What comes, literally.</param>
public sealed record RangeReplacement(TextPosition Start, TextPosition End, string Text)
{
    /// <summary>The text that must be in <see cref="ExpectedStart"/> to <see cref="ExpectedEnd"/>, or null.</summary>
    public string? Expected { get; init; }

    /// <summary>Where the expected text begins; the replacement's own start where null.</summary>
    public TextPosition? ExpectedStart { get; init; }

    /// <summary>Where the expected text ends; the replacement's own end where null.</summary>
    public TextPosition? ExpectedEnd { get; init; }

    /// <summary>One-based line in the input, for messages, or 0.</summary>
    public int Line { get; init; }
}
