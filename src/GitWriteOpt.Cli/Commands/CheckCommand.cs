using System.CommandLine;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Commands;

/// <summary>How findings are printed.</summary>
internal enum CheckFormat
{
    /// <summary>As compilers do.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>SARIF 2.1.0.</summary>
    Sarif,
}

/// <summary><c>git writeopt check</c>: validation alone.</summary>
internal static class CheckCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Files and directories of the worktree; without any, what differs from HEAD",
        };
        var staged = new Option<bool>("--staged") { Description = "What the index has other than HEAD" };
        var batch = new Option<string?>("--batch")
        {
            Description = "What a batch would write (a file, or - for standard input)",
            HelpName = "file",
        };
        var rules = new Option<bool>("--rules") { Description = "List the rules, their defaults and what is configured" };
        var format = SharedArguments.OneOf("--format", CheckFormat.Text, "How findings are printed");
        var command = new Command("check", "Validate files, the index or a batch; change nothing") { paths, staged, batch, rules, format };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var wanted = invocation.Json ? CheckFormat.Json : Spelling.Parse<CheckFormat>(parsed.GetValue(format)!);
            if (parsed.GetValue(rules))
            {
                return CheckReport.PrintRules(writer.CheckRules(), invocation, wanted);
            }

            var request = Request(parsed.GetValue(paths) ?? [], parsed.GetValue(staged), parsed.GetValue(batch), invocation, writer);
            return CheckReport.Print(writer.Check(request), writer, invocation, wanted);
        });
        return command;
    }

    private static CheckRequest Request(string[] paths, bool staged, string? batch, Invocation invocation, Writer writer)
    {
        if ((paths.Length > 0 ? 1 : 0) + (staged ? 1 : 0) + (batch is null ? 0 : 1) > 1)
        {
            throw UsageErrors.Of("check-what", "paths, --staged and --batch name different things to check", "give one of them");
        }

        return batch is not null ? new CheckRequest.OfBatch(BatchInput.Read([batch], BatchFormat.Auto, null, invocation, writer))
            : staged ? new CheckRequest.Staged()
            : paths.Length > 0 ? new CheckRequest.Files(Pathspecs.ResolveOrRoot(paths, invocation.Directory, writer.Layout.WorktreeRoot))
            : new CheckRequest.Changes();
    }
}
