using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to everything that may write, as text or JSON.</summary>
internal static class OutcomeReport
{
    private const int MostPaths = 20;

    /// <summary>Prints it; the result is the exit code.</summary>
    /// <param name="outcome">What happened.</param>
    /// <param name="invocation">Where it goes.</param>
    /// <param name="done">The past tense: <c>Applied</c>.</param>
    /// <param name="verb">The verb: <c>apply</c>.</param>
    public static int Print(WriteOutcome outcome, Invocation invocation, string done, string verb)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, OutcomeAnswer.Of(outcome), AnswerJson.Default.OutcomeAnswer);
            return ExitCode.Of(outcome.State);
        }

        if (!invocation.Quiet || outcome.State is WriteState.Planned)
        {
            Summary(outcome, invocation.Screen, done, verb);
        }

        invocation.Finish();
        // A slower way that changes nothing for the user is told by doctor, by -v and in JSON, not by every command.
        Diagnostics.Warnings(outcome.Warnings.Where(w => invocation.Verbose || w != Fallbacks.EachFileSynced), invocation);
        Diagnostics.Said(outcome.CommandOutput);
        foreach (var skipped in outcome.Skipped)
        {
            Diagnostics.Note($"left as it is: {Quoting.Path(skipped.Path.Value)}");
        }

        Diagnostics.Errors([.. outcome.Skipped.Select(s => s.Error)
            .Concat(outcome.Error is { } error ? [error, .. outcome.MoreErrors] : []).Distinct()]);

        return ExitCode.Of(outcome.State);
    }

    private static void Summary(WriteOutcome outcome, Screen screen, string done, string verb)
    {
        switch (outcome.State)
        {
            case WriteState.Applied:
            case WriteState.Partial:
                screen.Line(outcome.State is WriteState.Partial ? $"{done} in part " : $"{done} ", Undone(outcome),
                    outcome.Undone.Count == 0 ? "" : " as ", new Piece(outcome.Transaction ?? "", Tone.Id), ": ",
                    Counts(outcome.Files), StatusReport.Subject(outcome.Message));
                Files(outcome.Files, screen);
                screen.Line(new Piece($"undo with: git writeopt undo {outcome.Transaction}", Tone.Faint));
                break;
            case WriteState.Planned:
                screen.Line($"Would {verb} ", Undone(outcome), outcome.Undone.Count == 0 ? "" : ": ",
                    Counts(outcome.Files), StatusReport.Subject(outcome.Message));
                Files(outcome.Files, screen);
                break;
            case WriteState.Unchanged:
                screen.Line("Nothing had to change");
                break;
            case WriteState.RolledBack:
                screen.Line($"Failed to {verb}; the worktree is as it was");
                break;
            case WriteState.Refused:
            case WriteState.Attention:
            default:
                break;
        }
    }

    private static Piece Undone(WriteOutcome outcome) => outcome.Undone.Count switch
    {
        0 => "",
        <= 3 => new Piece(string.Join(", ", outcome.Undone), Tone.Id),
        var many => new Piece($"{many} transactions, {outcome.Undone[^1]} to {outcome.Undone[0]}", Tone.Id),
    };

    private static string Counts(IReadOnlyList<WrittenFile> files)
    {
        var kinds = files.GroupBy(f => f.Change).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {(g.Key is ChangeKind.Type or ChangeKind.Mode ? $"{Spelling.Of(g.Key)} changed" : Spelling.Of(g.Key))}");
        return $"{files.Count} {(files.Count == 1 ? "file" : "files")} ({string.Join(", ", kinds)})";
    }

    private static void Files(IReadOnlyList<WrittenFile> files, Screen screen)
    {
        // Outcomes list paths in swap order; people look for names.
        foreach (var file in files.OrderBy(f => f.Path, Comparer<string>.Create(Utf8Order.Compare))
            .Take(files.Count > MostPaths ? MostPaths - 1 : MostPaths))
        {
            FileLine.Print(file, screen);
        }

        if (files.Count > MostPaths)
        {
            screen.Line(new Piece($" ... and {files.Count - MostPaths + 1} more", Tone.Faint));
        }
    }
}
