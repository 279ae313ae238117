using GitWriteOpt.ObjectStore;
using GitWriteOpt.Validation.Checkers;
using GitWriteOpt.Validation.Imports;
using GitWriteOpt.Validation.Rules.Parsed;
using GitWriteOpt.Validation.Rules.Repository;
using GitWriteOpt.Validation.Rules.Secrets;
using GitWriteOpt.Validation.Rules.Syntax;
using GitWriteOpt.Validation.Rules.Text;

namespace GitWriteOpt.Validation;

/// <summary>Every rule, in the order in which the documentation lists them.</summary>
internal static class RuleTable
{
    /// <summary>The rules. Made when validation first runs, never before.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        new JsonSyntax(),
        new JsonLines(),
        new Notebook(),
        new YamlSyntax(),
        new TomlSyntax(),
        new XmlSyntax(),
        new IniSyntax(),
        new CSharpSyntax(),
        new DockerfileSyntax(),
        new DiffSyntax(),
        new DuplicateKeys(),
        new IgnorePatterns(),
        new AttributeLines(),
        new ConflictMarkers(),
        new SecretRule(),
        new Encodings(),
        new ByteOrderMark(),
        new LineEnds(),
        new Whitespace(),
        new LargeFile(),
        new BinaryFile(),
        new IgnoredFile(),
        new ImportMissing(),
        new ImportedDeleted(),
        new ManifestMissing(),
        new LockNotUpdated(),
    ];

    /// <summary>The rules that answer at once.</summary>
    public static IReadOnlyList<Rule> AtOnce { get; } = [.. All.Where(rule => !rule.TakesTime)];

    /// <summary>The rules together with the checkers, which are other programs: ours, and those that the configuration adds.</summary>
    /// <exception cref="Errors.UsageException">The configuration of a checker cannot be read.</exception>
    public static IReadOnlyList<Rule> For(GitConfig config) =>
        [.. All, .. ConfiguredCheckers.Of(config).Select(checker => new CheckerRule(checker))];

    /// <summary>The setting of a rule.</summary>
    public static string Key(string rule) => $"writeopt.check.{rule}";
}
