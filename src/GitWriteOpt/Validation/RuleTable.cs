namespace GitWriteOpt.Validation;

/// <summary>Every rule, in the order in which the documentation lists them.</summary>
internal static class RuleTable
{
    /// <summary>The rules. Made when validation first runs, never before.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new JsonSyntax(),
    ];

    /// <summary>The rules that answer at once.</summary>
    public static IReadOnlyList<Rule> AtOnce { get; } = [.. All.Where(rule => !rule.TakesTime)];

    /// <summary>The setting of a rule.</summary>
    public static string Key(string rule) => $"writeopt.check.{rule}";
}
