using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Recovering;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to recover.</summary>
internal static class RecoveryReport
{
    /// <summary>Prints what was recovered and the sessions that wait for a decision; the result is the exit code.</summary>
    public static int Print(RecoveryOutcome outcome, IReadOnlyList<SessionAccount> sessions, Invocation invocation, bool dryRun)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, RecoveryAnswer.Of(outcome,
                [.. sessions.Select(s => RecoveredSessionAnswer.Of(s, null))]), AnswerJson.Default.RecoveryAnswer);
        }
        else
        {
            Text(outcome, invocation, dryRun, isAll: sessions.Count == 0);
            foreach (var session in sessions)
            {
                SessionRecoveryReport.Describe(session, invocation.Screen);
            }
        }

        return outcome.State is RecoveryState.Attention ? ExitCode.Attention : ExitCode.Done;
    }

    /// <summary>Prints what became of a session; the result is the exit code.</summary>
    public static int Print(RecoveryOutcome transactions, SessionAccount account, WriteOutcome outcome, Invocation invocation,
        RecoverWish wish)
    {
        var exitCode = Math.Max(ExitCode.Of(outcome.State), transactions.State is RecoveryState.Attention ? ExitCode.Attention : 0);
        if (!invocation.Json)
        {
            Text(transactions, invocation, wish.DryRun, isAll: false);
            SessionRecoveryReport.Print(account.Session, outcome, invocation, wish);
            return exitCode;
        }

        var state = transactions with
        {
            State = exitCode != 0 ? RecoveryState.Attention : RecoveryState.Recovered,
        };
        JsonReport.Print(invocation, RecoveryAnswer.Of(state, [RecoveredSessionAnswer.Of(account, outcome)]),
            AnswerJson.Default.RecoveryAnswer);
        return exitCode;
    }

    private static void Text(RecoveryOutcome outcome, Invocation invocation, bool dryRun, bool isAll)
    {
        var screen = invocation.Screen;
        if (!invocation.Quiet)
        {
            if (isAll && outcome is { Recovered.Count: 0, Rescued.Count: 0 })
            {
                screen.Line("Nothing had to be recovered");
            }

            foreach (var one in outcome.Recovered)
            {
                var what = (one.Direction, dryRun) switch
                {
                    (RecoveryDirection.Forward, false) => "Finished ",
                    (RecoveryDirection.Forward, true) => "Would finish ",
                    (_, false) => "Took back ",
                    (_, true) => "Would take back ",
                };
                screen.Line(what, new Piece(one.Transaction, Tone.Id), $": {StatusReport.Count(one.Files, "file")}",
                    StatusReport.Subject(one.Message));
                if (one.Direction is RecoveryDirection.Back && !dryRun)
                {
                    screen.Line(new Piece($"the batch is kept: git writeopt apply --resume {one.Transaction}", Tone.Faint));
                }
            }
        }

        invocation.Finish();
        foreach (var rescued in outcome.Rescued)
        {
            // What was only in the transaction's backup has no rescue of its own.
            var see = rescued.Ref.StartsWith(RefNames.Rescues, StringComparison.Ordinal)
                ? $"git writeopt rescue show {rescued.Ref[RefNames.Rescues.Length..]}" : $"git show {rescued.Ref}";
            Diagnostics.Note($"{Quoting.Path(rescued.Path)}: {rescued.Reason}; see: {see}");
        }

        Diagnostics.Warnings(outcome.Warnings, invocation);
    }
}

/// <summary>The answers to rescue.</summary>
internal static class RescueReport
{
    /// <summary>Prints the list.</summary>
    public static void List(IReadOnlyList<RescueSummary> rescues, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, [.. rescues.Select(RescueAnswer.Of)], AnswerJson.Default.RescuesAnswer);
        }
        else if (rescues.Count == 0 && invocation.Screen.IsTerminal)
        {
            invocation.Screen.Line("Nothing was rescued");
        }
        else
        {
            invocation.Screen.Table(["id", "time", "paths", "reason"], rescues.Select(r => new Piece[]
            {
                new(r.Id, Tone.Id), Timestamp.Short(r.Time), StatusReport.Count(r.Paths.Count, "path"), r.Message,
            }));
        }
    }

    /// <summary>Prints the head of one, above its contents.</summary>
    public static void Show(RescueSummary rescue, Screen screen)
    {
        screen.Line(new Piece($"rescue {rescue.Id}", Tone.Id));
        screen.Line($"Date: {Timestamp.Short(rescue.Time)}");
        screen.Line($"Ref:  {rescue.Ref}");
        screen.Line("");
        screen.Line($"    {rescue.Message}");
        screen.Line("");
    }
}
