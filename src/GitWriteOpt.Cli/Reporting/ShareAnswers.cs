using GitWriteOpt.Sharing;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to share push.</summary>
internal sealed record SharePushAnswer(
    string Remote, string User, IReadOnlyList<string> Refs, IReadOnlyList<string> Withheld, IReadOnlyList<string> Forced);

/// <summary>The answer to share fetch.</summary>
internal sealed record ShareFetchAnswer(string Remote, IReadOnlyList<string> Refs, int Known);

/// <summary>One entry of share list.</summary>
internal sealed record SharedItemAnswer(
    string User, string? Session, string Kind, string Ref, string Commit, string? Time, string Message)
{
    /// <summary>Of an item.</summary>
    public static SharedItemAnswer Of(SharedItem one) => new(one.User, one.Session, one.Kind, one.Ref, one.Commit,
        one.Time is { } time ? Timestamp.Of(time) : null, one.Message);
}
