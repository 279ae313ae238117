using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>NDJSON: every line that is not blank is a JSON value.</summary>
internal sealed class JsonLines() : SyntaxRule(new RuleInfo("ndjson-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "a line of a .jsonl or .ndjson file that is not JSON") { Version = 2 })
{
    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) => EndsWith(path.Name, ".jsonl", ".ndjson") ? "ndjson" : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var rest = TextPosition.Trim(bytes.Span);
        for (var line = 1; !rest.IsEmpty; line++)
        {
            var end = rest.IndexOf((byte)'\n');
            var one = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (one.IndexOfAnyExcept(" \t\r"u8) >= 0 && JsonReading.Objection(one, lenient: false) is { } cause)
            {
                return [new Sighting(path, $"expected a JSON value on each line: {JsonReading.Words(cause)}", line,
                    (int?)cause.BytePositionInLine + 1)];
            }
        }

        return [];
    }
}
