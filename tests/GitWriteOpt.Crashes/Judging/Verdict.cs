namespace GitWriteOpt.Crashes.Judging;

/// <summary>Which of the two states a trial ended in.</summary>
public enum Ending
{
    /// <summary>As it was.</summary>
    Before,

    /// <summary>As the command should make it.</summary>
    After,

    /// <summary>Neither.</summary>
    Torn,
}

/// <summary>What is wrong after a trial.</summary>
public enum Harm
{
    /// <summary>The worktree or the index is neither as before nor as after.</summary>
    Torn,

    /// <summary>Bytes that were in the worktree or in the batch are in neither the worktree nor any ref.</summary>
    Lost,

    /// <summary><c>git fsck --strict</c> has something to say.</summary>
    Fsck,

    /// <summary>A lock cannot be taken, or the recovery did not succeed.</summary>
    Stuck,

    /// <summary>A temp of ours, a journal ref, or a witness is left after the recovery.</summary>
    Litter,

    /// <summary>The exit code says something else than the state.</summary>
    Lied,

    /// <summary>An exit code that the contract does not have for this.</summary>
    Code,

    /// <summary>An error without category, message, path or suggestion.</summary>
    Mute,

    /// <summary>The command hung, or broke off.</summary>
    Hung,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Harm">What.</param>
/// <param name="Detail">Where, and how it shows.</param>
public sealed record Finding(Harm Harm, string Detail);

/// <summary>What a trial came to.</summary>
/// <param name="Ending">The state it ended in.</param>
/// <param name="Findings">What is wrong; empty where all is well.</param>
public sealed record Verdict(Ending Ending, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Findings.Count == 0;
}
