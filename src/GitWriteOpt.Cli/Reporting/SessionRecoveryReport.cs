using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Recovering;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Sessions in the answer to recover, as text.</summary>
internal static class SessionRecoveryReport
{
    private const int MostPaths = 20;

    /// <summary>Tells how far a session got, and what can be done about it.</summary>
    public static void Describe(SessionAccount account, Screen screen)
    {
        var one = account.Session;
        screen.Line(new Piece("Session ", Tone.Modified), new Piece(one.Id, Tone.Id),
            one.State is SessionState.Abandoned ? " was cut off" : $" ({Spelling.Of(one.State)})",
            one.Agent is null ? "" : $": {one.Agent}", one.Name is null ? "" : $" ({one.Name})");
        screen.Line($"  began {Timestamp.Short(one.Started)}, last seen {Timestamp.Short(one.Updated)}, {StatusReport.Count(one.Turns, "turn")}");
        if (account.Steps.LastOrDefault(s => s.Reason != CheckpointReason.Found) is { } last)
        {
            screen.Line("  last checkpoint ", new Piece(last.Checkpoint, Tone.Id),
                $" {Spelling.Of(last.Reason)}{(last.Tool is null ? "" : " " + last.Tool)}", StatusReport.Subject(last.Message));
        }

        screen.Line("  " + Counts(account.Files));
        foreach (var file in account.Files.Take(MostPaths))
        {
            FileLine.Print(new WrittenFile(file.Path, file.Change, null, 0, null), screen,
                Spelling.Of(file.By) + (file.AlsoUnattributed ? ", and unattributed" : ""));
        }

        if (account.Files.Count > MostPaths)
        {
            screen.Line(new Piece($" ... and {account.Files.Count - MostPaths} more", Tone.Faint));
        }

        foreach (var (choice, command) in RecoverChoices.Of(account))
        {
            screen.Line("  ", choice.PadRight(12), new Piece(command, Tone.Id));
        }
    }

    /// <summary>Tells what became of one.</summary>
    public static void Print(SessionSummary session, WriteOutcome outcome, Invocation invocation, RecoverWish wish)
    {
        if (wish.Keep && outcome.State is WriteState.Unchanged)
        {
            if (!invocation.Quiet)
            {
                invocation.Screen.Line(wish.DryRun ? "Would end the session " : "Ended the session ", new Piece(session.Id, Tone.Id),
                    "; all that it wrote is kept");
            }

            return;
        }

        OutcomeReport.Print(outcome with { Skipped = [], Undone = [] }, invocation, "Recovered", "recover");
        if (!invocation.Quiet && outcome.State is WriteState.Applied or WriteState.Unchanged && !wish.DryRun)
        {
            invocation.Screen.Line("The session ", new Piece(session.Id, Tone.Id), " is over");
        }
    }

    /// <summary>How many files, by kind of change and by who wrote them.</summary>
    public static string Counts(IReadOnlyList<SessionPath> files)
    {
        if (files.Count == 0)
        {
            return "nothing is changed";
        }

        var kinds = files.GroupBy(f => f.Change).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Spelling.Of(g.Key)}");
        var writers = files.GroupBy(f => f.By).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Spelling.Of(g.Key)}");
        return $"{StatusReport.Count(files.Count, "file")}: {string.Join(", ", kinds)}; by {string.Join(", ", writers)}";
    }
}
