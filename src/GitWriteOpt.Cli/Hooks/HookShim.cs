namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// The texts that we put into a hooks directory: a whole file where there was none, one line where somebody else's shell
/// script is. Both do nothing where the binary is missing. The files in <c>hooks/</c> of the source tree are the same.
/// </summary>
internal static class HookShim
{
    /// <summary>git's name.</summary>
    public const string PreCommit = "pre-commit";

    /// <summary>git's name.</summary>
    public const string PostMerge = "post-merge";

    /// <summary>What makes a file or a line ours.</summary>
    public const string Mark = "# git writeopt:";

    /// <summary>The hooks that we have.</summary>
    public static IReadOnlyList<string> Names { get; } = [PreCommit, PostMerge];

    /// <summary>A whole hook file.</summary>
    public static string File(string name) => $"""
        #!/bin/sh
        {Mark} says where a transaction was cut off. Remove it with: git writeopt uninstall
        command -v git-writeopt >/dev/null 2>&1 || exit 0
        exec git-writeopt hook {name} "$@"

        """.ReplaceLineEndings("\n");

    /// <summary>The line that calls us from another shell script; without a line end.</summary>
    public static string Line(string name) =>
        $"if command -v git-writeopt >/dev/null 2>&1; then git-writeopt hook {name} \"$@\" </dev/null || exit; fi "
        + $"{Mark} remove this line with: git writeopt uninstall";
}
