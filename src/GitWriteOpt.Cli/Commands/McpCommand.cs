using System.CommandLine;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// <c>git writeopt mcp</c>: becomes <c>git-writeopt-mcp</c>, a program of its own, since what the protocol needs would make
/// every other command start later.
/// </summary>
internal static class McpCommand
{
    private const string Program = "git-writeopt-mcp";

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
            var program = CompanionProgram.Find(Program) ?? throw UsageErrors.Of("mcp-not-installed",
                $"the program {Program} is neither beside git-writeopt ({AppContext.BaseDirectory}) nor on PATH",
                "./install-hooks.sh in a clone of git writeopt installs both; dotnet tool install git-writeopt-mcp does, where "
                + "git-writeopt is a .NET tool");
            return ReplacedProcess.Become(program,
                [.. named.Select(name => Path.GetFullPath(Path.Combine(invocation.Directory, name)))]);
        });
        return command;
    }
}
