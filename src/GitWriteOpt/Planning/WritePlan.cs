using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>How a batch is carried out; see <c>StrategyTable</c> for when.</summary>
public enum WriteStrategy
{
    /// <summary>One group, all or nothing.</summary>
    Atomic,

    /// <summary>Several groups, staged side by side, all or nothing.</summary>
    Batch,

    /// <summary>From a template.</summary>
    Template,

    /// <summary>Small changes in large files.</summary>
    Incremental,
}

/// <summary>How much could go wrong; see <c>RiskTable</c> for why.</summary>
public enum WriteRisk
{
    /// <summary>Nothing of note.</summary>
    Low,

    /// <summary>Worth a look.</summary>
    Medium,

    /// <summary>Worth a review.</summary>
    High,
}

/// <summary>Why paths are in one group.</summary>
public enum GroupReason
{
    /// <summary>They lie in the same directory.</summary>
    Directory,

    /// <summary>One imports the other.</summary>
    Dependency,

    /// <summary>They came from one template.</summary>
    Template,

    /// <summary>Large files with small changes.</summary>
    Incremental,

    /// <summary>Configuration.</summary>
    Configuration,
}

/// <summary>Paths that can be written together.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Paths">In swap order.</param>
/// <param name="Parallel">Whether the group may be staged beside others.</param>
public sealed record WriteGroup(GroupReason Reason, IReadOnlyList<RepoPath> Paths, bool Parallel);

/// <summary>A directory and its permission bits.</summary>
public sealed record PlannedDirectory(RepoPath Path, int Permissions);

/// <summary>A decision of the planner, for the log: which row of which table fired, or the answer to a question.</summary>
/// <param name="Subject">What was decided: <c>strategy</c>, <c>risk</c>, <c>order</c>, <c>estimate</c>, or a path.</param>
/// <param name="Rule">The row's stable name.</param>
/// <param name="Text">One sentence.</param>
public sealed record PlanDecision(string Subject, string Rule, string Text);

/// <summary>An operation that cannot be carried out: the errors of <c>--partial</c>'s skipped groups.</summary>
/// <param name="Path">The path that stays as it is.</param>
/// <param name="Error">Why.</param>
public sealed record SkippedChange(RepoPath Path, WriteError Error);

/// <summary>
/// A batch, decided: what is at each path, what shall be there, in which order. Data only: making it changes nothing,
/// carrying it out decides nothing.
/// </summary>
public sealed record WritePlan
{
    // Below 32 files of usual cost, starting threads costs more than it saves: four times what makes groups worth it.
    internal const int ParallelFactor = 4;

    /// <summary>What the batch is for, one line or more.</summary>
    public required string Message { get; init; }

    /// <summary>Every path that changes, in swap order. Empty: there is nothing to do.</summary>
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>Directories that are not there and have to be made, outermost first.</summary>
    public IReadOnlyList<RepoPath> DirectoriesToMake { get; init; } = [];

    /// <summary>The permission bits of those that had some before, for a rollback; the others follow the umask.</summary>
    public IReadOnlyDictionary<RepoPath, int> DirectoryPermissions { get; init; } = new Dictionary<RepoPath, int>();

    /// <summary>Directories that lose their last entry and go, innermost first, with the bits to restore.</summary>
    public IReadOnlyList<PlannedDirectory> DirectoriesToRemove { get; init; } = [];

    /// <summary>Directories that are there and empty, and get filled: a rollback leaves them standing.</summary>
    public IReadOnlyList<PlannedDirectory> DirectoriesFilled { get; init; } = [];

    /// <summary>Paths that can be written together.</summary>
    public IReadOnlyList<WriteGroup> Groups { get; init; } = [];

    /// <summary>The number of files in the largest group.</summary>
    public int LargestGroup => Groups.Count == 0 ? 0 : Groups.Max(g => g.Paths.Count);

    /// <summary>How many groups may be staged beside others.</summary>
    public int ParallelGroups => Groups.Count(g => g.Parallel);

    /// <summary>How.</summary>
    public WriteStrategy Strategy { get; init; }

    /// <summary>From how many files on they are staged by several threads.</summary>
    public int ParallelFrom { get; init; } = StrategyTable.FilesForBatch * ParallelFactor;

    /// <summary>How dangerous.</summary>
    public WriteRisk Risk { get; init; }

    /// <summary>What it will take, in seconds, as far as recorded figures tell.</summary>
    public double EstimatedSeconds { get; init; }

    /// <summary>Files outside the batch that it affects.</summary>
    public IReadOnlyList<RepoPath> Dependencies { get; init; } = [];

    /// <summary>Why it is as it is.</summary>
    public IReadOnlyList<PlanDecision> Decisions { get; init; } = [];

    /// <summary>Those of <see cref="Decisions"/> that are about the plan as a whole: what its commit tells.</summary>
    public IReadOnlyList<PlanDecision> Reasons { get; init; } = [];

    /// <summary>What a person should know and need not act on.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Links of documents that the batch's moves break, with what mends them; looked for where a person reads the plan.</summary>
    public IReadOnlyList<LinkFix> LinkFixes { get; init; } = [];

    /// <summary>How many files validation looked at; 0 where nothing was validated.</summary>
    public int Checked { get; init; }

    /// <summary>How many of them it knew already.</summary>
    public int Cached { get; init; }

    /// <summary>With <c>--partial</c>: what was left out, and why.</summary>
    public IReadOnlyList<SkippedChange> Skipped { get; init; } = [];
}
