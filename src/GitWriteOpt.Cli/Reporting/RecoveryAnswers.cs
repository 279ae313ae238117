using GitWriteOpt.Cli.Recovering;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A path that a session as a whole changed.</summary>
internal sealed record SessionPathAnswer(string Path, string Change, string By, bool AlsoUnattributed);

/// <summary>A checkpoint of a session that can be gone back to.</summary>
internal sealed record SessionPointAnswer(string Checkpoint, string Time, string Reason, string? Tool, int Turn, string Message, int Files);

/// <summary>What can be done about a session, and the command that does it.</summary>
internal sealed record SessionChoiceAnswer(string Choice, string Command);

/// <summary>A session that was cut off or recovered.</summary>
internal sealed record RecoveredSessionAnswer(string Session, string Ref, string State, string? Name, string? Agent, int? Owner,
    string Started, string Updated, int Turns, IReadOnlyList<SessionPointAnswer> Checkpoints,
    IReadOnlyList<SessionPathAnswer> Files, IReadOnlyList<SessionChoiceAnswer> Choices, OutcomeAnswer? Outcome)
{
    /// <summary>Of what a session did, and of what became of it.</summary>
    public static RecoveredSessionAnswer Of(SessionAccount account, WriteOutcome? outcome)
    {
        var one = account.Session;
        return new(one.Id, one.Ref, Spelling.Of(one.State), one.Name, one.Agent, one.OwnerPid, Timestamp.Of(one.Started),
            Timestamp.Of(one.Updated), one.Turns,
            [.. account.Steps.Select(s => new SessionPointAnswer(s.Checkpoint, Timestamp.Of(s.Time), Spelling.Of(s.Reason), s.Tool,
                s.Turn, s.Message, s.Files.Count))],
            [.. account.Files.Select(f => new SessionPathAnswer(f.Path, Spelling.Of(f.Change), Spelling.Of(f.By), f.AlsoUnattributed))],
            outcome is not null ? [] : [.. RecoverChoices.Of(account).Select(c => new SessionChoiceAnswer(c.Choice, c.Command))],
            outcome is null ? null : OutcomeAnswer.Of(outcome));
    }
}

/// <summary>A transaction that was recovered.</summary>
internal sealed record RecoveredAnswer(string Transaction, string Direction, int Files, string Message);

/// <summary>A path that was rescued.</summary>
internal sealed record RescuedAnswer(string Path, string Ref, string Reason);

/// <summary>The answer to recover.</summary>
internal sealed record RecoveryAnswer(
    string State, IReadOnlyList<RecoveredAnswer> Recovered, IReadOnlyList<RescuedAnswer> Rescued,
    IReadOnlyList<string> Warnings, IReadOnlyList<RecoveredSessionAnswer> Sessions)
{
    /// <summary>Of a recovery.</summary>
    public static RecoveryAnswer Of(RecoveryOutcome outcome, IReadOnlyList<RecoveredSessionAnswer> sessions) =>
        new(Spelling.Of(outcome.State),
        [.. outcome.Recovered.Select(r => new RecoveredAnswer(r.Transaction, Spelling.Of(r.Direction), r.Files, r.Message))],
        [.. outcome.Rescued.Select(r => new RescuedAnswer(r.Path, r.Ref, r.Reason))], outcome.Warnings, sessions);
}
