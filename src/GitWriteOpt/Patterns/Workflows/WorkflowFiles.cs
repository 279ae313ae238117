using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>
/// Workflows in the patterns' tree: <c>workflows/offered.jsonl</c>, a line each, and <c>workflows/figures.json</c>, how
/// many were found and what came of them all.
/// </summary>
internal static class WorkflowFiles
{
    private const string Offered = "workflows/offered.jsonl";
    private const string Figures = "workflows/figures.json";

    /// <summary>What was learned of workflows.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    internal static WorkflowFindings Read(PatternTree tree)
    {
        if (tree.TryRead(Figures) is not { } bytes)
        {
            return WorkflowFindings.Nothing;
        }

        var figures = JsonSerializer.Deserialize(bytes, WorkflowJson.Readable.WorkflowFigures) ?? throw Damaged(Figures);
        var workflows = new List<Workflow>();
        for (var rest = (tree.TryRead(Offered) ?? []).AsMemory(); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = JsonSerializer.Deserialize((end < 0 ? rest : rest[..end]).Span, WorkflowJson.Readable.Workflow);
            workflows.Add(line is { Name: not null, Steps.Count: > 1, Replayed: not null, Examples: not null }
                && line.Steps.All(s => s is { Roles.Count: > 0 } && s.Roles.All(r => r is { Change: not null, Path: not null }))
                ? line : throw Damaged(Offered));
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return new WorkflowFindings(workflows, figures.Candidates, figures.Chances, figures.Held);
    }

    /// <summary>The changes that write it.</summary>
    internal static void Write(WorkflowFindings findings, Dictionary<string, byte[]?> changes)
    {
        using var lines = new MemoryStream();
        foreach (var workflow in findings.Offered)
        {
            JsonSerializer.Serialize(lines, workflow, WorkflowJson.Readable.Workflow);
            lines.WriteByte((byte)'\n');
        }

        changes[Offered] = findings.Offered.Count == 0 ? null : lines.ToArray();
        changes[Figures] = [.. JsonSerializer.SerializeToUtf8Bytes(new WorkflowFigures(findings.Candidates, findings.Chances, findings.Held),
            WorkflowJson.Readable.WorkflowFigures), (byte)'\n'];
    }

    private static JsonException Damaged(string path) => new($"{path} lacks what it should have");
}

/// <summary>Of all workflows that were found: how many, how often the next step could follow, how often it did.</summary>
internal sealed record WorkflowFigures(int Candidates, int Chances, int Held);

/// <summary>How workflows become JSON, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Workflow))]
[JsonSerializable(typeof(WorkflowFigures))]
internal sealed partial class WorkflowJson : JsonSerializerContext
{
    /// <summary>With paths as they are.</summary>
    internal static WorkflowJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
