using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answers to session.</summary>
internal static class SessionReport
{
    /// <summary>Prints the id alone, for <c>WRITEOPT_SESSION=$(git writeopt session start)</c>.</summary>
    public static void Started(SessionSummary session, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, SessionAnswer.Of(session), AnswerJson.Default.SessionAnswer);
        }
        else
        {
            invocation.Screen.Line(new Piece(session.Id, Tone.Id));
        }
    }

    /// <summary>Prints what was done to a session.</summary>
    public static void Said(string done, SessionSummary session, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, SessionAnswer.Of(session), AnswerJson.Default.SessionAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line($"{done} session ", new Piece(session.Id, Tone.Id), StatusReport.Subject(session.Message));
        }
    }

    /// <summary>Says where the page of a session is.</summary>
    public static void Reported(SessionSummary session, string file, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new PageAnswer(session.Id, file), AnswerJson.Default.PageAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line("Wrote the report of session ", new Piece(session.Id, Tone.Id), $" to {Quoting.Path(file)}");
        }
    }

    /// <summary>Prints the list.</summary>
    public static void List(IEnumerable<SessionSummary> sessions, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. sessions.Select(SessionAnswer.Of)], AnswerJson.Default.SessionsAnswer);
            return;
        }

        var rows = sessions.ToList();
        if (rows.Count == 0 && invocation.Screen.IsTerminal)
        {
            invocation.Screen.Line("No session yet");
            return;
        }

        invocation.Screen.Table(["id", "started", "state", "agent", "turns", "last"], rows.Select(one => new Piece[]
        {
            new(one.Id, Tone.Id), Timestamp.Short(one.Started),
            new(Spelling.Of(one.State), one.State is SessionState.Abandoned ? Tone.Modified : Tone.Plain), one.Agent ?? "",
            one.Turns.ToString(System.Globalization.CultureInfo.InvariantCulture), one.Message,
        }));
    }

    /// <summary>Prints a session as a timeline.</summary>
    public static void Show(SessionSummary session, IReadOnlyList<SessionStep> steps, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new SessionStoryAnswer(SessionAnswer.Of(session),
                [.. steps.Select(SessionStepAnswer.Of)]), AnswerJson.Default.SessionStoryAnswer);
            return;
        }

        var screen = invocation.Screen;
        screen.Page(invocation.Directory);
        screen.Line(new Piece($"session {session.Id}", Tone.Id), session.Name is null ? "" : $" ({session.Name})");
        screen.Line($"State:   {Spelling.Of(session.State)}");
        if (session.Agent is not null)
        {
            screen.Line($"Agent:   {session.Agent}");
        }

        screen.Line($"Started: {Timestamp.Short(session.Started)}");
        screen.Line($"Ref:     {session.Ref}");
        foreach (var step in steps)
        {
            screen.Line("");
            screen.Line(new Piece(step.Checkpoint, Tone.Id), $" {Timestamp.Short(step.Time)} {Spelling.Of(step.Reason)}",
                step.Tool is null ? "" : $" {step.Tool}", StatusReport.Subject(step.Message));
            foreach (var file in step.Files)
            {
                FileLine.Print(file.File, screen, file.By switch
                {
                    Attribution.Transaction => "by a transaction",
                    Attribution.Tool => $"by {step.Tool}",
                    Attribution.Session => "in the session",
                    _ => "unattributed",
                });
            }
        }
    }
}
