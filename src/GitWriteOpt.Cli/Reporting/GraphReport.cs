using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to <c>log --graph</c>: transactions, and between them snapshots, turns, and where sessions began and ended.</summary>
internal static class GraphReport
{
    /// <summary>Prints it.</summary>
    public static void Print(Writer writer, LogQuery query, Invocation invocation)
    {
        var rows = writer.Log(query).Select(Row).ToList();
        var oldest = query.Limit is null ? "" : rows.Count > 0 ? rows[^1].Id : "~";
        rows.AddRange(Marks(writer, query.AllWorktrees).Where(m => string.CompareOrdinal(m.Id, oldest) >= 0));
        rows.Sort((a, b) => string.CompareOrdinal(b.Id, a.Id));
        var screen = invocation.Screen;
        if (rows.Count == 0 && screen.IsTerminal)
        {
            screen.Line("No transaction yet");
            return;
        }

        screen.Page(invocation.Directory);
        foreach (var line in LogGraph.Draw(rows))
        {
            screen.Line(line);
        }
    }

    private static GraphRow Row(TransactionSummary one) => new(one.Transaction, one.Standing ? '*' : 'x', one.Undid,
    [
        new(one.Transaction, Tone.Id), $" {Timestamp.Short(one.Time)} {Spelling.Of(one.Kind)} +{one.Added} ~{one.Modified} -{one.Deleted}",
        one.Standing ? "" : new Piece(" undone", Tone.Faint), StatusReport.Subject(one.Message),
        one.Session is null ? "" : new Piece($" [{one.Session}]", Tone.Faint),
    ]);

    private static IEnumerable<GraphRow> Marks(Writer writer, bool everywhere)
    {
        foreach (var one in writer.Snapshots().Where(s => everywhere || s.Worktree == writer.Token))
        {
            yield return new GraphRow(one.Id, 'o', [], [new(one.Id, Tone.Id), $" {Timestamp.Short(one.Time)} snapshot",
                StatusReport.Subject(one.Message)]);
        }

        foreach (var session in writer.Sessions().Where(s => everywhere || s.Worktree == writer.Token))
        {
            foreach (var (i, step) in writer.Points(session).Index())
            {
                var what = step.Reason switch
                {
                    _ when i == 0 => $"session {session.Id} begins{(session.Agent is null ? "" : $": {session.Agent}")}",
                    CheckpointReason.Prompt => $"turn {step.Turn}",
                    _ when step.Commit == session.Commit => $"session {session.Id}: {Spelling.Of(session.State)}",
                    _ => "",
                };
                if (what.Length > 0)
                {
                    yield return new GraphRow(step.Checkpoint, i == 0 ? '/' : step.Reason is CheckpointReason.Prompt ? '-' : '\\', [],
                        [new Piece($"{step.Checkpoint} {Timestamp.Short(step.Time)} {what}", Tone.Faint)]);
                }
            }
        }
    }
}
