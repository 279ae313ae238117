using GitWriteOpt.Sessions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Something that a snapshot did not take in.</summary>
internal sealed record LeftOutAnswer(string Path, long Bytes, string Reason)
{
    /// <summary>Of a thing left out.</summary>
    public static LeftOutAnswer Of(LeftOut one) => new(one.Path, one.Bytes, one.Reason);
}

/// <summary>A snapshot.</summary>
internal sealed record SnapshotAnswer(string Snapshot, string Ref, string Commit, string Time, string Message, string? Session,
    IReadOnlyList<LeftOutAnswer> LeftOut, IReadOnlyList<string> Nested, IReadOnlyList<string> Private)
{
    /// <summary>The number of files looked at; null where it was not just taken.</summary>
    public int? Looked { get; init; }

    /// <summary>The number of files read and hashed; null where it was not just taken.</summary>
    public int? Hashed { get; init; }

    /// <summary>Of a snapshot.</summary>
    public static SnapshotAnswer Of(SnapshotSummary one) => new(one.Id, one.Ref, one.Commit, Timestamp.Of(one.Time),
        one.Message, one.Session, [.. one.LeftOut.Select(LeftOutAnswer.Of)], one.Nested, one.Private);
}
