using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt log</c>: transactions, newest first.</summary>
internal static class LogCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var limit = new Option<int?>("-n", "--max-count")
        {
            Description = "At most <n> of them",
            HelpName = "n",
            CustomParser = Number,
        };
        var session = new Option<string?>("--session")
        {
            Description = "Only those of this session (without an id: of WRITEOPT_SESSION)",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "id",
        };
        var everywhere = new Option<bool>("--all-worktrees") { Description = "Also those of other worktrees" };
        var command = new Command("log", "List transactions, newest first") { limit, session, everywhere };
        command.SetAction(parsed =>
        {
            string? id = null;
            if (parsed.GetResult(session) is not null)
            {
                id = parsed.GetValue(session) ?? SessionOfEnvironment.Current() ?? throw UsageErrors.Of("no-session",
                    "--session without an id means the one in WRITEOPT_SESSION, which is not set",
                    "name it: git writeopt log --session <id>");
            }

            var log = invocation.Open().Log(new LogQuery(parsed.GetValue(limit), id, parsed.GetValue(everywhere)));
            LogReport.Print(log, invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static int? Number(ArgumentResult result)
    {
        var typed = result.Tokens[0].Value;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError($"-n wants a number that is not negative, not \"{typed}\"");
        return null;
    }
}
