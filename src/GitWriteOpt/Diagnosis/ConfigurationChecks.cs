using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Sessions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Diagnosis;

/// <summary>What the configuration says to us: unknown and unreadable keys, remotes that would publish hidden refs.</summary>
internal static class ConfigurationChecks
{
    private static readonly string[] Known =
    [
        RetentionPolicy.DaysKey, RetentionPolicy.CountKey, RetentionPolicy.BytesKey, RetentionPolicy.AutoKey,
        SurveyLimits.FileKey, SurveyLimits.TotalKey, SurveyLimits.IncludeKey, ProtectedPaths.Key, "writeopt.agent.budget",
        "writeopt.agent.expect", "writeopt.agent.validate", LeasePolicies.Key,
    ];

    /// <summary>Looks.</summary>
    internal static IEnumerable<Finding> Run(GitConfig config)
    {
        foreach (var key in config.Keys("writeopt.").Where(k => !Known.Any(n => Same(n, k))))
        {
            var nearest = Known.MinBy(name => Distance(name, key))!;
            yield return new Finding(FindingSeverity.Warning, "unknown-key", $"the configuration has {key}, which nothing reads")
            {
                Path = key,
                Suggestion = Distance(nearest, key) <= 4 ? $"did you mean {nearest}?" : $"git config --show-origin --get-all {key}",
            };
        }

        if (BadValue(config) is { } bad)
        {
            yield return new Finding(FindingSeverity.Warning, bad.Code, bad.Message) { Suggestion = bad.Suggestion };
        }

        foreach (var mirror in MirrorRemotes.Of(config))
        {
            yield return new Finding(FindingSeverity.Warning, "mirror-remote",
                $"the remote {mirror.Remote} would publish or prune our hidden refs, which hold what was never committed ({mirror.Why})")
            {
                Path = $"remote.{mirror.Remote}",
                Suggestion = mirror.Remedy,
            };
        }
    }

    private static WriteError? BadValue(GitConfig config)
    {
        try
        {
            RetentionPolicy.Of(config, new GcRequest());
            SurveyLimits.Of(config);
            LeasePolicies.Of(config);
            config.GetBool(RetentionPolicy.AutoKey, whereNotSet: true);
            return null;
        }
        catch (UsageException cause)
        {
            return cause.Error;
        }
    }

    private static bool Same(string name, string key) => name.Equals(key, StringComparison.OrdinalIgnoreCase);

    // Levenshtein's distance, whatever the case.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
