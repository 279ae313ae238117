using System.Globalization;
using System.Text;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>What a workflow can be exported as.</summary>
public enum WorkflowExportFormat
{
    /// <summary>A subagent of Claude Code: <c>.claude/agents/&lt;name&gt;.md</c>.</summary>
    ClaudeAgent,

    /// <summary>An agent skill: <c>&lt;name&gt;/SKILL.md</c>.</summary>
    Skill,

    /// <summary>A section of <c>AGENTS.md</c>; that file has no front matter.</summary>
    AgentsMd,
}

/// <summary>Writes a workflow as instructions for an agent, with the front matter that its host reads.</summary>
internal static class WorkflowExport
{
    // What the specification of agent skills allows.
    private const int LongestDescription = 1024;

    /// <summary>The document.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="format">For whom.</param>
    /// <param name="parameters">The parameters of a template, by its name.</param>
    internal static string Of(Workflow workflow, WorkflowExportFormat format, Func<string, IReadOnlyList<string>> parameters)
    {
        var text = new StringBuilder();
        var heading = format == WorkflowExportFormat.AgentsMd ? "##" : "#";
        if (format != WorkflowExportFormat.AgentsMd)
        {
            text.Append("---\nname: ").Append(workflow.Name).Append("\ndescription: ").Append(Quoted(Description(workflow))).Append('\n');
            if (format == WorkflowExportFormat.ClaudeAgent)
            {
                text.Append("tools: Read, Write, Edit, Glob, Grep, Bash\n");
            }

            text.Append("---\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{heading} {workflow.Name}\n\nThis repository's history has these steps one after another "
            + $"{workflow.Support} times. Replayed over newer commits, the next step followed {workflow.Replayed.Held} of {workflow.Replayed.Chances} times.\n\n");
        for (var i = 0; i < workflow.Steps.Count; i++)
        {
            Step(workflow.Steps[i], i + 1, parameters, text);
        }

        text.Append("\nDo the steps in this order, each as one commit. Leave out a step only where it has nothing to do, and say so.\n");
        if (workflow.Steps.Any(s => s.Template is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"`git writeopt workflow run {workflow.Name} <parameter>=<value>... --dry-run` shows what the templates write, ")
                .Append("without it they are written as one transaction.\n");
        }

        foreach (var example in workflow.Examples)
        {
            text.Append("\nAn example: ").AppendJoin(", then ", example.Commits.Select(c => $"`git show {c}`")).Append(".\n");
        }

        return text.ToString();
    }

    private static void Step(WorkflowStep step, int number, Func<string, IReadOnlyList<string>> parameters, StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{number}. ");
        if (step.Template is { } template)
        {
            text.Append(CultureInfo.InvariantCulture, $"Make what the template `{template}` makes: `git writeopt template new {template}");
            foreach (var parameter in parameters(template))
            {
                text.Append(CultureInfo.InvariantCulture, $" {parameter}=...");
            }

            text.Append('`');
        }
        else
        {
            text.Append(Sentence(step.Roles[0]));
        }

        for (var i = 1; i < step.Roles.Count; i++)
        {
            text.Append(i == 1 ? "; mostly also " : ", ").Append(Small(step.Roles[i]));
        }

        text.Append(".\n");
    }

    private static string Sentence(WorkflowRole role) => role.Change == WorkflowRole.Add ? $"Add `{role.Path}`" : $"Change `{role.Path}`";

    private static string Small(WorkflowRole role) => $"{role.Change} `{role.Path}`";

    private static string Description(Workflow workflow)
    {
        var text = $"Follows a sequence of changes that this repository makes again and again: {string.Join("; then ", workflow.Steps.Select(s => s.Roles[0]))}. "
            + $"Use it when the first step is asked for, so that the later ones are not forgotten.";
        return text.Length <= LongestDescription ? text : text[..LongestDescription];
    }

    // A scalar of YAML between double quotes, on one line.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? " " : c.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
