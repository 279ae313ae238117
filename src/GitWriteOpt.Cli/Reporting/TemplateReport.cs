using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A template in a list.</summary>
internal sealed record TemplateAnswer(string Name, string State, string Source, int Version, IReadOnlyList<string> Parameters,
    IReadOnlyList<string> Files, IReadOnlyList<string> Registry, int Instances, double? Survived)
{
    /// <summary>Of a template.</summary>
    public static TemplateAnswer Of(Template template, double? survived) => new(template.Name, template.State, template.Source, template.Version,
        [.. template.Parameters.Select(p => p.Name)], [.. template.Files.Select(f => f.Path)],
        [.. template.Registry.Select(r => r.Path).Distinct()], template.Instances.Count, survived);
}

/// <summary>The answers to <c>template</c>.</summary>
internal static class TemplateReport
{
    /// <summary>All templates.</summary>
    public static int List(Learning learning, Invocation invocation)
    {
        List<TemplateAnswer> all = [.. learning.Templates().Select(t => TemplateAnswer.Of(t, learning.Survived(t.Name)))];
        if (invocation.Json)
        {
            JsonReport.Print(invocation, all, AnswerJson.Default.TemplatesAnswer);
            return ExitCode.Done;
        }

        if (all.Count == 0)
        {
            invocation.Screen.Line("No templates: git writeopt learn finds files that are made in one shape at least three times");
            return ExitCode.Done;
        }

        invocation.Screen.Table(["template", "state", "parameters", "files", "lines in", "instances", "survived"], all.Select(t => new Piece[]
        {
            new(t.Name, Tone.Id), t.State, string.Join(' ', t.Parameters), string.Join(' ', t.Files), string.Join(' ', t.Registry),
            t.Instances.ToString(CultureInfo.InvariantCulture), t.Survived?.ToString("P0", CultureInfo.InvariantCulture) ?? "-",
        }));
        return ExitCode.Done;
    }

    /// <summary>One template, whole.</summary>
    public static int Show(Learning learning, string name, Invocation invocation)
    {
        var template = learning.FindTemplate(name);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, template, AnswerJson.Default.Template);
            return ExitCode.Done;
        }

        var screen = invocation.Screen;
        screen.Line(new Piece(template.Name, Tone.Id), $"  version {template.Version}, {template.State}, from {template.Source}");
        foreach (var parameter in template.Parameters)
        {
            screen.Line($"  {parameter.Name}: {parameter.Kind}{(parameter.Examples.Count > 0 ? $", as {string.Join(", ", parameter.Examples)}" : "")}");
        }

        foreach (var instance in template.Instances)
        {
            screen.Line(new Piece($"  {instance.Id} {instance.Name}: {string.Join(' ', instance.Paths)}", Tone.Faint));
        }

        foreach (var file in template.Files)
        {
            screen.Line(new Piece($"--- {file.Path}", Tone.Added));
            screen.Text(file.Text);
        }

        foreach (var registry in template.Registry)
        {
            screen.Line(new Piece($"+++ {registry.Path} ({registry.Order})", Tone.Modified));
            screen.Text(registry.Line);
        }

        return ExitCode.Done;
    }

    /// <summary>What was done with a template.</summary>
    public static int Done(string verb, Template template, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, template, AnswerJson.Default.Template);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line($"{verb} the template ", new Piece(template.Name, Tone.Id), $": {string.Join(' ', template.Files.Select(f => f.Path))}");
        }

        return ExitCode.Done;
    }

    /// <summary>What was extracted from a transaction.</summary>
    public static int Extracted(IReadOnlyList<Template> templates, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. templates.Select(t => TemplateAnswer.Of(t, null))], AnswerJson.Default.TemplatesAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line(templates.Count == 0 ? "No three new files of one shape that no template makes yet"
                : $"Extracted {string.Join(", ", templates.Select(t => t.Name))}");
        }

        return ExitCode.Done;
    }

    /// <summary>The files of an export.</summary>
    public static int Exported(IReadOnlyList<string> paths, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, paths, AnswerJson.Default.PathsAnswer);
        }
        else if (!invocation.Quiet)
        {
            foreach (var path in paths)
            {
                invocation.Screen.Line($"wrote {path}");
            }
        }

        return ExitCode.Done;
    }
}
