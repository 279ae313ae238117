using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Discovery's right and slower way: one <c>git rev-parse</c> in the caller's own environment. What git refuses, we
/// refuse with its words.
/// </summary>
internal static class DiscoveryByGit
{
    private static readonly string[] Questions =
    [
        "rev-parse", "--path-format=absolute", "--is-bare-repository", "--is-inside-git-dir", "--absolute-git-dir",
        "--git-common-dir", "--git-path", "objects", "--git-path", "index", "--show-object-format", "--show-toplevel",
    ];

    /// <summary>Asks git.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="environment">The caller's environment.</param>
    /// <param name="reason">Why git is asked; goes into <see cref="RepositoryLayout.DiscoveredBy"/>.</param>
    /// <param name="bareToo">Whether a bare repository is an answer.</param>
    /// <exception cref="UsageException">See <see cref="Discovery.Find"/>.</exception>
    public static RepositoryLayout Find(
        string directory, CallerEnvironment environment, string reason, bool bareToo = false)
    {
        var git = new GitProcess(layout: null)
        {
            Caller = environment,
            KeepCallersEnvironment = true,
            WorkingDirectory = Path.GetFullPath(directory),
        };
        var answer = git.Try(Questions);
        var lines = answer.Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var isBare = bareToo && lines is ["true", _, _, _, _, _, _];
        if (answer.ExitCode != 0 && !isBare)
        {
            throw Refusal(directory, lines, answer.ErrorText);
        }

        if (lines.Length != (isBare ? 7 : 8))
        {
            throw Refused("unusable-repository",
                $"the repository of \"{directory}\" has a line break in its path", "move it to another directory", null);
        }

        var format = RepositoryFormat.Read(lines[2], lines[3]);
        return new RepositoryLayout
        {
            WorktreeRoot = isBare ? lines[2] : lines[7],
            IsBare = isBare,
            GitDirectory = lines[2],
            CommonDirectory = lines[3],
            ObjectsDirectory = lines[4],
            IndexFile = lines[5],
            ObjectFormat = lines[6] == "sha256" ? ObjectFormat.Sha256 : ObjectFormat.Sha1,
            RefsAreFiles = format.RefsAreFiles,
            DiscoveredBy = "git: " + reason,
        };
    }

    /// <summary>The error for a directory without a repository.</summary>
    public static UsageException NotARepository(string directory) => Refused("not-a-repository",
        $"\"{Path.GetFullPath(directory)}\" is not inside a git repository", "git init", null,
        Path.GetFullPath(directory));

    private static UsageException Refusal(string directory, string[] lines, string errors)
    {
        var words = errors.Trim();
        if (words.Contains("dubious ownership", StringComparison.Ordinal))
        {
            return Refused("dubious-ownership", words.Split('\n')[0],
                words.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith("git config", StringComparison.Ordinal)),
                words);
        }

        if (words.Contains("not a git repository", StringComparison.Ordinal))
        {
            return lines[0].Length == 0 && words.Contains("(or any", StringComparison.Ordinal)
                ? NotARepository(directory)
                : Refused("not-a-repository", words.Split('\n')[0], "git init", words, directory);
        }

        if (lines[0] == "true")
        {
            return Refused("bare-repository", $"the repository of \"{directory}\" is bare: it has no files to write",
                "git clone it, or git worktree add <directory>, and run it there", words);
        }

        return lines.Length > 1 && lines[1] == "true"
            ? Refused("inside-git-directory", $"\"{directory}\" lies inside a git directory",
                "run it in the worktree, or name that with -C", words)
            : Refused("unusable-repository", $"git cannot work with the repository of \"{directory}\": {words}",
                "git status", words, directory);
    }

    private static UsageException Refused(string code, string message, string? suggestion, string? gitsWords,
        string? path = null) => new(new WriteError(ErrorCategory.Usage, code, message) { Path = path, Suggestion = suggestion },
            gitsWords is null ? null : new InvalidOperationException(gitsWords));
}
