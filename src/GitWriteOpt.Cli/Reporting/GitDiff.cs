using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// Diffs as git prints them. No external diff, text conversion or signature check: a repository's configuration could
/// make them run a program (I10).
/// </summary>
internal sealed class GitDiff(RepositoryLayout layout, Screen screen)
{
    // Far below what the system takes on a command line.
    private const int PathsAtOnce = 500;

    /// <summary>The diff between two commits, of these paths or of all.</summary>
    public void Print(string before, string after, IReadOnlyList<string> paths)
    {
        screen.Raw();
        foreach (var some in paths.Count == 0 ? [[]] : paths.Chunk(PathsAtOnce))
        {
            Show(Arguments("diff", [before, after], some));
        }
    }

    /// <summary>Everything that a commit without parents holds.</summary>
    public void PrintWhole(string commit) =>
        Show(Arguments("diff-tree", ["-p", "--root", "--no-commit-id", commit], []));

    /// <summary>The diff as text.</summary>
    public string Text(string before, string after, IReadOnlyList<string> paths)
    {
        using var text = new MemoryStream();
        foreach (var some in paths.Count == 0 ? [[]] : paths.Chunk(PathsAtOnce))
        {
            Run(text, Arguments("diff", [before, after], some));
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private List<string> Arguments(string command, string[] commits, string[] paths) =>
    [
        "-c", $"color.ui={(screen.Colour && !screen.IsTerminal ? "always" : "never")}", "-c", "core.quotePath=false", "--no-pager", command, "--no-ext-diff", "--no-textconv", "-M", .. commits, "--", .. paths,
    ];

    private void Show(List<string> arguments)
    {
        if (!screen.IsTerminal)
        {
            Run(screen.Raw(), arguments);
            return;
        }

        using var terminal = new TerminalDiff(screen.Raw(), screen.Colour);
        Run(terminal, arguments);
    }

    // A diff may be large and its reader may stop early, so it is copied as it comes.
    private void Run(Stream output, List<string> arguments) => new GitProcess(layout).Copy(arguments, output);
}
