using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>TOML that Tomlyn does not accept, keys that are given twice included: TOML forbids them.</summary>
internal sealed class TomlSyntax() : SyntaxRule(new RuleInfo("toml-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "TOML that cannot be read, keys that are given twice included"))
{
    private static readonly HashSet<string> LockFiles = new(StringComparer.Ordinal)
    {
        "Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock", "Pipfile", "Gopkg.lock",
    };

    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) =>
        EndsWith(path.Name, ".toml") || LockFiles.Contains(path.Name) ? "toml" : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        if (Nesting.IsTooDeep(bytes.Span))
        {
            return [];
        }

        var document = SyntaxParser.Parse(Encoding.UTF8.GetString(TextPosition.Trim(bytes.Span)), path.Value, validate: true);
        if (!document.HasErrors)
        {
            return [];
        }

        var first = document.Diagnostics.First(d => d.Kind == DiagnosticMessageKind.Error);
        var (line, column) = TextPosition.OfCharacter(bytes.Span, first.Span.Start.Line + 1, first.Span.Start.Column);
        return [new Sighting(path, $"expected TOML: {first.Message.TrimEnd('.', ' ')}", line, column)];
    }
}
