namespace GitWriteOpt.Transactions;

/// <summary>How a recovery ended.</summary>
public enum RecoveryState
{
    /// <summary>There was nothing to recover.</summary>
    Clean,

    /// <summary>Done.</summary>
    Recovered,

    /// <summary>Something was rescued or could not be decided: a person should look.</summary>
    Attention,
}

/// <summary>Which way a transaction that was cut off went.</summary>
public enum RecoveryDirection
{
    /// <summary>The before state stands again.</summary>
    Back,

    /// <summary>The after state stands.</summary>
    Forward,
}

/// <summary>One transaction that was recovered.</summary>
public sealed record RecoveredTransaction(string Transaction, RecoveryDirection Direction, int Files, string Message);

/// <summary>Content that was kept because something else is at its path, or would have been lost.</summary>
/// <param name="Path">The path.</param>
/// <param name="Ref">The full name of the rescue ref.</param>
/// <param name="Reason">One sentence.</param>
public sealed record RescuedPath(string Path, string Ref, string Reason);

/// <summary>The answer to recover.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Recovered">What was recovered, oldest first.</param>
/// <param name="Rescued">What was kept.</param>
/// <param name="Warnings">What else is worth knowing, foreign journals for example.</param>
public sealed record RecoveryOutcome(
    RecoveryState State, IReadOnlyList<RecoveredTransaction> Recovered, IReadOnlyList<RescuedPath> Rescued,
    IReadOnlyList<string> Warnings);

/// <summary>How to recover.</summary>
/// <param name="Direction">Which way; null finishes forward what is complete and takes back the rest.</param>
/// <param name="DryRun">Says what would be done.</param>
/// <param name="Paths">These paths alone (pathspecs are resolved by the caller); empty for all.</param>
public sealed record RecoverRequest(
    RecoveryDirection? Direction = null, bool DryRun = false, IReadOnlyList<string>? Paths = null);
