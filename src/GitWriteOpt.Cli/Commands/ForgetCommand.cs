using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Retention;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt forget</c>: takes a captured secret out of every ref of ours.</summary>
internal static class ForgetCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var id = SharedArguments.Id(required: false);
        var path = new Option<string[]>("--path")
        {
            Description = "A file or directory to forget wherever it was recorded; can be given several times",
            HelpName = "path",
        };
        var dryRun = SharedArguments.DryRun();
        var command = new Command("forget", "Remove a captured secret from everything that was recorded") { id, path, dryRun };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is null == (result.GetValue(path) is null or { Length: 0 }))
            {
                result.AddError("forget wants either an id or --path <path>");
            }
        });
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var outcome = writer.Forget(new ForgetRequest
            {
                Transaction = parsed.GetValue(id),
                Paths = Pathspecs.Resolve(parsed.GetValue(path) ?? [], invocation.Directory, writer.Layout.WorktreeRoot),
                DryRun = parsed.GetValue(dryRun),
            });
            return ForgetReport.Print(outcome, invocation);
        });
        return command;
    }
}
