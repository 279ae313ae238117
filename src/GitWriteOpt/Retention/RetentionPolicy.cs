using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Retention;

/// <summary>What is kept: by age, by number, within a byte budget.</summary>
/// <param name="KeepDays">Younger ones are kept, in days.</param>
/// <param name="KeepCount">The newest of each worktree are kept, and keep a ref of their own.</param>
/// <param name="MaxBytes">What all of them together may cost on disk; the oldest go beyond it.</param>
public sealed record RetentionPolicy(int KeepDays, int KeepCount, long MaxBytes)
{
    /// <summary>Configures <see cref="KeepDays"/>.</summary>
    public const string DaysKey = "writeopt.gc.keepDays";

    /// <summary>Configures <see cref="KeepCount"/>.</summary>
    public const string CountKey = "writeopt.gc.keepCount";

    /// <summary>Configures <see cref="MaxBytes"/>.</summary>
    public const string BytesKey = "writeopt.gc.maxBytes";

    /// <summary>Turns the automatic gc off.</summary>
    public const string AutoKey = "writeopt.gc.auto";

    /// <summary>The policy where nothing is configured: 30 days, 200 transactions, 2 GiB.</summary>
    public static RetentionPolicy Standard { get; } = new(30, 200, 2L << 30);

    /// <summary>What is configured, with a request's own values before it.</summary>
    /// <exception cref="UsageException">A value is no number, or negative.</exception>
    internal static RetentionPolicy Of(GitConfig config, GcRequest request) => new(
        request.KeepDays ?? (int)Number(config, DaysKey, Standard.KeepDays, int.MaxValue),
        request.KeepCount ?? (int)Number(config, CountKey, Standard.KeepCount, int.MaxValue),
        request.MaxBytes ?? Number(config, BytesKey, Standard.MaxBytes, long.MaxValue));

    private static long Number(GitConfig config, string key, long standard, long most)
    {
        if (config.Get(key) is not { } text)
        {
            return standard;
        }

        return ConfigValue.TryNumber(text, out var value) && value >= 0 && value <= most ? value
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
                $"the configuration has {key} = \"{text}\"; expected a whole number that is not negative (k, m and g multiply)")
            {
                Suggestion = $"git config --show-origin --get-all {key}",
            });
    }
}
