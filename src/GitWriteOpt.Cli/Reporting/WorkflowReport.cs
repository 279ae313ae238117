using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A step of a workflow as JSON: its number, the template that makes it or null, what it does.</summary>
internal sealed record WorkflowStepAnswer(int Step, string? Template, IReadOnlyList<WorkflowRole> Roles);

/// <summary>A workflow as JSON; <c>precision</c> is held of chances in commits that it was not found in.</summary>
internal sealed record WorkflowAnswer(string Name, IReadOnlyList<WorkflowStepAnswer> Steps, int Support, int Chances, int Held, double Precision,
    IReadOnlyList<IReadOnlyList<string>> Examples)
{
    /// <summary>Of a workflow.</summary>
    public static WorkflowAnswer Of(Workflow workflow) => new(workflow.Name, StepsOf(workflow, _ => true), workflow.Support,
        workflow.Replayed.Chances, workflow.Replayed.Held, Math.Round(workflow.Replayed.Precision, 3), [.. workflow.Examples.Select(e => e.Commits)]);

    /// <summary>Some of its steps.</summary>
    public static IReadOnlyList<WorkflowStepAnswer> StepsOf(Workflow workflow, Func<WorkflowStep, bool> wanted)
    {
        var steps = new List<WorkflowStepAnswer>();
        for (var i = 0; i < workflow.Steps.Count; i++)
        {
            if (wanted(workflow.Steps[i]))
            {
                steps.Add(new WorkflowStepAnswer(i + 1, workflow.Steps[i].Template, workflow.Steps[i].Roles));
            }
        }

        return steps;
    }
}

/// <summary>The answer to <c>workflow list</c> as JSON.</summary>
internal sealed record WorkflowsAnswer(IReadOnlyList<WorkflowAnswer> Workflows, int Found, int Held);

/// <summary>The answers to <c>workflow</c>.</summary>
internal static class WorkflowReport
{
    /// <summary>Those that are offered, and how many were found.</summary>
    public static int List(WorkflowFindings findings, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new WorkflowsAnswer([.. findings.Offered.Select(WorkflowAnswer.Of)], findings.Candidates, findings.Offered.Count),
                AnswerJson.Default.WorkflowsAnswer);
            return ExitCode.Done;
        }

        invocation.Screen.Table(["workflow", "steps", "seen", "followed", "precision"], findings.Offered.Select(w => new Piece[]
        {
            new(w.Name, Tone.Id), string.Join("; then ", w.Steps.Select(s => s.Roles[0])), w.Support.ToString(CultureInfo.InvariantCulture),
            $"{w.Replayed.Held} of {w.Replayed.Chances}", w.Replayed.Precision.ToString("0.00", CultureInfo.InvariantCulture),
        }));
        if (!invocation.Quiet)
        {
            invocation.Screen.Line(new Piece(Summary(findings), Tone.Faint));
        }

        return ExitCode.Done;
    }

    /// <summary>One of them, whole.</summary>
    public static int Show(Workflow workflow, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, WorkflowAnswer.Of(workflow), AnswerJson.Default.WorkflowAnswer);
            return ExitCode.Done;
        }

        var screen = invocation.Screen;
        screen.Line(new Piece(workflow.Name, Tone.Id), $"  seen {workflow.Support} times; replayed, the next step followed ",
            $"{workflow.Replayed.Held} of {workflow.Replayed.Chances} times");
        for (var i = 0; i < workflow.Steps.Count; i++)
        {
            screen.Line($"  {i + 1}. {workflow.Steps[i].Roles[0]}", workflow.Steps[i].Roles.Count == 1 ? ""
                : new Piece($"; mostly also {string.Join(", ", workflow.Steps[i].Roles.Skip(1))}", Tone.Faint));
        }

        foreach (var example in workflow.Examples)
        {
            screen.Line(new Piece($"  as in {string.Join(", ", example.Commits)}", Tone.Faint));
        }

        return ExitCode.Done;
    }

    /// <summary>What running it wrote, and what is left to do by hand.</summary>
    public static int Ran(WriteOutcome outcome, Workflow workflow, Invocation invocation)
    {
        var remaining = WorkflowAnswer.StepsOf(workflow, s => s.Template is null);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, OutcomeAnswer.Of(outcome) with { Remaining = remaining }, AnswerJson.Default.OutcomeAnswer);
            return ExitCode.Of(outcome.State);
        }

        var exitCode = remaining.Count == workflow.Steps.Count ? ExitCode.Done : OutcomeReport.Print(outcome, invocation, "Applied", "apply");
        if (exitCode == ExitCode.Done && remaining.Count > 0)
        {
            invocation.Screen.Line(remaining.Count == workflow.Steps.Count ? "No step of it has a template: nothing was written; to be done:" : "What remains:");
            foreach (var step in remaining)
            {
                invocation.Screen.Line($"  {step.Step}. {string.Join(", ", step.Roles)}");
            }
        }

        return exitCode;
    }

    /// <summary>An export.</summary>
    public static int Exported(string text, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, text, AnswerJson.Default.String);
        }
        else
        {
            invocation.Screen.Text(text);
        }

        return ExitCode.Done;
    }

    private static string Summary(WorkflowFindings findings) => findings.Candidates == 0
        ? "No workflows: no sequence of commits of one person came often enough to be replayed"
        : $"{findings.Offered.Count} of {findings.Candidates} sequences that were found held in newer commits"
            + (findings.Offered.Count > 0 ? "" : findings.Chances == 0 ? ", so none is offered: their first steps were not made again"
                : $", so none is offered: the next step followed {findings.Held} of {findings.Chances} times");
}
