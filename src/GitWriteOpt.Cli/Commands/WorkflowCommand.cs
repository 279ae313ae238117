using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Templates.Exports;
using GitWriteOpt.Patterns.Workflows;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt workflow</c>: commits that follow one another, as far as a replay of the history bears them out.</summary>
internal static class WorkflowCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var list = new Command("list", "List the workflows that held here");
        list.SetAction(_ => WorkflowReport.List(invocation.OpenLearning().Workflows(), invocation));
        var name = Name();
        var show = new Command("show", "Show the steps of a workflow, and where they come from") { name };
        show.SetAction(parsed => WorkflowReport.Show(invocation.OpenLearning().FindWorkflow(parsed.GetValue(name)!), invocation));
        var command = new Command("workflow", "List, show, run and export the workflows that were learned")
        {
            list, show, Run(invocation), Export(invocation),
        };
        command.SetAction(_ => WorkflowReport.List(invocation.OpenLearning().Workflows(), invocation));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The workflow, as the list names it" };

    private static Command Run(Invocation invocation)
    {
        var name = Name();
        var parameters = new Argument<string[]>("parameter") { Description = "Values for its templates: <parameter>=<value>" };
        var dryRun = SharedArguments.DryRun();
        var command = new Command("run", "Make what the templates of a workflow make, as one transaction, and list the steps that remain")
        {
            name, parameters, dryRun,
        };
        command.SetAction(parsed =>
        {
            var given = TemplateParameters.Parse(parsed.GetValue(parameters) ?? []);
            var learning = invocation.OpenLearning();
            var workflow = learning.FindWorkflow(parsed.GetValue(name)!);
            List<Template> templates = [.. workflow.Steps.Select(s => s.Template).OfType<string>().Distinct(StringComparer.Ordinal).Select(learning.FindTemplate)];
            if (templates.Count == 0)
            {
                return WorkflowReport.Ran(new WriteOutcome { State = WriteState.Unchanged }, workflow, invocation);
            }

            RefuseUnknown(workflow, templates, given);
            foreach (var template in templates)
            {
                TemplateParameters.Ask(template, given, invocation);
            }

            var text = $"Workflow {workflow.Name}: {string.Join(", ", given.Select(g => $"{g.Key}={g.Value}"))}";
            var batch = new Batch(text, [.. templates.Select(t => new Operation.Template(t.Name, Own(t, given)))]) { Format = Planner.TemplateFormat };
            var outcome = invocation.Open().Apply(batch, new ApplyOptions
            {
                DryRun = parsed.GetValue(dryRun),
                Step = workflow.Name,
                Session = SessionOfEnvironment.Current(),
            });
            return WorkflowReport.Ran(outcome, workflow, invocation);
        });
        return command;
    }

    private static Command Export(Invocation invocation)
    {
        var name = Name();
        var format = SharedArguments.OneOf("--as", WorkflowExportFormat.Skill,
            "What it becomes: a subagent of Claude Code, an agent skill, a section for AGENTS.md");
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The file, or a directory in which it gets the name that its host looks for; else it is printed",
            HelpName = "path",
        };
        var command = new Command("export", "Write a workflow as instructions for an agent") { name, format, output };
        command.SetAction(parsed =>
        {
            var learning = invocation.OpenLearning();
            var workflow = learning.FindWorkflow(parsed.GetValue(name)!);
            var kind = Spelling.Parse<WorkflowExportFormat>(parsed.GetValue(format)!);
            var text = learning.Export(workflow, kind);
            if (parsed.GetValue(output) is not { } target)
            {
                return WorkflowReport.Exported(text, invocation);
            }

            var path = Path.GetFullPath(target, invocation.Directory);
            var (directory, file) = target.EndsWith('/') || Directory.Exists(path) ? (path, FileOf(workflow, kind))
                : (Path.GetDirectoryName(path)!, Path.GetFileName(path));
            return TemplateReport.Exported(TemplateParameters.Write([new ExportedFile(file, text)], directory), invocation);
        });
        return command;
    }

    private static string FileOf(Workflow workflow, WorkflowExportFormat kind) => kind switch
    {
        WorkflowExportFormat.ClaudeAgent => workflow.Name + ".md",
        WorkflowExportFormat.Skill => workflow.Name + "/SKILL.md",
        _ => "AGENTS.md",
    };

    private static Dictionary<string, string> Own(Template template, Dictionary<string, string> given) =>
        given.Where(g => template.Parameters.Any(p => p.Name == g.Key)).ToDictionary(StringComparer.Ordinal);

    // Each template takes what it knows; what none of them knows is a mistake.
    private static void RefuseUnknown(Workflow workflow, List<Template> templates, Dictionary<string, string> given)
    {
        foreach (var key in given.Keys)
        {
            if (!templates.Exists(t => t.Parameters.Any(p => p.Name == key)))
            {
                throw UsageErrors.Of("unknown-parameter", $"no template of the workflow \"{workflow.Name}\" has a parameter \"{key}\"",
                    $"they have {string.Join(", ", templates.SelectMany(t => t.Parameters).Select(p => p.Name).Distinct(StringComparer.Ordinal))}");
            }
        }
    }
}
