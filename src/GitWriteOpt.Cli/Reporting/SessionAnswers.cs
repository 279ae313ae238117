using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A session.</summary>
internal sealed record SessionAnswer(string Session, string Ref, string State, string? Name, string? Agent, int? Owner,
    string Started, string Updated, int Turns, string Message)
{
    /// <summary>The workflow step that it works on, or null.</summary>
    public string? Step { get; init; }

    /// <summary>Of a session.</summary>
    public static SessionAnswer Of(SessionSummary one) => new(one.Id, one.Ref, Spelling.Of(one.State), one.Name, one.Agent,
        one.OwnerPid, Timestamp.Of(one.Started), Timestamp.Of(one.Updated), one.Turns, one.Message)
    {
        Step = one.Step,
    };
}

/// <summary>A path that changed in a session.</summary>
internal sealed record SessionFileAnswer(string Path, string Change, string By);

/// <summary>A checkpoint of a session, and what changed before it.</summary>
internal sealed record SessionStepAnswer(string Checkpoint, string Commit, string Time, string Reason, string? Tool, int Turn,
    string Message, IReadOnlyList<SessionFileAnswer> Files)
{
    /// <summary>Of a step.</summary>
    public static SessionStepAnswer Of(SessionStep one) => new(one.Checkpoint, one.Commit, Timestamp.Of(one.Time),
        Spelling.Of(one.Reason), one.Tool, one.Turn, one.Message,
        [.. one.Files.Select(f => new SessionFileAnswer(f.File.Path, Spelling.Of(f.File.Change), Spelling.Of(f.By)))]);
}

/// <summary>A session with its steps.</summary>
internal sealed record SessionStoryAnswer(SessionAnswer Session, IReadOnlyList<SessionStepAnswer> Steps);

/// <summary>The page that was written of a session.</summary>
internal sealed record PageAnswer(string Session, string File);
