using System.Text.Json;
using System.Text.Json.Serialization;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to plan.</summary>
internal sealed record PlanAnswer(
    string Operation, int Files, string Strategy, double EstimatedSeconds, string Risk,
    IReadOnlyList<PlanStep> Sequence, PlanRollback Rollback, IReadOnlyList<string> Dependencies,
    IReadOnlyList<PlanGroup> Groups, IReadOnlyList<PlanDecision> Decisions)
{
    /// <summary>Fallbacks and other things worth knowing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Operations that would mend links of documents which the batch's moves break; empty with <c>--fix-links</c>.</summary>
    public IReadOnlyList<JsonElement> LinkFixes { get; init; } = [];

    /// <summary>Of a plan.</summary>
    public static PlanAnswer Of(WritePlan plan) => new(plan.Message, plan.Changes.Count, Spelling.Of(plan.Strategy),
        plan.EstimatedSeconds, Spelling.Of(plan.Risk),
        Steps(plan),
        new PlanRollback("refs/writeopt/tx/<id>", "git writeopt rollback <id>"),
        [.. plan.Dependencies.Select(d => d.Value)],
        [.. plan.Groups.Select(g => new PlanGroup(Spelling.Of(g.Reason), [.. g.Paths.Select(p => p.Value)], g.Parallel))],
        plan.Decisions)
    {
        Warnings = plan.Warnings,
        LinkFixes = [.. plan.LinkFixes.Select(f => Json(f.Operation))],
    };

    private static JsonElement Json(Operations.Operation operation)
    {
        using var document = JsonDocument.Parse(OperationText.Of(operation));
        return document.RootElement.Clone();
    }

    private static IReadOnlyList<PlanStep> Steps(WritePlan plan) =>
    [
        .. PlanDocument.Sequence(plan).Select(step => new PlanStep(Spelling.Of(step.Step), step.Text)
        {
            Writes = step.Step is SequenceStep.AtomicExecution
                ? [.. plan.Changes.Select(c => new PlannedWrite(c.Path.Value, Spelling.Of(c.Kind), c.RenamedFrom?.Value))]
                : null,
        }),
    ];
}

/// <summary>One of the five steps of the document's execution sequence.</summary>
/// <param name="Step">Its name: <c>pre-validation</c> to <c>cleanup</c>.</param>
/// <param name="Does">What it will do here.</param>
internal sealed record PlanStep(string Step, string Does)
{
    /// <summary>Of the execution: the writes, in the order of the swap.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlannedWrite>? Writes { get; init; }
}

/// <summary>One write: its place in the array is its place in the swap.</summary>
internal sealed record PlannedWrite(string Path, string Change, string? From)
{
    /// <summary>The workflow step that the path tells: implementation, testing, documentation.</summary>
    public string Step => WorkflowSteps.NameOf(WorkflowSteps.Of(Path));
}

/// <summary>Where the backup will be (the id is given out when the batch is applied) and how to go back to it.</summary>
internal sealed record PlanRollback(string Backup, string Command);

/// <summary>Paths that are written together.</summary>
internal sealed record PlanGroup(string Reason, IReadOnlyList<string> Paths, bool Parallel);
