using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>What shall be validated. A closed family.</summary>
public abstract record CheckRequest
{
    private CheckRequest()
    {
    }

    /// <summary>Files of the worktree that differ from HEAD, untracked ones that are not ignored included.</summary>
    public sealed record Changes : CheckRequest;

    /// <summary>
    /// Files of the worktree, whether they differ or not; a directory stands for the tracked files below it and the untracked
    /// ones that are not ignored.
    /// </summary>
    /// <param name="Names">The paths; null among them is the worktree's root.</param>
    public sealed record Files(IReadOnlyList<RepoPath?> Names) : CheckRequest;

    /// <summary>What the index has other than HEAD.</summary>
    public sealed record Staged : CheckRequest;

    /// <summary>What a batch would write.</summary>
    /// <param name="Writes">The batch.</param>
    public sealed record OfBatch(Batch Writes) : CheckRequest;
}
