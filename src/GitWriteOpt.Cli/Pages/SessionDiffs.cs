using System.Globalization;
using System.Text;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Pages;

/// <summary>The diffs of a session on its page, a part that opens for each file, bounded.</summary>
internal sealed class SessionDiffs(RepositoryLayout layout, string before, string after)
{
    private const int MostFiles = 200;
    private const int MostBytes = 1 << 18;
    private const int MostLines = 2000;

    private readonly Lazy<Dictionary<string, (int Added, int Removed)?>> _lines = new(() => Count(layout, before, after));

    /// <summary>Lines that were added and removed, in all.</summary>
    internal (int Added, int Removed) Lines() =>
        (_lines.Value.Values.Sum(l => l?.Added ?? 0), _lines.Value.Values.Sum(l => l?.Removed ?? 0));

    /// <summary>Of one file.</summary>
    internal string LinesOf(string path) => !_lines.Value.TryGetValue(path, out var lines) ? ""
        : lines is { } known ? $"+{known.Added} -{known.Removed}" : "binary";

    /// <summary>Writes them.</summary>
    internal void Render(Html html, IReadOnlyList<string> paths)
    {
        foreach (var path in paths.Take(MostFiles))
        {
            html.Tag("<details><summary>").Element("span", Quoting.Path(path), "path mono").Tag(" ")
                .Element("span", LinesOf(path), "soft mono").Tag("</summary>");
            One(html, path);
            html.Tag("</details>\n");
        }

        if (paths.Count > MostFiles)
        {
            html.Element("p", string.Create(CultureInfo.InvariantCulture,
                $"{paths.Count - MostFiles} more diffs are left out; git diff {before[..12]} {after[..12]} shows them."), "cut");
        }
    }

    private void One(Html html, string path)
    {
        using var text = new Bounded();
        new GitProcess(layout).Copy(Arguments("diff", path), text);
        var lines = text.Text().Split('\n');
        html.Tag("<pre>");
        var inHunk = false;
        foreach (var line in lines.Take(MostLines))
        {
            inHunk |= line.StartsWith("@@", StringComparison.Ordinal);
            html.Element("span", line, !inHunk ? "soft" : line.Length == 0 ? null : line[0] switch
            {
                '+' => "add",
                '-' => "del",
                '@' => "at",
                _ => null,
            });
        }

        html.Tag("</pre>");
        if (text.IsCut || lines.Length > MostLines)
        {
            html.Element("p", "This diff is too long for the page and is cut here.", "cut");
        }
    }

    private string[] Arguments(string command, string path) =>
        ["-c", "color.ui=never", "-c", "core.quotePath=false", "--no-pager", command, "--no-ext-diff", "--no-textconv", "--no-renames", before, after, "--", path];

    private static Dictionary<string, (int Added, int Removed)?> Count(RepositoryLayout layout, string before, string after)
    {
        var counts = new Dictionary<string, (int, int)?>(StringComparer.Ordinal);
        var text = new GitProcess(layout).Run(["diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--numstat", "-z", before, after]).Text;
        foreach (var line in text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t', 3) is [var added, var removed, var path])
            {
                counts[path] = int.TryParse(added, out var a) && int.TryParse(removed, out var r) ? (a, r) : null;
            }
        }

        return counts;
    }

    /// <summary>Keeps the beginning of what is written to it.</summary>
    private sealed class Bounded : WriteOnlyStream
    {
        private readonly MemoryStream _kept = new();

        internal bool IsCut { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            var room = MostBytes - (int)_kept.Length;
            IsCut |= buffer.Length > room;
            _kept.Write(buffer[..Math.Min(room, buffer.Length)]);
        }

        internal string Text() => Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length).TrimEnd('\n');

        protected override void Dispose(bool disposing)
        {
            _kept.Dispose();
            base.Dispose(disposing);
        }
    }
}
