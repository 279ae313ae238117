using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>
/// How long a writer waits for another one. A slow disk or a busy machine may want more than the usual half minute, as
/// <c>core.filesRefLockTimeout</c> is there for git's own locks.
/// </summary>
internal static class LockTimeout
{
    /// <summary>The setting, in seconds; 0 does not wait.</summary>
    internal const string Key = "writeopt.lockTimeout";

    private const long Usual = 30;
    private const long Most = 1_000_000; // eleven days; a wait handle takes no more than 24

    /// <summary>The configured time, half a minute where there is none.</summary>
    /// <exception cref="UsageException">It is no number of seconds.</exception>
    internal static TimeSpan Of(GitConfig config)
    {
        if (config.Get(Key) is not { } text)
        {
            return TimeSpan.FromSeconds(Usual);
        }

        return ConfigValue.TryNumber(text, out var seconds) && seconds is >= 0 and <= Most
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
                $"the configuration has {Key} = \"{text}\"; expected a number of seconds from 0 to {Most}")
            {
                Suggestion = $"git config --show-origin --get-all {Key}",
            });
    }
}
