using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Retention;
using GitWriteOpt.Sessions;
using GitWriteOpt.Sharing;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Sandbox;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Diagnosis;

/// <summary>What the configuration says to us: unknown and unreadable keys, remotes that would publish hidden refs.</summary>
internal static class ConfigurationChecks
{
    internal static readonly string[] Known =
    [
        RetentionPolicy.DaysKey, RetentionPolicy.CountKey, RetentionPolicy.BytesKey, RetentionPolicy.AutoKey,
        SurveyLimits.FileKey, SurveyLimits.TotalKey, SurveyLimits.IncludeKey, ProtectedPaths.Key, "writeopt.agent.budget",
        VerifyCommand.Key, VerifyCommand.AfterKey, VerifyCommand.TimeoutKey, SandboxTree.LinkKey,
        "writeopt.agent.expect", "writeopt.agent.validate", .. RuleTable.All.Select(rule => RuleTable.Key(rule.Name)),
        IsolatedWorktree.LinkKey, IsolatedWorktree.DirectoryKey, SecretNames.Key, ShareNamespace.UserKey,
        LeasePolicies.Key, LockTimeout.Key, CommitPolicies.Key, "writeopt.hook.limit", BackgroundLearning.Key, Learning.Key,
    ];

    // Settings that make a program run: a repository's own configuration may have them, and nobody reads them there (I10).
    private static readonly string[] Trusted = [VerifyCommand.Key, VerifyCommand.AfterKey, VerifyCommand.TimeoutKey, SandboxTree.LinkKey];

    /// <summary>Looks.</summary>
    internal static IEnumerable<Finding> Run(GitConfig config)
    {
        var rules = new Lazy<HashSet<string>>(() => [.. RuleTable.For(config).Select(rule => RuleTable.Key(rule.Name))]);
        foreach (var key in config.Keys("writeopt.").Where(k => !Known.Any(n => Same(n, k)) && !IsOfCheck(k, rules)))
        {
            var nearest = Known.MinBy(name => Distance(name, key))!;
            yield return new Finding(FindingSeverity.Warning, "unknown-key", $"the configuration has {key}, which nothing reads")
            {
                Path = key,
                Suggestion = Distance(nearest, key) <= 4 ? $"did you mean {nearest}?" : $"git config --show-origin --get-all {key}",
            };
        }

        foreach (var key in config.Keys("writeopt.").Where(k => (Trusted.Any(n => Same(n, k)) || IsOfChecker(k))
            && config.All(k).All(e => e.Scope is ConfigScope.Local or ConfigScope.Worktree)))
        {
            yield return new Finding(FindingSeverity.Warning, "untrusted-key",
                $"{key} decides what is run, so it is not read from a repository's own configuration")
            {
                Path = key,
                Suggestion = $"git config --global {key} <value> makes it yours",
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
            VerifyCommand.Of(null, config, VerifyCommand.Key, new CallerEnvironment([]));
            VerifyCommand.Of(null, config, VerifyCommand.AfterKey, new CallerEnvironment([]));
            foreach (var rule in RuleTable.For(config))
            {
                new RuleSettings(config).Of(rule.Info);
            }

            LeasePolicies.Of(config);
            LockTimeout.Of(config);
            CommitPolicies.Of(config.Get(CommitPolicies.Key));
            config.GetBool(BackgroundLearning.Key, whereNotSet: true);
            config.GetBool(RetentionPolicy.AutoKey, whereNotSet: true);
            return null;
        }
        catch (UsageException cause)
        {
            return cause.Error;
        }
    }

    private static bool IsOfCheck(string key, Lazy<HashSet<string>> rules) =>
        key.StartsWith(RuleTable.Key(""), StringComparison.Ordinal) && (IsOfChecker(key) || rules.Value.Contains(key));

    private static bool IsOfChecker(string key) => key.StartsWith(RuleTable.Key(""), StringComparison.Ordinal)
        && (key.EndsWith(".command", StringComparison.Ordinal) || key.EndsWith(".glob", StringComparison.Ordinal));

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
