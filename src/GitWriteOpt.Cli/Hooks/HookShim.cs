namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// The texts that we put into a hooks directory: a whole file where there was none, one line where somebody else's shell
/// script is, a file that calls the other one where that is no shell script. All do nothing where the binary is missing. The
/// files in <c>hooks/</c> of the source tree are the same.
/// </summary>
internal static class HookShim
{
    /// <summary>git's name.</summary>
    public const string PreCommit = "pre-commit";

    /// <summary>git's name.</summary>
    public const string PostMerge = "post-merge";

    /// <summary>git's name.</summary>
    public const string PostCheckout = "post-checkout";

    /// <summary>git's name.</summary>
    public const string PostRewrite = "post-rewrite";

    /// <summary>What makes a file or a line ours.</summary>
    public const string Mark = "# git writeopt:";

    /// <summary>What is behind the name of somebody else's hook that ours calls.</summary>
    public const string Kept = ".before-git-writeopt";

    /// <summary>The hooks that we have.</summary>
    public static IReadOnlyList<string> Names { get; } = [PreCommit, PostMerge, PostCheckout, PostRewrite];

    /// <summary>A whole hook file.</summary>
    public static string File(string name) => $"""
        #!/bin/sh
        {Mark} {Purpose(name)}. Remove it with: git writeopt uninstall
        command -v git-writeopt >/dev/null 2>&1 || exit 0
        exec git-writeopt hook {name} "$@"

        """.ReplaceLineEndings("\n");

    /// <summary>A whole hook file that then runs the one which was there before.</summary>
    public static string Chain(string name) => $"""
        #!/bin/sh
        {Mark} {Purpose(name)}, then runs the hook that was here before. Restore that with: git writeopt uninstall
        if command -v git-writeopt >/dev/null 2>&1; then git-writeopt hook {name} "$@" </dev/null || exit; fi
        before=$(dirname "$0")/{name}{Kept}
        if [ -x "$before" ]; then exec "$before" "$@"; fi

        """.ReplaceLineEndings("\n");

    /// <summary>The line that calls us from another shell script; without a line end.</summary>
    public static string Line(string name) =>
        $"if command -v git-writeopt >/dev/null 2>&1; then git-writeopt hook {name} \"$@\" </dev/null || exit; fi "
        + $"{Mark} remove this line with: git writeopt uninstall";

    /// <summary>The command for tools that run one through a shell.</summary>
    /// <param name="name">The hook.</param>
    /// <param name="arguments">What stands for git's arguments; empty where the tool adds them at the end.</param>
    public static string Command(string name, string arguments) =>
        $"command -v git-writeopt >/dev/null 2>&1 || exit 0; git-writeopt hook {name}{(arguments.Length == 0 ? "" : " " + arguments)}";

    private static string Purpose(string name) => name switch
    {
        PreCommit => "saves index and worktree, and says what a commit lacks",
        PostMerge => "learns from what was merged, and says whose work it touches",
        _ => "says whose work the new files touch",
    };
}
