using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>What rules of validation see of a worktree, whether for a batch or for a check alone.</summary>
internal sealed class CheckedWorktree(TransactionContext context, WorktreeReader worktree, Lazy<IndexReader> index)
{
    /// <summary>The files of a plan; a moved one is compared with what it was at its old path.</summary>
    internal static IReadOnlyList<CheckedFile> Files(IReadOnlyList<PlannedChange> changes)
    {
        var before = changes.Any(c => c.RenamedFrom is not null) ? changes.ToDictionary(c => c.Path, c => c.Before) : [];
        return [.. changes.Select(c => c.RenamedFrom is { } from
            ? new CheckedFile(c.Path, before.GetValueOrDefault(from, c.Before), c.After) { RenamedFrom = from }
            : new CheckedFile(c.Path, c.Before, c.After))];
    }

    /// <summary>What is validated, with the worktree around it.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cache">What is known already.</param>
    /// <param name="read">What is at any other path; null for what the worktree has there.</param>
    internal CheckSubject Subject(IReadOnlyList<CheckedFile> files, ResultCache cache, Func<RepoPath, PathState>? read = null) => new()
    {
        Layout = context.Layout,
        Config = context.Config,
        Files = files,
        Read = read ?? Look,
        Holds = read is null ? Holds : null,
        Tracked = () => [.. index.Value.Entries().Where(e => e is { Stage: 0, IsGitlink: false } && IsSafe(e.Path))
            .Select(e => (RepoPath.Parse(e.Path), e.Id))],
        Hash = content => ObjectHash.OfBlob(content, context.Layout.ObjectFormat),
        Cache = cache,
    };

    /// <summary>What is at a path, as far as it has content to look at: a rule that looks around refuses nothing.</summary>
    internal PathState Look(RepoPath path)
    {
        try
        {
            return worktree.ReadUnlessLinked(path).State;
        }
        catch (RefusedException)
        {
            return PathState.Nothing; // a FIFO, a nested repository, a link's target that is no text
        }
    }

    // As above, and nothing is read for it.
    private bool Holds(RepoPath path)
    {
        try
        {
            return worktree.Directories.ParentUnlessLinked(path)?.Look(path.Name).Kind is FileKind.File or FileKind.Link;
        }
        catch (RefusedException)
        {
            return false;
        }
    }

    private static bool IsSafe(string path) => !path.Contains('\ufffd', StringComparison.Ordinal) && PathRules.Objection(path) is null;
}
