using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Patterns.Templates.Exports;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt template</c>: groups of files that are made in one shape.</summary>
internal static class TemplateCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var nul = NulList.Option("names");
        var list = new Command("list", "List the templates") { nul };
        list.SetAction(parsed => parsed.GetValue(nul) && !invocation.Json ? NulList.Print(invocation.OpenLearning().Templates().Select(t => t.Name), invocation)
            : TemplateReport.List(invocation.OpenLearning(), invocation));
        var command = new Command("template", "List, use, make, export and drop templates that were learned")
        {
            list,
            WithName("show", "Show what a template makes", name => TemplateReport.Show(invocation.OpenLearning(), name, invocation)),
            New(invocation),
            Extract(invocation),
            Export(invocation),
            Import(invocation),
            WithName("drop", "Forget a template", name => TemplateReport.Done("Dropped", invocation.OpenLearning().DropTemplate(name), invocation)),
        };
        command.SetAction(_ => TemplateReport.List(invocation.OpenLearning(), invocation));
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The template, as the list names it" };

    private static Command WithName(string verb, string description, Func<string, int> run)
    {
        var name = Name();
        var command = new Command(verb, description) { name };
        command.SetAction(parsed => run(parsed.GetValue(name)!));
        return command;
    }

    private static Command New(Invocation invocation)
    {
        var name = Name();
        var parameters = new Argument<string[]>("parameter") { Description = "Values: <parameter>=<value>" };
        var dryRun = SharedArguments.DryRun();
        var stage = new Option<bool>("--stage") { Description = "Update the index entries of the written paths too" };
        var message = new Option<string?>("--message", "-m") { Description = "Replaces the transaction's own message", HelpName = "text" };
        var session = new Option<string?>("--session") { Description = "The session that it belongs to (else WRITEOPT_SESSION)", HelpName = "id" };
        var durability = SharedArguments.DurabilityLevel();
        var command = new Command("new", "Make what a template makes, as one transaction")
        {
            name, parameters, dryRun, stage, message, session, durability,
        };
        command.SetAction(parsed =>
        {
            var given = TemplateParameters.Parse(parsed.GetValue(parameters) ?? []);
            var template = parsed.GetValue(name)!;
            TemplateParameters.Ask(invocation.OpenLearning().FindTemplate(template), given, invocation);
            var text = $"{Planner.TemplateMessage}{template}: {string.Join(", ", given.Select(g => $"{g.Key}={g.Value}"))}";
            var batch = new Batch(text, [new Operation.Template(template, given)]) { Format = Planner.TemplateFormat };
            var outcome = invocation.Open().Apply(batch, new ApplyOptions
            {
                DryRun = parsed.GetValue(dryRun),
                Stage = parsed.GetValue(stage),
                Message = parsed.GetValue(message),
                Session = parsed.GetValue(session) ?? SessionOfEnvironment.Current(),
                Durability = Spelling.Parse<Durability>(parsed.GetValue(durability)!),
            });
            return OutcomeReport.Print(outcome, invocation, "Applied", "apply");
        });
        return command;
    }

    private static Command Extract(Invocation invocation)
    {
        var paths = new Argument<string[]>("path") { Description = "Files of one thing, or of one shape", Arity = ArgumentArity.ZeroOrMore };
        var name = new Option<string?>("--name") { Description = "The template's name", HelpName = "name" };
        var transaction = new Option<string?>("--transaction")
        {
            Description = "Take the new files of a transaction that are of one shape, as apply does where it finds three",
            HelpName = "id",
        };
        var command = new Command("extract", "Make a template of files that are there") { paths, name, transaction };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(transaction) is { } id)
            {
                var commit = parsed.GetValue(paths) is { Length: > 0 } ? throw UsageErrors.Of("conflicting-options", "--transaction says which files; give no paths")
                    : invocation.Open().Find(id).Commit;
                return TemplateReport.Extracted(invocation.OpenLearning().ExtractNew(commit), invocation);
            }

            if (parsed.GetValue(paths) is not { Length: > 0 })
            {
                throw UsageErrors.Of("no-paths", "extract needs the files that a template is made of", "git writeopt template extract <path>...");
            }

            var learning = invocation.OpenLearning();
            var root = learning.Layout.IsBare ? throw UsageErrors.Of("bare-repository", "a bare repository has no files to extract from")
                : learning.Layout.WorktreeRoot;
            var files = Pathspecs.Resolve(parsed.GetValue(paths)!, invocation.Directory, root)
                .Select(path => (path.Value, Text: TemplateParameters.Read(Path.Combine(root, path.Value), path.Value))).ToList();
            return TemplateReport.Done("Extracted", learning.Extract(files, parsed.GetValue(name)), invocation);
        });
        return command;
    }

    private static Command Export(Invocation invocation)
    {
        var name = Name();
        var format = SharedArguments.OneOf("--format", ExportFormat.Native, "The tool that it is for");
        var output = new Option<string?>("--output", "-o") { Description = "Where the files go; else native is printed, others go into the worktree", HelpName = "dir" };
        var command = new Command("export", "Give a template to another tool or repository") { name, format, output };
        command.SetAction(parsed =>
        {
            var kind = Spelling.Parse<ExportFormat>(parsed.GetValue(format)!);
            var template = invocation.OpenLearning().FindTemplate(parsed.GetValue(name)!);
            var files = Learning.Export(template, kind);
            if (kind == ExportFormat.Cookiecutter && template.Registry.Count > 0)
            {
                Diagnostics.Note($"cookiecutter cannot add lines to files: {string.Join(", ", template.Registry.Select(r => r.Path))} will not get theirs");
            }

            if (parsed.GetValue(output) is { } directory)
            {
                return TemplateReport.Exported(TemplateParameters.Write(files, Path.GetFullPath(directory, invocation.Directory)), invocation);
            }

            if (kind == ExportFormat.Native)
            {
                invocation.Screen.Text(files[0].Text);
                return ExitCode.Done;
            }

            var writer = invocation.Open();
            var batch = new Batch($"Export the template {template.Name} for {Spelling.Of(kind)}",
                [.. files.Select(f => new Operation.Write(GitWriteOpt.Paths.RepoPath.Parse(f.Path), Content.Of(f.Text)) { Expect = new Expectation.Absent() })]);
            return OutcomeReport.Print(writer.Apply(batch, new ApplyOptions { Session = SessionOfEnvironment.Current() }), invocation, "Applied", "apply");
        });
        return command;
    }

    private static Command Import(Invocation invocation)
    {
        var file = new Argument<string>("file") { Description = "What export --format native wrote; - for standard input" };
        var command = new Command("import", "Take over a template of another repository; it is inert until it is named") { file };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(file)!;
            var text = name == "-" ? new StreamReader(Console.OpenStandardInput()).ReadToEnd()
                : TemplateParameters.Read(Path.GetFullPath(name, invocation.Directory), name);
            return TemplateReport.Done("Imported", invocation.OpenLearning().Import(System.Text.Encoding.UTF8.GetBytes(text)), invocation);
        });
        return command;
    }
}
