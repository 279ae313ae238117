using Spectre.Console;
using Spectre.Console.Rendering;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Colours and tables on a terminal, by Spectre.Console.</summary>
internal sealed class TerminalText(TextWriter writer, bool colour)
{
    private IAnsiConsole _console = Over(writer, colour);

    /// <summary>Whether colours are wanted.</summary>
    public bool Colour => colour;

    /// <summary>Goes on writing to another writer (a pager's).</summary>
    public void Redirect(TextWriter next) => _console = Over(next, colour);

    /// <summary>Text in the colour of its tone, never wrapped.</summary>
    public void Write(string text, Tone tone) => _console.Write(new Unwrapped(text, StyleOf(tone)));

    /// <summary>Aligned columns with a heading; the last one takes what width is left.</summary>
    public void Table(string[] heading, IEnumerable<Piece[]> rows)
    {
        var table = new Table().NoBorder();
        foreach (var (i, name) in heading.Index())
        {
            var column = new TableColumn(new Text(name, StyleOf(Tone.Faint))).PadLeft(0).PadRight(2);
            table.AddColumn(i < heading.Length - 1 ? column.NoWrap() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Quoting.Line(cell.Text), StyleOf(cell.Tone))));
        }

        _console.Write(table);
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
