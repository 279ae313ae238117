namespace GitWriteOpt.Cli.Running;

/// <summary>What becomes of the writes of a command that failed.</summary>
internal enum FailurePolicy
{
    /// <summary>A person decides; where there is no terminal, they are kept.</summary>
    Ask,

    /// <summary>They are rolled back.</summary>
    Rollback,

    /// <summary>They are kept.</summary>
    Keep,
}
