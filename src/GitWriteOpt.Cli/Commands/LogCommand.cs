using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
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
            Description = "Tell this session as a timeline (without an id: WRITEOPT_SESSION, else the only open one)",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "id",
        };
        var everywhere = new Option<bool>("--all-worktrees") { Description = "Also those of other worktrees" };
        var graph = new Option<bool>("--graph") { Description = "Draw what undid what, sessions, turns and snapshots" };
        var nul = NulList.Option("ids");
        var command = new Command("log", "List transactions, newest first; or tell a session") { limit, session, graph, everywhere, nul };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var query = new LogQuery(parsed.GetValue(limit), null, parsed.GetValue(everywhere));
            if (parsed.GetValue(nul) && !invocation.Json)
            {
                return NulList.Print(writer.Log(query with { Session = parsed.GetValue(session) }).Select(t => t.Transaction), invocation);
            }

            if (parsed.GetResult(session) is not null)
            {
                Session(parsed.GetValue(session) ?? SessionOfEnvironment.Current(), query, writer, invocation);
            }
            else if (parsed.GetValue(graph) && !invocation.Json)
            {
                GraphReport.Print(writer, query, invocation);
            }
            else
            {
                LogReport.Print(writer.Log(query), invocation);
            }

            return ExitCode.Done;
        });
        return command;
    }

    // A session that transactions alone name has no checkpoints to tell of.
    private static void Session(string? id, LogQuery query, Writer writer, Invocation invocation)
    {
        SessionSummary session;
        try
        {
            session = writer.FindSession(id);
        }
        catch (UsageException cause) when (id is not null && cause.Error.Code == "no-such-session")
        {
            LogReport.Print(writer.Log(query with { Session = id }), invocation);
            return;
        }

        var events = writer.Timeline(session);
        TimelineReport.Log(session, query.Limit is { } most ? [.. events.TakeLast(most)] : events, invocation);
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
