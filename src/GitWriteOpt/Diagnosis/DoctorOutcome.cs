namespace GitWriteOpt.Diagnosis;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Something should be done.</summary>
    Warning,

    /// <summary>Something is lost or does not work.</summary>
    Error,
}

/// <summary>One thing that doctor found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A stable kebab-case name.</param>
/// <param name="Message">What, where, and what it means.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Message)
{
    /// <summary>The file or ref, or null.</summary>
    public string? Path { get; init; }

    /// <summary>What to do, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Whether it is mended now (with a dry run: whether it would be).</summary>
    public bool Repaired { get; init; }
}

/// <summary>How an examination ended.</summary>
public enum DoctorState
{
    /// <summary>Nothing is wrong.</summary>
    Well,

    /// <summary>What was wrong is mended (with a dry run: could be).</summary>
    Repaired,

    /// <summary>Something remains for a person.</summary>
    Attention,
}

/// <summary>How to examine.</summary>
/// <param name="DryRun">Only say; change nothing.</param>
/// <param name="Full">Also read every byte of our packs and all folded transactions.</param>
public sealed record DoctorRequest(bool DryRun = false, bool Full = false);

/// <summary>The answer to doctor.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Findings">What was found.</param>
/// <param name="Ground">What the repository stands on.</param>
public sealed record DoctorOutcome(DoctorState State, IReadOnlyList<Finding> Findings, Ground Ground);

/// <summary>What the repository stands on, and which ways of ours follow from it.</summary>
public sealed record Ground
{
    /// <summary>git's version.</summary>
    public required string Git { get; init; }

    /// <summary>sha1 or sha256.</summary>
    public required string ObjectFormat { get; init; }

    /// <summary>files, or git where git alone may write refs.</summary>
    public required string RefBackend { get; init; }

    /// <summary>own, or git and why.</summary>
    public required string DiscoveredBy { get; init; }

    /// <summary>The worktree's file system, or null where the system does not tell.</summary>
    public string? WorktreeFileSystem { get; init; }

    /// <summary>The git directory's file system, or null where the system does not tell.</summary>
    public string? GitFileSystem { get; init; }

    /// <summary>Whether two names can be exchanged in one step; null where it was not tried (a dry run).</summary>
    public bool? Exchange { get; init; }

    /// <summary>Whether one <c>syncfs</c> stands for many syncs.</summary>
    public required bool Syncfs { get; init; }

    /// <summary><c>core.fileMode</c>.</summary>
    public required bool FileMode { get; init; }

    /// <summary><c>core.ignoreCase</c>.</summary>
    public required bool IgnoreCase { get; init; }

    /// <summary><c>core.precomposeUnicode</c>.</summary>
    public required bool PrecomposeUnicode { get; init; }

    /// <summary><c>core.sparseCheckout</c>.</summary>
    public required bool SparseCheckout { get; init; }

    /// <summary>Whether a remote promises objects that are not here.</summary>
    public required bool PartialClone { get; init; }

    /// <summary>The ways that are in use, and why, a sentence each.</summary>
    public required IReadOnlyList<string> Ways { get; init; }
}
