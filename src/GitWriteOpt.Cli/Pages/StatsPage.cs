using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Statistics;

namespace GitWriteOpt.Cli.Pages;

/// <summary>The figures as one page that needs nothing else: no network, no scripts; plots are SVG in the page.</summary>
internal sealed class StatsPage(FigureReport report, string repository)
{
    private const string Css = """
        .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem;margin:1rem 0;padding:0;list-style:none}
        .plots li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.8rem}
        .plots h3{font-size:.95rem;margin:0}.plots b{font-size:1.5rem;line-height:1.4}
        .plots svg{display:block;width:100%;height:auto;margin-top:.4rem}
        .plots .grid{stroke:var(--line);stroke-width:1}.plots .trend{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}
        .plots .dot{fill:var(--accent)}.plots text{fill:var(--soft);font:10px system-ui,sans-serif}
        .missing{color:var(--soft)}
        """;

    /// <summary>Writes the page.</summary>
    internal void Render(TextWriter output)
    {
        var html = new Html(output);
        var name = Path.GetFileName(repository.TrimEnd('/'));
        html.Tag(PageFile.Mark)
            .Tag("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Tag("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Element("title", $"Figures of {name}").Tag("<style>").Tag(PageStyle.Css).Tag(Css).Tag("</style></head><body>\n");
        html.Tag("<header><h1>").Text($"Figures of {name}").Tag("</h1><p class=\"soft\">")
            .Text($"{StatusReport.Count(report.Transactions, "transaction")}, {StatusReport.Count(report.Commands, "recorded command")}");
        if (report is { From: { } from, To: { } to })
        {
            html.Tag("<br>").Text($"{Timestamp.Short(from)} to {Timestamp.Short(to)}; "
                + (report.TrendBy == "week" ? "a point a week" : "a point for each part with equally many transactions"));
        }

        html.Tag("</p></header>\n<ul class=\"plots\">\n");
        foreach (var figure in report.Figures)
        {
            Figure(html, figure);
        }

        html.Tag("</ul>\n");
        Suggestions(html);
        Calibration(html);
        Definitions(html);
        html.Tag("</body></html>\n");
    }

    private static void Figure(Html html, MeasuredFigure figure)
    {
        if (figure.Value is null)
        {
            html.Tag("<li class=\"missing\">").Element("h3", figure.Title).Tag("<b>").Text("not measured").Tag("</b><br>")
                .Text($"What measures it: {figure.NotMeasured}").Tag("</li>\n");
            return;
        }

        var kind = figure switch
        {
            { Name: "integrity" } => figure.Value > 0 ? "del" : "add",
            { Name: "time-saved" } => figure.Value < 0 ? "del" : "add",
            _ => null,
        };
        html.Tag("<li>").Element("h3", figure.Title).Element("b", FigureText.Value(figure), kind).Tag(" ")
            .Element("span", string.Create(CultureInfo.InvariantCulture, $"of {figure.Of:N0}"), "soft");
        new TrendPlot(html, figure).Render();
        html.Tag("</li>\n");
    }

    private void Suggestions(Html html)
    {
        if (report.Suggestions.Count == 0)
        {
            return;
        }

        html.Tag("<h2>Suggestions</h2>\n<div class=\"wide\"><table><thead><tr><th>Kind</th><th>State</th><th>Replayed</th><th>Held</th>"
            + "<th>Shown</th><th>Taken</th><th>Declined</th><th>Ignored</th></tr></thead><tbody>\n");
        foreach (var kind in report.Suggestions.Select(SuggestedKindAnswer.Of))
        {
            html.Tag("<tr>").Element("td", kind.Kind).Element("td", kind.State ?? "");
            foreach (var number in (ReadOnlySpan<int?>)[kind.Said, kind.Held, kind.Shown, kind.Taken, kind.Declined, kind.Ignored])
            {
                html.Element("td", number?.ToString(CultureInfo.InvariantCulture) ?? "", "mono");
            }

            html.Tag("</tr>\n");
        }

        html.Tag("</tbody></table></div>\n");
    }

    private void Calibration(Html html)
    {
        if (report.Calibration is not { } calibration)
        {
            return;
        }

        html.Tag("<h2>Calibration</h2><p class=\"soft\">").Text($"{Timestamp.Short(calibration.Time)}, {calibration.Machine}, {calibration.FileSystem}: "
            + $"{calibration.Files} files of {calibration.Bytes} bytes, singly and as one batch").Tag("</p>\n<div class=\"wide\"><table><thead><tr>"
            + "<th>Durability</th><th>Single write, ms</th><th>Batch, ms</th><th>Reads and writes, single</th><th>Batch</th><th>Syncs, single</th><th>Batch</th></tr></thead><tbody>\n");
        foreach (var level in calibration.Levels)
        {
            html.Tag("<tr>").Element("td", Spelling.Of(level.Durability));
            foreach (var number in (ReadOnlySpan<double>)[level.Single.Milliseconds, level.Batch.Milliseconds, level.Single.Calls,
                level.Batch.Calls, level.Single.Syncs, level.Batch.Syncs])
            {
                html.Element("td", number.ToString("0.##", CultureInfo.InvariantCulture), "mono");
            }

            html.Tag("</tr>\n");
        }

        html.Tag("</tbody></table></div>\n");
    }

    private void Definitions(Html html)
    {
        html.Tag("<h2>What they mean</h2>\n<div class=\"wide\"><table><thead><tr><th>Figure</th><th>Unit</th><th>How it is computed</th><th>From what</th></tr></thead><tbody>\n");
        foreach (var figure in report.Figures)
        {
            html.Tag("<tr>").Element("td", figure.Title).Element("td", figure.Unit).Element("td", figure.Formula).Element("td", figure.Source).Tag("</tr>\n");
        }

        html.Tag("</tbody></table></div>\n");
    }
}
