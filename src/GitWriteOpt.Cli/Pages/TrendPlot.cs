using System.Globalization;
using System.Text;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Statistics;

namespace GitWriteOpt.Cli.Pages;

/// <summary>The trend of a figure as a line in SVG: 0 is always in it, a gap is where nothing was measured.</summary>
internal sealed class TrendPlot(Html html, MeasuredFigure figure)
{
    private const double Width = 260;
    private const double Height = 96;
    private const double Left = 6;
    private const double Top = 14;
    private const double Bottom = 78;

    /// <summary>Writes it; nothing where there are less than two points.</summary>
    internal void Render()
    {
        var (least, most, measured) = FigureText.Bounds(figure.Trend);
        if (measured < 2)
        {
            return;
        }

        most = most > least ? most : least + 1;
        html.Tag(string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\""))
            .Text($"{figure.Title}, from {FigureText.Value(least, figure.Unit)} to {FigureText.Value(most, figure.Unit)}").Tag("\">");
        Grid(most, least, most);
        Grid(0, least, most);
        var path = new StringBuilder();
        var dots = new StringBuilder();
        for (var (i, pen) = (0, 'M'); i < figure.Trend.Count; i++)
        {
            if (figure.Trend[i].Value is not { } value)
            {
                pen = 'M';
                continue;
            }

            var x = Left + (i * (Width - (2 * Left)) / (figure.Trend.Count - 1));
            path.Append(CultureInfo.InvariantCulture, $"{pen}{x:0.#} {Y(value, least, most):0.#}");
            dots.Append(CultureInfo.InvariantCulture, $"<circle class=\"dot\" cx=\"{x:0.#}\" cy=\"{Y(value, least, most):0.#}\" r=\"2.5\"><title>")
                .Append(Html.Escape($"{Timestamp.Short(figure.Trend[i].From)}: {FigureText.Value(value, figure.Unit)}")).Append("</title></circle>");
            pen = 'L';
        }

        html.Tag($"<path class=\"trend\" d=\"{path}\"/>{dots}");
        Label(Left, Top - 4, "start", FigureText.Value(most, figure.Unit));
        Label(Left, Height - 4, "start", Day(figure.Trend[0].From));
        Label(Width - Left, Height - 4, "end", Day(figure.Trend[^1].From));
        html.Tag("</svg>");
    }

    private static double Y(double value, double least, double most) => Bottom - ((value - least) / (most - least) * (Bottom - Top));

    private static string Day(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private void Grid(double value, double least, double most) => html.Tag(string.Create(CultureInfo.InvariantCulture,
        $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Left}\" y1=\"{Y(value, least, most):0.#}\" y2=\"{Y(value, least, most):0.#}\"/>"));

    private void Label(double x, double y, string anchor, string text) => html.Tag(string.Create(CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\">")).Text(text).Tag("</text>");
}
