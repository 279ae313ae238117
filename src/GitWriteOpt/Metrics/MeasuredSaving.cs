namespace GitWriteOpt.Metrics;

/// <summary>What is saved by not making a number of transactions, by what those recorded in this worktree took.</summary>
/// <param name="Milliseconds">Wall time: what a transaction costs whatever it holds, for each that is not needed.</param>
/// <param name="Transactions">How many recorded ones that is reckoned from.</param>
public sealed record MeasuredSaving(double Milliseconds, int Transactions)
{
    /// <summary>With fewer recorded transactions nothing is said.</summary>
    public const int EnoughTransactions = 20;
}
