using System.Globalization;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>One entry of log.</summary>
internal sealed record LogEntryAnswer(
    string Transaction, string Kind, string Time, string Message, string? Session, int Files, int Added, int Modified,
    int Deleted, bool Standing)
{
    /// <summary>The workflow step, or null.</summary>
    public string? Step { get; init; }

    /// <summary>What it undid or redid.</summary>
    public IReadOnlyList<string> Undid { get; init; } = [];

    /// <summary>The full ref.</summary>
    public required string Ref { get; init; }

    /// <summary>Of a transaction.</summary>
    public static LogEntryAnswer Of(TransactionSummary one) => new(one.Transaction, Spelling.Of(one.Kind),
        Timestamp.Of(one.Time), one.Message, one.Session, one.Files, one.Added, one.Modified, one.Deleted, one.Standing)
    {
        Step = one.Step,
        Undid = one.Undid,
        Ref = one.Ref,
    };
}

/// <summary>The answer to show: a log entry with its files as apply names them.</summary>
internal sealed record ShowAnswer(
    string Transaction, string Kind, string Time, string Message, string? Session, string? Step, bool Standing,
    string Ref, string Before, string After, IReadOnlyList<string> Undid, int Added, int Modified, int Deleted,
    IReadOnlyList<FileAnswer> Files)
{
    /// <summary>Of a transaction.</summary>
    public static ShowAnswer Of(TransactionSummary one, IReadOnlyList<WrittenFile> files) =>
        new(one.Transaction, Spelling.Of(one.Kind), Timestamp.Of(one.Time), one.Message, one.Session, one.Step,
            one.Standing, one.Ref, one.Backup, one.Commit, one.Undid, one.Added, one.Modified, one.Deleted,
            [.. files.Select(FileAnswer.Of)]);
}

/// <summary>The answer to diff: two commits, and the diff between them.</summary>
internal sealed record DiffAnswer(string Before, string After, string Diff);

/// <summary>A transaction that has begun and not ended.</summary>
internal sealed record PendingAnswer(string Transaction, string Commit, string Message, bool Mine, bool Running);

/// <summary>A rescue.</summary>
internal sealed record RescueAnswer(string Id, string Ref, string Time, string Message, IReadOnlyList<string> Paths)
{
    /// <summary>Of a rescue.</summary>
    public static RescueAnswer Of(RescueSummary one) =>
        new(one.Id, one.Ref, Timestamp.Of(one.Time), one.Message, one.Paths);
}

/// <summary>The answer to status.</summary>
internal sealed record StatusAnswer(
    IReadOnlyList<PendingAnswer> Pending, IReadOnlyList<SessionAnswer> Sessions, IReadOnlyList<RescueAnswer> Rescued,
    int Transactions, long Bytes, IReadOnlyList<string> Kept, LogEntryAnswer? Newest)
{
    /// <summary>Of a status and the sessions that are not ended.</summary>
    public static StatusAnswer Of(RepositoryStatus status, IReadOnlyList<SessionSummary> sessions) => new(
        [.. status.Pending.Select(p => new PendingAnswer(p.Transaction, p.Commit, p.Message, p.Mine, p.Running))],
        [.. sessions.Select(SessionAnswer.Of)], [.. status.Rescued.Select(RescueAnswer.Of)], status.Transactions, status.Bytes, status.Kept,
        status.Newest is null ? null : LogEntryAnswer.Of(status.Newest));
}

/// <summary>Times as JSON has them: ISO 8601 with the offset.</summary>
internal static class Timestamp
{
    /// <summary>To the second, as git's.</summary>
    public static string Of(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>For people, in local time.</summary>
    public static string Short(DateTimeOffset time) =>
        time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
