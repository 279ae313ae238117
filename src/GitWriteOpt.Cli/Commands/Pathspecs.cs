using GitWriteOpt.Paths;

namespace GitWriteOpt.Cli.Commands;

/// <summary>Paths on the command line: after <c>--</c>, relative to the current directory, plain files or directories.</summary>
internal static class Pathspecs
{
    /// <summary>
    /// Splits the arguments at the first <c>--</c>. The parser would hand the words behind it to the command's positional
    /// arguments, so that <c>undo -- a.txt</c> would take a path for an id. Commands that take no paths keep them.
    /// </summary>
    public static (string[] Words, string[] Paths) Split(string[] arguments, string? command) =>
        command is "diff" or "rollback" or "undo" or "restore" or "recover" or "rescue"
            && Array.IndexOf(arguments, "--") is var at and >= 0
                ? (arguments[..at], arguments[(at + 1)..])
                : (arguments, []);

    /// <summary>The same paths relative to the worktree's root.</summary>
    /// <exception cref="Errors.RefusedException">One lies outside the worktree or is unsafe.</exception>
    public static IReadOnlyList<RepoPath> Resolve(IReadOnlyList<string> raw, string directory, string worktreeRoot)
    {
        if (raw.Count == 0)
        {
            return [];
        }

        var here = WithoutLinks(directory);
        return [.. raw.Select(path => One(path, here, worktreeRoot))];
    }

    /// <summary>As <see cref="Resolve"/>; the worktree's root itself is null.</summary>
    /// <exception cref="Errors.RefusedException">One lies outside the worktree or is unsafe.</exception>
    public static IReadOnlyList<RepoPath?> ResolveOrRoot(IReadOnlyList<string> raw, string directory, string worktreeRoot)
    {
        var here = WithoutLinks(directory);
        return [.. raw.Select(path => Full(path, here) == worktreeRoot ? null : One(path, here, worktreeRoot))];
    }

    private static string Full(string raw, string here) =>
        Path.GetFullPath(Path.Combine(here, raw)).TrimEnd('/', Path.DirectorySeparatorChar);

    private static RepoPath One(string raw, string here, string worktreeRoot)
    {
        if (raw.Length == 0)
        {
            throw UsageErrors.Of("empty-path", "an empty path was given after --");
        }

        var full = Full(raw, here);
        return full == worktreeRoot
            ? throw UsageErrors.Of("whole-worktree", $"\"{raw}\" is the whole worktree",
                "leave the paths out to mean all of the transaction's")
            : RepoPath.Parse(full, worktreeRoot);
    }

    // The layout's root has its links resolved; a current directory that was reached through one has to match it.
    private static string WithoutLinks(string directory)
    {
        var path = Path.GetPathRoot(directory) ?? "/";
        foreach (var part in directory[path.Length..].Split(Path.DirectorySeparatorChar,
            StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(path, part));
            path = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
                ? WithoutLinks(target)
                : next.FullName;
        }

        return path;
    }
}
