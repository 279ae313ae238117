namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>What a scenario's repository is.</summary>
public enum RepositoryKind
{
    /// <summary>An ordinary one.</summary>
    Plain,

    /// <summary>One with sha256 object names.</summary>
    Sha256,

    /// <summary>A linked worktree of one.</summary>
    Linked,
}
