using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>TOML that Tomlyn does not accept.</summary>
internal sealed class TomlSyntax() : ParsedSyntax(
    new RuleInfo("toml-syntax", ErrorCategory.Format, CheckSeverity.Error, "TOML that cannot be read, keys that are given twice included") { Version = 2 }, "TOML")
{
    private static readonly HashSet<string> LockFiles = new(StringComparer.Ordinal)
    {
        "Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile", "Gopkg.lock",
    };

    /// <inheritdoc/>
    protected override string? Kind(RepoPath path) =>
        path.Name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) || LockFiles.Contains(path.Name) ? "toml" : null;
}
