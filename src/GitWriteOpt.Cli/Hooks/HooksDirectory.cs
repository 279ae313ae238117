using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>Where git looks for hooks: <c>core.hooksPath</c>, relative to the worktree's root, else <c>hooks</c>.</summary>
internal static class HooksDirectory
{
    /// <summary>Whether that directory is another's than this repository's: its hooks run elsewhere too.</summary>
    public static bool IsShared(RepositoryLayout layout) =>
        GitConfig.Open(layout).All("core.hooksPath") is [.., { Scope: ConfigScope.System or ConfigScope.Global }];

    /// <summary>An absolute path; it need not be there.</summary>
    public static string Of(RepositoryLayout layout)
    {
        var answer = new GitProcess(layout).Try(["config", "--type=path", "--get-all", "core.hooksPath"]);
        // The last line is our own setting for our own git children (I11).
        var configured = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1).LastOrDefault();
        return configured is null
            ? Path.Combine(layout.CommonDirectory, "hooks")
            : Path.GetFullPath(configured, layout.WorktreeRoot);
    }
}
