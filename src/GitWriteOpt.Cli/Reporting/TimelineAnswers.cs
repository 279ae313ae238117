using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>One thing that happened in a session: the fields of a log entry, and what only a timeline tells.</summary>
internal sealed record TimelineAnswer(string? Transaction, string? Checkpoint, string Kind, string Time, string Message, string Session,
    int Turn, string? Tool, int Files, int Added, int Modified, int Deleted, bool Standing, string Fate,
    IReadOnlyList<SessionFileAnswer> Paths)
{
    /// <summary>Of an event.</summary>
    public static TimelineAnswer Of(SessionEvent one, SessionSummary session)
    {
        var added = one.Files.Count(f => f.File.Change is ChangeKind.Added or ChangeKind.Renamed);
        var deleted = one.Files.Count(f => f.File.Change is ChangeKind.Deleted);
        return new(one.IsTransaction ? one.Id : null, one.IsTransaction ? null : one.Id, one.What, Timestamp.Of(one.Time), one.Message,
            session.Id, one.Turn, one.Tool, one.Files.Count, added, one.Files.Count - added - deleted, deleted,
            one.Fate is not Sessions.Fate.RolledBack, Spelling.Of(one.Fate),
            [.. one.Files.Select(f => new SessionFileAnswer(f.File.Path, Spelling.Of(f.File.Change), Spelling.Of(f.By)))]);
    }
}

/// <summary>The answer to show for a session.</summary>
internal sealed record SessionTimelineAnswer(SessionAnswer Session, IReadOnlyList<TimelineAnswer> Timeline);
