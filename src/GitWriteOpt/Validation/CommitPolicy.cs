using GitWriteOpt.Errors;

namespace GitWriteOpt.Validation;

/// <summary>What the pre-commit hook does with what it finds.</summary>
public enum CommitPolicy
{
    /// <summary>It tells, and in a terminal asks; the commit is made.</summary>
    Tell,

    /// <summary>As <see cref="Tell"/>, but a file with an error keeps the commit from being made.</summary>
    Strict,

    /// <summary>Nothing at all.</summary>
    Off,
}

/// <summary>The setting of the pre-commit hook.</summary>
public static class CommitPolicies
{
    /// <summary>Its key.</summary>
    public const string Key = "writeopt.preCommit";

    /// <summary>What a value says; null is <see cref="CommitPolicy.Tell"/>.</summary>
    /// <exception cref="UsageException"><c>bad-config-value</c>: it is none.</exception>
    public static CommitPolicy Of(string? value) => value?.ToUpperInvariant() switch
    {
        null or "TELL" => CommitPolicy.Tell,
        "STRICT" => CommitPolicy.Strict,
        "OFF" => CommitPolicy.Off,
        _ => throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
            $"the configuration has {Key} = \"{value}\"; expected tell, strict or off")
        {
            Suggestion = $"git config {Key} tell",
        }),
    };
}
