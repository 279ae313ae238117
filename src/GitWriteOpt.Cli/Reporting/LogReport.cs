using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answers to log and show.</summary>
internal static class LogReport
{
    /// <summary>Prints the log.</summary>
    public static void Print(IEnumerable<TransactionSummary> log, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. log.Select(LogEntryAnswer.Of)], AnswerJson.Default.LogAnswer);
            return;
        }

        var screen = invocation.Screen;
        if (!screen.IsTerminal)
        {
            screen.Table([], log.Select(Row));
            return;
        }

        var entries = log.ToList();
        if (entries.Count == 0)
        {
            screen.Line("No transaction yet");
            return;
        }

        screen.Page(invocation.Directory);
        screen.Table(["id", "time", "kind", "files", "state", "message"], entries.Select(Row));
    }

    private static Piece[] Row(TransactionSummary one) =>
    [
        new Piece(one.Transaction, Tone.Id), Timestamp.Short(one.Time), Spelling.Of(one.Kind),
        $"+{one.Added} ~{one.Modified} -{one.Deleted}", one.Standing ? "standing" : new Piece("undone", Tone.Faint),
        one.Message,
    ];
}

/// <summary>The head of show, above the diff.</summary>
internal static class ShowReport
{
    /// <summary>Prints it.</summary>
    public static void Print(TransactionSummary one, IReadOnlyList<WrittenFile> files, Screen screen)
    {
        screen.Line(new Piece($"transaction {one.Transaction}", Tone.Id));
        screen.Line($"Kind:     {Spelling.Of(one.Kind)}{(one.Undid.Count == 0 ? "" : " of " + string.Join(", ", one.Undid))}");
        screen.Line($"Date:     {Timestamp.Short(one.Time)}");
        screen.Line($"Standing: {(one.Standing ? "yes" : "no, it was undone")}");
        if (one.Session is not null)
        {
            screen.Line($"Session:  {one.Session}");
        }

        if (one.Step is not null)
        {
            screen.Line($"Step:     {one.Step}");
        }

        screen.Line($"Ref:      {one.Ref}");
        screen.Line("");
        screen.Line($"    {one.Message}");
        screen.Line("");
        foreach (var file in files)
        {
            FileLine.Print(file, screen);
        }

        screen.Line("");
    }
}
