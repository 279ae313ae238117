using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A session as a timeline.</summary>
internal static class TimelineReport
{
    /// <summary>The answer to <c>log --session</c>: oldest first, a line each.</summary>
    public static void Log(SessionSummary session, IReadOnlyList<SessionEvent> events, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. events.Select(e => TimelineAnswer.Of(e, session))], AnswerJson.Default.TimelineAnswers);
            return;
        }

        invocation.Screen.Page(invocation.Directory);
        Rows(session, events, invocation.Screen);
    }

    /// <summary>The answer to show: the session's head above its timeline.</summary>
    public static void Show(SessionSummary session, IReadOnlyList<SessionEvent> events, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new SessionTimelineAnswer(SessionAnswer.Of(session),
                [.. events.Select(e => TimelineAnswer.Of(e, session))]), AnswerJson.Default.SessionTimelineAnswer);
            return;
        }

        var screen = invocation.Screen;
        screen.Page(invocation.Directory);
        screen.Line(new Piece($"session {session.Id}", Tone.Id), session.Name is null ? "" : $" ({session.Name})");
        screen.Line($"State:   {Spelling.Of(session.State)}{(session.Agent is null ? "" : ", " + session.Agent)}, "
            + StatusReport.Count(session.Turns, "turn"));
        screen.Line($"Began:   {Timestamp.Short(session.Started)}");
        screen.Line($"Last:    {Timestamp.Short(session.Updated)}");
        screen.Line($"Diff:    git writeopt diff {session.Id}");
        screen.Line("");
        Rows(session, events, screen);
    }

    /// <summary>How many files, by who wrote them.</summary>
    public static string Writers(SessionEvent one) => string.Join(", ", one.Files.GroupBy(f => f.By).OrderBy(g => g.Key)
        .Select(g => $"{Spelling.Of(g.Key)} {g.Count()}"));

    private static void Rows(SessionSummary session, IReadOnlyList<SessionEvent> events, Screen screen) =>
        screen.Table(["id", "time", "turn", "what", "files", "written by", "state", "message"], events.Select(one =>
        {
            var answer = TimelineAnswer.Of(one, session);
            return new Piece[]
            {
                new(one.Id, Tone.Id), Timestamp.Short(one.Time), $"turn {one.Turn}",
                one.Tool is null ? one.What : $"{one.What} {one.Tool}",
                one.Files.Count == 0 ? "-" : $"+{answer.Added} ~{answer.Modified} -{answer.Deleted}",
                one.Files.Count == 0 ? "-" : Writers(one),
                one.Files.Count == 0 ? "-" : one.Fate switch
                {
                    Fate.RolledBack => new Piece("rolled back", Tone.Faint),
                    Fate.Partly => new Piece("partly rolled back", Tone.Modified),
                    _ => "standing",
                },
                one.Message,
            };
        }));
}
