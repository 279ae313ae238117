using System.IO.Enumeration;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>What of the untracked files a survey takes in. Tracked files are always taken.</summary>
/// <param name="FileBytes">The largest untracked file.</param>
/// <param name="TotalBytes">All untracked files together.</param>
/// <param name="Private">Names of files that are taken though they are ignored, and that are never shared.</param>
internal sealed record SurveyLimits(long FileBytes, long TotalBytes, IReadOnlyList<string> Private)
{
    /// <summary>The user's own ignore file (<c>core.excludesFile</c>) as it is configured; null for git's usual one.</summary>
    internal string? ExcludesFile { get; init; }

    /// <summary>The setting of the largest untracked file.</summary>
    internal const string FileKey = "writeopt.snapshot.maxFileSize";

    /// <summary>The setting of all untracked files together.</summary>
    internal const string TotalKey = "writeopt.snapshot.maxTotalSize";

    /// <summary>The setting of the names that are taken though they are ignored.</summary>
    internal const string IncludeKey = "writeopt.snapshot.include";

    private const long DefaultFileBytes = 10L << 20;
    private const long DefaultTotalBytes = 1L << 30;

    /// <summary>The names that are taken though they are ignored where nothing is configured.</summary>
    private static readonly string[] DefaultPrivate = [".env*", "*.local", "*.sqlite"];

    /// <summary>
    /// The configured limits: <c>writeopt.snapshot.maxFileSize</c>, <c>.maxTotalSize</c> (bytes, or with k, m, g) and
    /// <c>.include</c> (may be given several times; an empty one clears the list).
    /// </summary>
    /// <exception cref="Errors.UsageException">A size cannot be read.</exception>
    internal static SurveyLimits Of(GitConfig config)
    {
        var given = config.All(IncludeKey);
        var names = given.Count == 0 ? [.. DefaultPrivate] : new List<string>();
        foreach (var value in given.Select(entry => entry.Value ?? ""))
        {
            if (value.Length == 0)
            {
                names.Clear();
            }
            else
            {
                names.Add(value.Contains('/', StringComparison.Ordinal) ? throw Bad(IncludeKey, value,
                    "is a path, where the name of a file is wanted (* stands for anything)", "*.local") : value);
            }
        }

        return new SurveyLimits(Size(config, FileKey, DefaultFileBytes),
            Size(config, TotalKey, DefaultTotalBytes), names)
        {
            ExcludesFile = config.Get("core.excludesFile"),
        };
    }

    /// <summary>Whether a file is one of those that are never shared.</summary>
    internal bool IsPrivate(string path) => Private.Any(pattern =>
        FileSystemName.MatchesSimpleExpression(pattern, path.AsSpan(path.LastIndexOf('/') + 1), ignoreCase: false));

    private static long Size(GitConfig config, string key, long otherwise)
    {
        if (config.Get(key) is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return ConfigValue.TryNumber(text, out var number) && number >= 0
            ? number
            : throw Bad(key, text, "is no size", "10m");
    }

    private static Errors.UsageException Bad(string key, string value, string what, string example) =>
        new(new Errors.WriteError(Errors.ErrorCategory.Usage, "bad-configuration", $"{key} is \"{value}\", which {what}")
        {
            Suggestion = $"git config {key} \"{example}\"",
        });
}
