using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>
/// JSON that no reader would accept. Comments and trailing commas pass where the file's own readers take them, and are a
/// warning where nobody knows.
/// </summary>
internal sealed class JsonSyntax() : SyntaxRule(new RuleInfo("json-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "JSON that cannot be read (comments and trailing commas pass where the file's readers take them)") { Version = 2 })
{
    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) =>
        JsonNames.Of(path) is { } dialect ? dialect + (JsonNames.MayBeOther(path) ? "*" : "") : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var text = TextPosition.Trim(bytes.Span);
        var first = text.TrimStart(" \t\r\n"u8);
        if (dialect.EndsWith('*') && !first.StartsWith("{"u8))
        {
            return [];
        }

        dialect = dialect.TrimEnd('*');
        var lenient = dialect == JsonNames.WithComments;
        if (JsonReading.Objection(text, lenient) is not { } cause)
        {
            return [];
        }

        if (first.IsEmpty)
        {
            return lenient ? [] : [new Sighting(path, "expected JSON, the file is empty", 1, 1) { Unsure = true }];
        }

        var found = Found(path, cause, $"expected {(lenient ? "JSON with comments" : "JSON")}: {JsonReading.Words(cause)}");
        return dialect == JsonNames.Either && JsonReading.Objection(text, lenient: true) is null
            ? [found with { Unsure = true, Suggestion = "leave comments and trailing commas out, unless all that read this file take them" }]
            : [found];
    }

    // Texts of JSON often hold placeholders: a directive counts where the quotes before it in its line are paired.
    /// <inheritdoc/>
    protected override bool IsTemplate(ReadOnlySpan<byte> bytes)
    {
        foreach (var range in bytes.Split((byte)'\n'))
        {
            var line = bytes[range];
            var at = line.IndexOf("{{"u8) is var mustache and >= 0 ? mustache : line.IndexOf("{%"u8) is var jinja and >= 0 ? jinja : line.IndexOf("<%"u8);
            if (at >= 0 && line[..at].Count((byte)'"') % 2 == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static Sighting Found(RepoPath path, JsonException cause, string message) =>
        new(path, message, (int?)cause.LineNumber + 1, (int?)cause.BytePositionInLine + 1);
}
