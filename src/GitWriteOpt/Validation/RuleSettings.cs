using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation;

/// <summary>
/// The severity of each rule: <c>writeopt.check.&lt;rule&gt;=error|warn|off</c>, else the rule's default. Any scope may
/// say so: a severity makes nothing run that would not run without it.
/// </summary>
internal sealed class RuleSettings(GitConfig config)
{
    /// <summary>The severity of a rule; null is off.</summary>
    /// <exception cref="UsageException">The configuration has another word.</exception>
    public CheckSeverity? Of(RuleInfo rule) => config.Get(RuleTable.Key(rule.Name)) switch
    {
        null => rule.Default,
        "error" => CheckSeverity.Error,
        "warn" => CheckSeverity.Warning,
        "off" => null,
        var other => throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
            $"the configuration has {RuleTable.Key(rule.Name)} = \"{other}\"; expected error, warn or off")
        {
            Suggestion = $"git config --show-origin --get-all {RuleTable.Key(rule.Name)}",
        }),
    };
}
