using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// Whether a gc is due after a transaction: many packs or a large one, and none for a day. Costs nothing before there are
/// many: the number of packs is known from the list that the transaction was written to.
/// </summary>
internal static class AutomaticUpkeep
{
    private const int ManyPacks = 50;
    private const long LargePack = 100L << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Whether it is; if so the next ones see that this one has seen to it.</summary>
    /// <param name="context">The repository.</param>
    /// <param name="packsListed">How many packs our list has.</param>
    /// <param name="packBytes">How large the transaction's pack is.</param>
    internal static bool IsDue(TransactionContext context, int packsListed, long packBytes)
    {
        if ((packsListed < ManyPacks && packBytes <= LargePack)
            || context.Time.GetUtcNow() - File.GetLastWriteTimeUtc(context.State.UpkeepStamp) < Interval
            || !context.Config.GetBool(RetentionPolicy.AutoKey, whereNotSet: true))
        {
            return false;
        }

        try
        {
            File.WriteAllText(context.State.UpkeepStamp, "");
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false; // the transaction is done; a gc by hand will say what is wrong
        }
    }
}
