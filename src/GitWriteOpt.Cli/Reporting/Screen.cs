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

    /// <summary>A screen over a stream, which it closes.</summary>
    public Screen(Stream output, bool isTerminal, Func<bool> wantsColour)
    {
        IsTerminal = isTerminal;
        _wantsColour = wantsColour;
        _writer = Over(output);
    }

    /// <summary>The process's own.</summary>
    public static Screen OfStandardOutput(string directory) => new(StandardStream.Output(),
        !Console.IsOutputRedirected, () => ColourSetting.IsOn(directory));

    /// <summary>Whether a person is reading.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether colours are wanted: only on a terminal, by <c>NO_COLOR</c> and <c>color.ui</c>.</summary>
    public bool Colour => Terminal is { Colour: true };

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
            var text = Quoting.Line(piece.Text);
            if (piece.Tone != Tone.Plain && Colour)
            {
                Terminal!.Write(text, piece.Tone);
            }
            else
            {
                _writer.Write(text);
            }
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

    /// <summary>Rows with a heading: a table on a terminal, else two blanks between columns and no heading.</summary>
    public void Table(string[] heading, IEnumerable<Piece[]> rows)
    {
        if (Terminal is { } terminal)
        {
            terminal.Table(heading, rows);
            return;
        }

        foreach (var row in rows)
        {
            _writer.Write(string.Join("  ", row.Select(cell => Quoting.Line(cell.Text))).TrimEnd());
            _writer.Write('\n');
        }
    }

    /// <summary>From here on through the user's pager, where a person is reading and has one.</summary>
    public void Page(string directory)
    {
        if (!IsTerminal || _pager is not null)
        {
            return;
        }

        _pager = Pager.Start(directory);
        if (_pager is not null)
        {
            _writer.Flush();
            _writer = Over(_pager.Input);
            Terminal?.Redirect(_writer);
        }
    }

    /// <summary>Writes what is buffered and waits for the pager.</summary>
    public void Finish()
    {
        try
        {
            _writer.Flush();
        }
        catch (IOException) when (_pager is not null)
        {
            // The reader has seen enough and closed the pager.
        }

        _pager?.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        catch (IOException)
        {
            // Finish has said so already, or whoever was reading is gone.
        }

        _pager?.Dispose();
    }

    private TerminalText? Terminal => !IsTerminal ? null : _terminal ??= new TerminalText(_writer, _wantsColour());

    private static StreamWriter Over(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14, leaveOpen: true);
}
