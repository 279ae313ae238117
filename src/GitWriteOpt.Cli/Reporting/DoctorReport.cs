using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Diagnosis;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>One thing that doctor found.</summary>
internal sealed record FindingAnswer(
    string Severity, string Code, string? Path, string Message, string? Suggestion, bool Repaired);

/// <summary>The answer to doctor as JSON.</summary>
internal sealed record DoctorAnswer(string State, IReadOnlyList<FindingAnswer> Findings, Ground Ground)
{
    /// <summary>Of an outcome.</summary>
    public static DoctorAnswer Of(DoctorOutcome outcome) => new(Spelling.Of(outcome.State),
        [.. outcome.Findings.Select(f => new FindingAnswer(Spelling.Of(f.Severity), f.Code, f.Path, f.Message, f.Suggestion, f.Repaired))],
        outcome.Ground);
}

/// <summary>The answer to doctor.</summary>
internal static class DoctorReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(DoctorOutcome outcome, Invocation invocation, bool dryRun)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, DoctorAnswer.Of(outcome), AnswerJson.Default.DoctorAnswer);
        }
        else
        {
            Text(outcome, invocation, dryRun);
        }

        return outcome.State == DoctorState.Attention ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Text(DoctorOutcome outcome, Invocation invocation, bool dryRun)
    {
        var screen = invocation.Screen;
        foreach (var finding in outcome.Findings.Where(f => !invocation.Quiet || f.Severity != FindingSeverity.Note))
        {
            var (label, tone) = (finding.Repaired, finding.Severity) switch
            {
                (true, _) => (dryRun ? "would mend" : "mended", Tone.Added),
                (_, FindingSeverity.Error) => ("error", Tone.Deleted),
                (_, FindingSeverity.Warning) => ("warning", Tone.Modified),
                _ => ("note", Tone.Faint),
            };
            var path = finding.Path is { } p && !finding.Message.Contains(p, StringComparison.Ordinal) ? $" ({Quoting.Path(p)})" : "";
            screen.Line(new Piece(label, tone), $": {finding.Message}{path}");
            if (finding.Suggestion is { } suggestion)
            {
                screen.Line(new Piece($"  {suggestion}", Tone.Faint));
            }
        }

        if (!invocation.Quiet)
        {
            GroundLines(outcome.Ground, screen);
        }

        screen.Line(outcome.State switch
        {
            DoctorState.Well => "All is well",
            DoctorState.Repaired => dryRun ? "All could be mended: git writeopt doctor" : "All is well now",
            _ => "Something remains to be done",
        });
    }

    private static void GroundLines(Ground ground, Screen screen)
    {
        screen.Line($"git {ground.Git}, {ground.ObjectFormat}, refs: {ground.RefBackend}, worktree on {ground.WorktreeFileSystem ?? "?"}, "
            + $"git directory on {ground.GitFileSystem ?? "?"}");
        string[] settings =
        [
            .. ground.FileMode ? Array.Empty<string>() : ["core.fileMode=false"],
            .. ground.IgnoreCase ? ["core.ignoreCase"] : Array.Empty<string>(),
            .. ground.PrecomposeUnicode ? ["core.precomposeUnicode"] : Array.Empty<string>(),
            .. ground.SparseCheckout ? ["sparse checkout"] : Array.Empty<string>(),
            .. ground.PartialClone ? ["partial clone"] : Array.Empty<string>(),
        ];
        if (settings.Length > 0)
        {
            screen.Line($"  {string.Join(", ", settings)}");
        }

        foreach (var way in ground.Ways)
        {
            screen.Line($"  {way}");
        }
    }
}
