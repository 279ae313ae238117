using System.Globalization;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to status, and what can be done from there.</summary>
internal static class StatusReport
{
    /// <summary>Prints what is there.</summary>
    public static void Print(RepositoryStatus status, IReadOnlyList<SessionSummary> sessions, Screen screen)
    {
        if (status.Pending.Count == 0)
        {
            screen.Line("Nothing is pending");
        }

        foreach (var one in status.Pending)
        {
            var state = one.Running ? "running" : one.Mine ? "cut off" : "from elsewhere, left alone";
            screen.Line(new Piece("Pending: ", Tone.Modified), new Piece(one.Transaction, Tone.Id), $" ({state})",
                Subject(one.Message));
        }

        foreach (var one in sessions)
        {
            screen.Line(new Piece("Session: ", one.State is SessionState.Abandoned ? Tone.Modified : Tone.Plain),
                new Piece(one.Id, Tone.Id), $" ({Spelling.Of(one.State)}{(one.Agent is null ? "" : ", " + one.Agent)})",
                Subject(one.Message));
            if (one.State is SessionState.Abandoned)
            {
                screen.Line(new Piece($"  its owner is gone; decide with: git writeopt recover --session {one.Id}", Tone.Faint));
            }
        }

        if (status.Pending.Any(IsCutOff))
        {
            screen.Line(new Piece("  bring what was cut off to an end with: git writeopt recover", Tone.Faint));
        }

        foreach (var one in status.Rescued)
        {
            screen.Line(new Piece("Rescued: ", Tone.Modified), new Piece(one.Id, Tone.Id),
                $" {Count(one.Paths.Count, "path")}: {one.Message}");
        }

        foreach (var id in status.Kept)
        {
            screen.Line(new Piece("Kept: ", Tone.Modified), new Piece(id, Tone.Id),
                " a batch that could not be applied or was taken back");
        }

        screen.Line($"{Count(status.Transactions, "transaction")}, {Size(status.Bytes)}");
        if (status.Newest is { } newest)
        {
            screen.Line("Newest standing: ", new Piece(newest.Transaction, Tone.Id), $": {Count(newest.Files, "file")}",
                Subject(newest.Message));
        }
    }

    /// <summary>Prints the commands that make sense now.</summary>
    public static void Advise(RepositoryStatus status, IReadOnlyList<SessionSummary> sessions, Screen screen)
    {
        var rows = new List<string[]>();
        if (status.Pending.Any(IsCutOff))
        {
            rows.Add(["git writeopt recover", "bring what was cut off to an end"]);
        }
        else if (sessions.Any(s => s.State is SessionState.Abandoned))
        {
            rows.Add(["git writeopt recover", "decide about a session whose owner is gone"]);
        }

        if (status.Rescued.Count > 0)
        {
            rows.Add([$"git writeopt rescue show {status.Rescued[0].Id}", "see what was rescued"]);
        }

        if (status.Kept.Count > 0)
        {
            rows.Add([$"git writeopt apply --resume {status.Kept[^1]}", "try the kept batch again"]);
        }

        if (status.Transactions == 0)
        {
            First(rows);
        }
        else
        {
            rows.Add(["git writeopt apply <batch>", "apply a batch of writes as one transaction"]);
            if (status.Newest is not null)
            {
                rows.Add(["git writeopt show", "see the newest standing transaction"]);
                rows.Add(["git writeopt undo", "undo it"]);
            }

            rows.Add(["git writeopt log", "list transactions"]);
        }

        screen.Line("");
        screen.Line("What can be done now:");
        var width = rows.Max(row => row[0].Length);
        foreach (var row in rows)
        {
            screen.Line("  ", new Piece(row[0].PadRight(width), Tone.Id), "  ", row[1]);
        }
    }

    // Where nothing was recorded yet.
    private static void First(List<string[]> rows)
    {
        rows.Add(["git writeopt demo", "see it at work in a scratch repository"]);
        rows.Add(["git writeopt apply <batch>", "apply a batch of writes as one transaction"]);
        rows.Add(["git writeopt run -- <command>", "make one transaction of what a command writes"]);
        rows.Add(["git writeopt install --agent claude", "make what an agent writes undoable, turn by turn"]);
        rows.Add(["git writeopt install --hooks", "be told what a commit lacks"]);
        rows.Add(["git writeopt suggest", "ask what is missing beside what you changed"]);
    }

    /// <summary>A number with its noun.</summary>
    public static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>A message behind what it belongs to.</summary>
    public static string Subject(string? message) =>
        message?.Split('\n', 2)[0].Trim() is { Length: > 0 } subject ? $" - {subject}" : "";

    private static bool IsCutOff(PendingTransaction one) => one is { Mine: true, Running: false };

    /// <summary>A number of bytes for people.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => $"{bytes} bytes",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:F1} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:F1} GiB"),
    };
}
