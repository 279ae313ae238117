using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The slower or poorer ways that a repository or its file system can force, as sentences for <c>warnings</c>; and the one
/// thing there is no other way for: a backup. Without one nothing is written (I2).
/// </summary>
public static class Fallbacks
{
    /// <summary>The warning that the batch was made durable file by file, since the file systems' syncfs is not relied on.</summary>
    public const string EachFileSynced =
        "syncfs is not known to be reliable on these file systems; each file was made durable by itself";

    /// <summary>What is known before the swap; that files could not be exchanged shows in the swap alone.</summary>
    internal static IEnumerable<string> Of(TransactionContext context, Barriers barriers)
    {
        if (barriers.EachFile && OperatingSystem.IsLinux())
        {
            yield return EachFileSynced;
        }

        if (!context.Layout.RefsAreFiles)
        {
            yield return "the refs are not plain files here; git itself wrote ours, which takes longer";
        }

        if (Identity.Of(context.Config) is { IsFallback: true } identity)
        {
            yield return $"user.name or user.email is not set; the transaction was recorded as {identity}";
        }
    }

    /// <summary>Does a part of the backup; a failure says that nothing was written, and what can be done without us.</summary>
    /// <exception cref="StoreException">The object store did not take it; with the cause's category and code.</exception>
    internal static T RefuseWithoutBackup<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (StoreException cause)
        {
            throw new StoreException(WithoutBackup(cause.Error), cause);
        }
    }

    /// <summary>The error of a repository that takes no backup.</summary>
    internal static WriteError WithoutBackup(WriteError cause) => cause with
    {
        Message = $"no backup can be made, so nothing was written: {cause.Message}",
        Suggestion = (cause.Suggestion is null ? "" : cause.Suggestion + "; ")
            + "to write without a backup use ordinary commands (for a diff: git apply <diff>)",
    };
}
