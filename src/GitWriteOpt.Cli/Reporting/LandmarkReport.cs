using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to show for a checkpoint or a snapshot: its head and its diff.</summary>
internal static class LandmarkReport
{
    /// <summary>Prints it.</summary>
    public static void Show(Landmark one, Writer writer, Invocation invocation)
    {
        if (invocation.Json)
        {
            switch (one)
            {
                case Landmark.Checkpoint { Step: var step }:
                    JsonReport.Print(invocation, SessionStepAnswer.Of(step), AnswerJson.Default.SessionStepAnswer);
                    break;
                case Landmark.Snapshot { Summary: var snapshot }:
                    JsonReport.Print(invocation, SnapshotAnswer.Of(snapshot), AnswerJson.Default.SnapshotAnswer);
                    break;
            }

            return;
        }

        var screen = invocation.Screen;
        screen.Page(invocation.Directory);
        switch (one)
        {
            case Landmark.Checkpoint { Of: var session, Step: var step }:
                screen.Line(new Piece($"checkpoint {step.Checkpoint}", Tone.Id));
                screen.Line($"Session: {session.Id}, turn {step.Turn}");
                Head(screen, step.Time, $"{Spelling.Of(step.Reason)}{(step.Tool is null ? "" : " " + step.Tool)}", step.Message);
                break;
            case Landmark.Snapshot { Summary: var snapshot }:
                screen.Line(new Piece($"snapshot {snapshot.Id}", Tone.Id));
                Head(screen, snapshot.Time, snapshot.Ref, snapshot.Message);
                break;
        }

        new GitDiff(writer.Layout, screen).Print(one.Before, one.After, []);
    }

    private static void Head(Screen screen, DateTimeOffset time, string what, string message)
    {
        screen.Line($"Date:    {Timestamp.Short(time)}");
        screen.Line($"What:    {what}");
        screen.Line("");
        screen.Line($"    {message}");
        screen.Line("");
    }
}
