using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>YAML that YamlDotNet's parser does not accept.</summary>
internal sealed class YamlSyntax() : ParsedSyntax(
    new RuleInfo("yaml-syntax", ErrorCategory.Format, CheckSeverity.Error, "YAML that cannot be read; a key that a mapping has twice is a warning") { Version = 2 }, "YAML")
{
    private static readonly string[] Endings = [".yml", ".yaml", ".cff", ".clang-format", ".clang-tidy", ".yamllint"];

    /// <inheritdoc/>
    protected override string? Kind(RepoPath path) =>
        Array.Exists(Endings, ending => path.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? "yaml" : null;
}
