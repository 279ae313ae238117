using GitWriteOpt.Paths;

namespace GitWriteOpt.Retention;

/// <summary>What to forget: one transaction with all that it wrote and replaced, or paths.</summary>
public sealed record ForgetRequest
{
    /// <summary>A transaction: id, unique prefix or suffix, <c>@</c> or <c>@~n</c>; null where paths are named.</summary>
    public string? Transaction { get; init; }

    /// <summary>Files, and directories with all below them.</summary>
    public IReadOnlyList<RepoPath> Paths { get; init; } = [];

    /// <summary>Changes nothing.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How it ended.</summary>
public enum ForgetState
{
    /// <summary>No ref of ours holds it any more.</summary>
    Done,

    /// <summary>No ref of ours held it.</summary>
    Unchanged,

    /// <summary>A dry run.</summary>
    Planned,
}

/// <summary>One thing that remains to be done by a person: we never touch files, commits or remotes of the user's.</summary>
/// <param name="Code">A stable name: prune, worktree, index, refs, reflog, shared, remote, search, rotate.</param>
/// <param name="Message">What and where.</param>
/// <param name="Command">The command that helps, or null.</param>
public sealed record RemainingStep(string Code, string Message, string? Command = null);

/// <summary>The answer to forget.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Removed">Refs that went, and folded transactions as <c>refs/writeopt/folded:id</c>.</param>
/// <param name="Rewritten">Those that stay without the forgotten paths.</param>
/// <param name="Paths">The paths that were taken out somewhere, in byte order.</param>
/// <param name="Blobs">The blobs that no ref of ours reaches any more, hex.</param>
/// <param name="Remaining">What remains to be done.</param>
public sealed record ForgetOutcome(
    ForgetState State, IReadOnlyList<string> Removed, IReadOnlyList<string> Rewritten, IReadOnlyList<string> Paths,
    IReadOnlyList<string> Blobs, IReadOnlyList<RemainingStep> Remaining);
