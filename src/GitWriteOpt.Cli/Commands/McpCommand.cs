using System.CommandLine;
using GitWriteOpt.Cli.Mcp;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt mcp</c>: a Model Context Protocol server on standard input and output.</summary>
internal static class McpCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var repositories = new Argument<string[]>("repository")
        {
            Description = "The repositories to serve; else the one that this runs in",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("mcp", "Serve the Model Context Protocol on standard input and output") { repositories };
        command.SetAction(parsed =>
        {
            var named = parsed.GetValue(repositories) is { Length: > 0 } given ? given : ["."];
            var roots = new List<string>();
            foreach (var name in named)
            {
                using var writer = Writer.Open(Path.GetFullPath(Path.Combine(invocation.Directory, name)));
                roots.Add(writer.Layout.WorktreeRoot);
            }

            ProtocolServer.Run([.. roots.Distinct()], CommonOptions.VersionAndCommit().Version);
            return ExitCode.Done;
        });
        return command;
    }
}
