using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answers to snapshot.</summary>
internal static class SnapshotReport
{
    private const int MostNames = 10;

    /// <summary>Prints what was taken.</summary>
    public static void Taken(SnapshotOutcome outcome, Invocation invocation)
    {
        var one = outcome.Snapshot;
        if (invocation.Json)
        {
            JsonReport.Print(invocation, SnapshotAnswer.Of(one) with { Looked = outcome.Looked, Hashed = outcome.Hashed },
                AnswerJson.Default.SnapshotAnswer);
            return;
        }

        if (!invocation.Quiet)
        {
            invocation.Screen.Line("Snapshot ", new Piece(one.Id, Tone.Id), $": {StatusReport.Count(outcome.Looked, "file")}, "
                + $"{outcome.Hashed} read - {one.Message}");
            invocation.Screen.Line(new Piece($"bring it back with: git writeopt restore {one.Id}", Tone.Faint));
        }

        invocation.Finish();
        foreach (var left in one.LeftOut.Take(MostNames))
        {
            Diagnostics.Note($"left out ({left.Reason}): {Quoting.Path(left.Path)}");
        }

        if (one.LeftOut.Count > MostNames)
        {
            Diagnostics.Note($"... and {one.LeftOut.Count - MostNames} more; --json names them all");
        }
    }

    /// <summary>Prints the list.</summary>
    public static void List(IEnumerable<SnapshotSummary> snapshots, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. snapshots.Select(SnapshotAnswer.Of)], AnswerJson.Default.SnapshotsAnswer);
            return;
        }

        var rows = snapshots.ToList();
        if (rows.Count == 0 && invocation.Screen.IsTerminal)
        {
            invocation.Screen.Line("No snapshot yet");
            return;
        }

        invocation.Screen.Table(["id", "time", "session", "message"], rows.Select(one => new Piece[]
        {
            new(one.Id, Tone.Id), Timestamp.Short(one.Time), one.Session ?? "", one.Message,
        }));
    }
}
