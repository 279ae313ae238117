using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Recovering;

/// <summary>What was asked of recover.</summary>
/// <param name="DryRun">Change nothing.</param>
internal sealed record RecoverWish(bool DryRun)
{
    /// <summary>Which way transactions go; null for what each needs.</summary>
    public RecoveryDirection? Direction { get; init; }

    /// <summary>The session, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The checkpoint that it goes back to, or null.</summary>
    public string? To { get; init; }

    /// <summary>Whether it is ended and all that it wrote kept.</summary>
    public bool Keep { get; init; }

    /// <summary>Whether what may be of others goes back too.</summary>
    public bool WithUnattributed { get; init; }
}
