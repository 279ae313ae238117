using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>
/// The table of checkers as a person extended it: <c>writeopt.check.&lt;name&gt;.command</c> and <c>.glob</c>, of system,
/// global and command scope alone (I10). A repository's own configuration can switch a checker off and nothing else.
/// </summary>
internal static class ConfiguredCheckers
{
    private const string Prefix = "writeopt.check.";
    private const string Command = ".command";
    private const string Glob = ".glob";

    /// <summary>The checkers of the table and of the configuration.</summary>
    /// <exception cref="UsageException">A command cannot be split into words, or has no files to be asked about.</exception>
    public static IEnumerable<Checker> Of(GitConfig config)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in config.Keys(Prefix))
        {
            if ((key.EndsWith(Command, StringComparison.Ordinal) || key.EndsWith(Glob, StringComparison.Ordinal))
                && key[Prefix.Length..key.LastIndexOf('.')] is { Length: > 0 } name)
            {
                names.Add(name);
            }
        }

        foreach (var checker in CheckerTable.All)
        {
            yield return names.Remove(checker.Info.Name) ? Extended(checker, config) : checker;
        }

        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            if (config.GetTrusted(Prefix + name + Command) is { } command)
            {
                var globs = Globs(config, name);
                yield return new Checker(new RuleInfo(name, ErrorCategory.Format, CheckSeverity.Error, $"{command} fails on it"),
                    name, globs.Count > 0 ? globs : throw Bad(name + Glob, "", "the names of the files, as in *.tf"), [Call(name, command)])
                {
                    IsConfigured = true,
                };
            }
        }
    }

    private static Checker Extended(Checker checker, GitConfig config)
    {
        var name = checker.Info.Name;
        checker = checker with { Globs = [.. checker.Globs, .. Globs(config, name)] };
        return config.GetTrusted(Prefix + name + Command) is { } command
            ? checker with { Attempts = [Call(name, command)] } : checker;
    }

    private static List<string> Globs(GitConfig config, string name) =>
    [
        .. config.All(Prefix + name + Glob).Where(e => e.Scope is not (ConfigScope.Local or ConfigScope.Worktree))
            .SelectMany(e => (e.Value ?? "").Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static ToolCall Call(string name, string command) => CommandWords.Split(command) is [var program, .. var arguments]
        ? new ToolCall([program], arguments, ToolReadings.Configured)
        : throw Bad(name + Command, command, "a program and its arguments; quotes must be closed");

    private static UsageException Bad(string key, string value, string expected) => new(new WriteError(ErrorCategory.Usage,
        "bad-config-value", $"the configuration has {Prefix}{key} = \"{value}\"; expected {expected}")
    {
        Suggestion = $"git config --show-origin --get-all {Prefix}{key}",
    });
}
