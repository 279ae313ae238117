using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>What lies in the worktree and not in the index, as git sees it.</summary>
/// <param name="Files">Files and links that no ignore rule names, and those that are wanted all the same.</param>
/// <param name="NestedRepositories">Directories that are repositories of their own, without a slash at the end.</param>
internal sealed record UntrackedFiles(IReadOnlyList<string> Files, IReadOnlyList<string> NestedRepositories)
{
    /// <summary>Lists them through git, which knows the ignore rules best.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="wanted">
    /// Patterns as in <c>.gitignore</c> of files that are listed though they are ignored, where the directory that they
    /// lie in is not.
    /// </param>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    public static UntrackedFiles List(RepositoryLayout layout, IReadOnlyList<string> wanted)
    {
        // Patterns of the command line outrank the files'. A directory that is ignored as a whole is never entered.
        var answer = new GitProcess(layout).Run(
            ["ls-files", "-z", "--others", "--exclude-standard", .. wanted.Select(pattern => "--exclude=!" + pattern)]);
        var found = Encoding.UTF8.GetString(answer.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return new UntrackedFiles(
            [.. found.Where(path => !path.EndsWith('/'))],
            [.. found.Where(path => path.EndsWith('/')).Select(path => path.TrimEnd('/'))]);
    }
}
