using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Pages;

/// <summary>
/// A session as one page that needs nothing else: no network, no scripts. What it shows comes from files and hosts, so
/// all of it is escaped; what is too long is cut, and the page says so.
/// </summary>
internal sealed class SessionPage(Writer writer, SessionSummary session)
{
    private const int MostRows = 2000;

    private readonly IReadOnlyList<SessionEvent> _events = writer.Timeline(session);
    private readonly SessionAccount _account = writer.Account(session, null);

    /// <summary>Writes the page.</summary>
    internal void Render(TextWriter output)
    {
        var html = new Html(output);
        html.Tag(PageFile.Mark)
            .Tag("<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Tag("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Element("title", $"Session {session.Id}").Tag("<style>").Tag(PageStyle.Css).Tag("</style></head><body>\n");
        var diffs = new SessionDiffs(writer.Layout, _account.Steps[0].Commit, session.Commit);
        Head(html);
        Figures(html, diffs);
        Timeline(html);
        Files(html, diffs);
        html.Tag("<h2>Diffs</h2>\n");
        diffs.Render(html, [.. _account.Files.Select(f => f.Path)]);
        html.Tag("</body></html>\n");
    }

    private void Head(Html html)
    {
        html.Tag("<header><h1>").Text(session.Agent is null ? "Session" : $"Session of {session.Agent}").Tag(" ")
            .Element("span", Spelling.Of(session.State), "tag").Tag("</h1><p class=\"soft\">")
            .Element("code", session.Id);
        if (session.Name is { } name)
        {
            html.Tag(" ").Text(name);
        }

        html.Tag("<br>").Text($"{Time(session.Started)} to {Time(session.Updated)}").Tag("</p></header>\n");
    }

    private void Figures(Html html, SessionDiffs diffs)
    {
        var (added, removed) = diffs.Lines();
        var transactions = _events.Where(e => e.IsTransaction).ToList();
        html.Tag("<ul class=\"figures\">");
        foreach (var (value, what, kind) in new[]
        {
            (session.Turns, "turns", ""), (_account.Files.Count, "files", ""), (added, "lines added", "add"), (removed, "lines removed", "del"),
            (transactions.Count, "transactions", ""), (transactions.Count(t => t.Fate is Fate.RolledBack), "rolled back", ""),
            (_account.Files.Count(f => f.By is Attribution.Unattributed), "files not attributed", ""),
        })
        {
            html.Tag("<li>").Element("b", value.ToString("N0", CultureInfo.InvariantCulture), kind).Text(what).Tag("</li>");
        }

        html.Tag("</ul>\n");
    }

    private void Timeline(Html html)
    {
        html.Tag("<h2>Timeline</h2>\n<div class=\"wide\"><table class=\"rows\"><thead><tr><th>Time</th><th>Turn</th><th>What</th>"
            + "<th>Files</th><th>Written by</th><th>State</th></tr></thead><tbody>\n");
        foreach (var one in _events.Take(MostRows))
        {
            var answer = TimelineAnswer.Of(one, session);
            html.Tag(one.Fate is Fate.RolledBack ? "<tr class=\"back\">" : "<tr>")
                .Element("td", one.Time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture), "mono")
                .Element("td", one.Turn.ToString(CultureInfo.InvariantCulture), "turn").Tag("<td>")
                .Element("span", one.Tool is null ? one.What : $"{one.What} {one.Tool}", "tag").Tag(" ").Text(one.Message).Tag("</td><td class=\"mono\">");
            if (one.Files.Count > 0)
            {
                html.Element("span", $"+{answer.Added}", "add").Tag(" ").Element("span", $"~{answer.Modified}", "mod").Tag(" ")
                    .Element("span", $"-{answer.Deleted}", "del");
            }

            html.Tag("</td>").Element("td", TimelineReport.Writers(one)).Tag("<td>")
                .Text(one.Files.Count == 0 ? "" : one.Fate switch
                {
                    Fate.RolledBack => "rolled back",
                    Fate.Partly => "partly rolled back",
                    _ => "standing",
                }).Tag("</td></tr>\n");
        }

        html.Tag("</tbody></table></div>\n");
        Cut(html, _events.Count, "events");
    }

    private void Files(Html html, SessionDiffs diffs)
    {
        html.Tag("<h2>Files</h2>\n<div class=\"wide\"><table class=\"rows\"><thead><tr><th>Path</th><th>Change</th><th>Lines</th><th>Written by</th></tr></thead><tbody>\n");
        foreach (var file in _account.Files.Take(MostRows))
        {
            html.Tag("<tr>").Element("td", file.Path, "path mono").Element("td", Spelling.Of(file.Change), file.Change switch
            {
                ChangeKind.Added => "add",
                ChangeKind.Deleted => "del",
                _ => "mod",
            }).Element("td", diffs.LinesOf(file.Path), "mono")
                .Element("td", Spelling.Of(file.By) + (file.AlsoUnattributed ? ", and unattributed" : "")).Tag("</tr>\n");
        }

        html.Tag("</tbody></table></div>\n");
        Cut(html, _account.Files.Count, "files");
    }

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static void Cut(Html html, int all, string what)
    {
        if (all > MostRows)
        {
            html.Element("p", string.Create(CultureInfo.InvariantCulture, $"{all - MostRows} more {what} are left out."), "cut");
        }
    }
}
