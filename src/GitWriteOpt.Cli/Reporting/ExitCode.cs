namespace GitWriteOpt.Cli.Reporting;

/// <summary>The exit codes that scripts rely on.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing had to change.</summary>
    public const int Done = 0;

    /// <summary>Nothing was changed.</summary>
    public const int Refused = 1;

    /// <summary>Usage, unreadable input, not a repository: nothing was changed.</summary>
    public const int Usage = 2;

    /// <summary>It failed half-way; the worktree is as it was.</summary>
    public const int RolledBack = 3;

    /// <summary>A person is needed.</summary>
    public const int Attention = 4;

    /// <summary>Some groups were applied.</summary>
    public const int Partial = 5;

    /// <summary>Whoever read our output went away: what a shell reports for SIGPIPE.</summary>
    public const int BrokenPipe = 141;

    /// <summary>A deliberate denial of an agent's tool call.</summary>
    public const int AgentDenial = 2;

    /// <summary>The code of an outcome.</summary>
    public static int Of(WriteState state) => state switch
    {
        WriteState.Applied or WriteState.Unchanged or WriteState.Planned => Done,
        WriteState.Partial => Partial,
        WriteState.RolledBack => RolledBack,
        WriteState.Attention => Attention,
        _ => Refused,
    };
}
