using System.Diagnostics;
using System.Text;
using GitWriteOpt.Errors;
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
            Run(screen.Raw(), Arguments("diff", [before, after], some));
        }
    }

    /// <summary>Everything that a commit without parents holds.</summary>
    public void PrintWhole(string commit) =>
        Run(screen.Raw(), Arguments("diff-tree", ["-p", "--root", "--no-commit-id", commit], []));

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
        "-c", $"color.ui={(screen.Colour ? "always" : "never")}", "--no-pager", "--literal-pathspecs",
        "--no-replace-objects", command, "--no-ext-diff", "--no-textconv", "-M", .. commits, "--", .. paths,
    ];

    // GitProcess holds a child's whole output; a diff may be large and its reader may stop early, so this one is copied
    // as it comes.
    private void Run(Stream output, List<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = layout.WorktreeRoot,
            RedirectStandardOutput = true,
        };
        start.Environment["GIT_DIR"] = layout.GitDirectory;
        start.Environment["GIT_WORK_TREE"] = layout.WorktreeRoot;
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        start.Environment.Remove("GIT_EXTERNAL_DIFF");
        using var git = Process.Start(start)
            ?? throw new StoreException(new WriteError(ErrorCategory.System, "git-not-started", "git could not be run"));
        try
        {
            git.StandardOutput.BaseStream.CopyTo(output);
            output.Flush();
        }
        catch (IOException)
        {
            git.StandardOutput.Close();
            git.WaitForExit();
            throw;
        }

        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-failed",
                $"git diff failed ({git.ExitCode})"));
        }
    }
}
