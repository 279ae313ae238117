using Spectre.Console;
using Spectre.Console.Rendering;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Colours (by Spectre.Console) and tables on a terminal.</summary>
internal sealed class TerminalText(TextWriter writer, bool colour)
{
    private const int Gap = 2;

    private IAnsiConsole _console = Over(writer, colour);

    /// <summary>Whether colours are wanted.</summary>
    public bool Colour => colour;

    /// <summary>Goes on writing to another writer (a pager's).</summary>
    public void Redirect(TextWriter next)
    {
        writer = next;
        _console = Over(next, colour);
    }

    /// <summary>Text in the colour of its tone, never wrapped.</summary>
    public void Write(string text, Tone tone) => _console.Write(new Unwrapped(text, StyleOf(tone)));

    /// <summary>
    /// Aligned columns with a heading, without those that are empty in every row; nothing where there is no row. No cell is
    /// wrapped or cut: on a narrow terminal the terminal wraps the line, so that ids and paths can be copied from it.
    /// </summary>
    public void Table(string[] heading, IEnumerable<Piece[]> rows)
    {
        var cells = new List<Piece[]>();
        var widths = new int[heading.Length];
        foreach (var row in rows)
        {
            var shown = new Piece[row.Length];
            for (var i = 0; i < row.Length; i++)
            {
                shown[i] = row[i] with { Text = Quoting.Line(row[i].Text) };
                widths[i] = Math.Max(widths[i], shown[i].Text.GetCellWidth());
            }

            cells.Add(shown);
        }

        if (cells.Count == 0)
        {
            return;
        }

        var head = new Piece[heading.Length];
        for (var i = 0; i < heading.Length; i++)
        {
            head[i] = new Piece(heading[i], Tone.Faint);
            widths[i] = widths[i] == 0 ? 0 : Math.Max(widths[i], heading[i].GetCellWidth());
        }

        Row(head, widths);
        foreach (var row in cells)
        {
            Row(row, widths);
        }
    }

    // Blanks stand only before a cell that has text: no line ends with any.
    private void Row(Piece[] row, int[] widths)
    {
        var owed = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var width = row[i].Text.GetCellWidth();
            if (widths[i] == 0)
            {
                continue;
            }

            if (width > 0)
            {
                writer.Write(new string(' ', owed));
                Cell(row[i]);
                owed = 0;
            }

            owed += widths[i] - width + Gap;
        }

        writer.Write('\n');
    }

    private void Cell(Piece cell)
    {
        if (colour && cell.Tone != Tone.Plain)
        {
            Write(cell.Text, cell.Tone);
        }
        else
        {
            writer.Write(cell.Text);
        }
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Id => new Style(Color.Olive),
        Tone.Added => new Style(Color.Green),
        Tone.Modified => new Style(Color.Teal),
        Tone.Deleted => new Style(Color.Maroon),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        _ => Style.Plain,
    };

    private static IAnsiConsole Over(TextWriter writer, bool colour) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
    });

    // Spectre breaks a Text at the console's width; a path that is copied from the screen must stay whole.
    private sealed class Unwrapped(string text, Style style) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => new(text.Length, text.Length);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text, style)];
    }
}
