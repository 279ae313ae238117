using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>JSON that no reader would accept; comments and trailing commas pass where the file's own readers take them.</summary>
internal sealed class JsonSyntax() : StateRule(new RuleInfo("json-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "a .json file is not JSON"))
{
    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => path.Value.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return [];
        }
        catch (JsonException cause)
        {
            return [new Sighting(path, "is not valid JSON", (int?)cause.LineNumber + 1, (int?)cause.BytePositionInLine + 1)];
        }
    }
}
