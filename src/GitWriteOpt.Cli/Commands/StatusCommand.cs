using System.CommandLine;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt status</c>: what is pending, rescued and recorded; and, without any command, what can be done.</summary>
internal static class StatusCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var command = new Command("status", "Show what is pending, rescued and recorded");
        command.SetAction(_ => Run(invocation, withAdvice: false));
        return command;
    }

    /// <summary>What <c>git writeopt</c> alone does.</summary>
    public static int Overview(Invocation invocation) => Run(invocation, withAdvice: true);

    private static int Run(Invocation invocation, bool withAdvice)
    {
        var writer = invocation.Open();
        var status = writer.Status();
        var sessions = writer.OpenSessions();
        if (invocation.Json)
        {
            JsonReport.Print(invocation, StatusAnswer.Of(status, sessions), AnswerJson.Default.StatusAnswer);
            return ExitCode.Done;
        }

        StatusReport.Print(status, sessions, invocation.Screen);
        if (withAdvice)
        {
            StatusReport.Advise(status, sessions, invocation.Screen);
        }

        return ExitCode.Done;
    }
}
