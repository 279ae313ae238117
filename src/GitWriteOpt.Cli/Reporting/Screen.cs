using System.Text;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>What a piece of text means, for its colour.</summary>
internal enum Tone
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>An id.</summary>
    Id,

    /// <summary>Something new, or good.</summary>
    Added,

    /// <summary>Something changed, or worth a look.</summary>
    Modified,

    /// <summary>Something gone, or bad.</summary>
    Deleted,

    /// <summary>Of less interest.</summary>
    Faint,
}

/// <summary>A piece of a line. Its text is escaped when it is printed, not before.</summary>
internal readonly record struct Piece(string Text, Tone Tone = Tone.Plain)
{
    public static implicit operator Piece(string text) => new(text);
}

/// <summary>
/// Standard output: buffered, UTF-8; on a terminal with colour, tables and a pager, elsewhere plain. What colours and
/// draws tables is made only when a terminal is there (start-up).
/// </summary>
internal sealed class Screen : IDisposable
{
    private readonly Func<bool> _wantsColour;
    private StreamWriter _writer;
    private Pager? _pager;
    private TerminalText? _terminal;
    private bool _pagerHasEnded;
    private bool? _colour;

    /// <summary>A screen over a stream, which it closes.</summary>
    public Screen(Stream output, bool isTerminal, Func<bool> wantsColour)
    {
        IsTerminal = isTerminal;
        _wantsColour = wantsColour;
        _writer = Over(output);
    }

    /// <summary>Whether a person is reading.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether colours are wanted where nobody but a program reads (<c>color.ui=always</c>).</summary>
    public Func<bool> WantsColourAlways { get; init; } = () => false;

    /// <summary>Whether colours are wanted, by <c>NO_COLOR</c> and <c>color.ui</c>.</summary>
    public bool Colour => _colour ??= IsTerminal ? _wantsColour() : WantsColourAlways();

    /// <summary>The raw stream, for what a child prints; flushed up to here.</summary>
    public Stream Raw()
    {
        _writer.Flush();
        return _writer.BaseStream;
    }

    /// <summary>One line of pieces.</summary>
    public void Line(params ReadOnlySpan<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            Write(piece, Quoting.Line(piece.Text));
        }

        _writer.Write('\n');
    }

    /// <summary>Several lines as they are, escaped; ends with a line end.</summary>
    public void Text(string text)
    {
        _writer.Write(Quoting.Text(text.ReplaceLineEndings("\n")));
        if (!text.EndsWith('\n'))
        {
            _writer.Write('\n');
        }
    }

    /// <summary>Rows with a heading: aligned on a terminal, else two blanks between columns and no heading.</summary>
    public void Table(string[] heading, IEnumerable<Piece[]> rows)
    {
        if (IsTerminal)
        {
            Terminal.Table(heading, rows);
            return;
        }

        foreach (var row in rows)
        {
            var last = Array.FindLastIndex(row, cell => cell.Text.Length > 0);
            for (var i = 0; i <= last; i++)
            {
                Write(row[i], Quoting.Line(row[i].Text));
                _writer.Write(i < last ? "  " : "");
            }

            _writer.Write('\n');
        }
    }

    /// <summary>From here on through the user's pager, where a person is reading and has one.</summary>
    public void Page(string directory)
    {
        if (IsTerminal && _pager is null && Pager.Start(directory) is { } pager)
        {
            Page(pager);
        }
    }

    /// <summary>From here on through this pager, which it disposes of.</summary>
    public void Page(Pager pager)
    {
        _writer.Flush();
        _pager = pager;
        _writer = Over(pager.Input);
        _terminal?.Redirect(_writer);
    }

    /// <summary>Writes what is buffered and waits for the pager, after which it takes no more.</summary>
    public void Finish()
    {
        if (_pager is null)
        {
            _writer.Flush();
            return;
        }

        if (_pagerHasEnded)
        {
            return;
        }

        _pagerHasEnded = true;
        try
        {
            _writer.Flush();
        }
        catch (IOException)
        {
            // The reader has seen enough and closed the pager.
        }

        _pager.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pager is not null)
        {
            // Its pipe is closed by now: the writer over it must not flush once more.
            Finish();
            _pager.Dispose();
            return;
        }

        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // Finish has said so already, or whoever was reading is gone.
        }
    }

    private TerminalText Terminal => _terminal ??= new TerminalText(_writer, Colour);

    private void Write(Piece piece, string text)
    {
        if (piece.Tone != Tone.Plain && Colour)
        {
            Terminal.Write(text, piece.Tone);
        }
        else
        {
            _writer.Write(text);
        }
    }

    private static StreamWriter Over(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14, leaveOpen: true);
}
