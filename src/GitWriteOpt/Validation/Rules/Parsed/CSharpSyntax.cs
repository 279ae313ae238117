using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>C# that Roslyn's parser does not accept.</summary>
internal sealed class CSharpSyntax() : ParsedSyntax(
    new RuleInfo("csharp-syntax", ErrorCategory.Format, CheckSeverity.Error, "C# that cannot be parsed") { Version = 2 }, "C#")
{
    /// <inheritdoc/>
    protected override string? Kind(RepoPath path) => path.Name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? "cs"
        : path.Name.EndsWith(".csx", StringComparison.OrdinalIgnoreCase) ? "csx" : null;

    // "{{" is an interpolated string's brace, "<%" a text; a template has another name (.tt, .scriban).
    /// <inheritdoc/>
    protected override bool IsTemplate(ReadOnlySpan<byte> bytes) => false;

    // Tests are code like any other; data of theirs is not.
    /// <inheritdoc/>
    protected override bool MayBeMeant(RepoPath path) => path.Ancestors().Any(a => IsData(a.Name));

    private static bool IsData(string name) => name.Contains("fixture", StringComparison.OrdinalIgnoreCase)
        || name.Contains("testdata", StringComparison.OrdinalIgnoreCase) || name.Contains("testcases", StringComparison.OrdinalIgnoreCase)
        || name.Contains("resources", StringComparison.OrdinalIgnoreCase) || name.Contains("templates", StringComparison.OrdinalIgnoreCase);
}
