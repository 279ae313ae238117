using GitWriteOpt.ObjectStore;
using GitWriteOpt.Validation.Checkers;

namespace GitWriteOpt.Validation;

/// <summary>Every rule, in the order in which the documentation lists them.</summary>
internal static class RuleTable
{
    /// <summary>The rules. Made when validation first runs, never before.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new JsonSyntax(),
    ];

    /// <summary>The rules together with the checkers of other programs, those that the configuration adds among them.</summary>
    /// <exception cref="Errors.UsageException">The configuration of a checker cannot be read.</exception>
    public static IReadOnlyList<Rule> For(GitConfig config) =>
        [.. All, .. ConfiguredCheckers.Of(config).Select(checker => new CheckerRule(checker))];

    /// <summary>The setting of a rule.</summary>
    public static string Key(string rule) => $"writeopt.check.{rule}";
}
