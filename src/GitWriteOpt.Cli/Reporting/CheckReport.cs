using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to check, and the table of its rules.</summary>
internal static class CheckReport
{
    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(ValidationOutcome outcome, Writer writer, Invocation invocation, CheckFormat format)
    {
        switch (format)
        {
            case CheckFormat.Json:
                JsonReport.Print(invocation, CheckAnswer.Of(outcome), AnswerJson.Default.CheckAnswer);
                break;
            case CheckFormat.Sarif:
                SarifReport.Print(outcome, writer.CheckRules(), writer.Layout.WorktreeRoot, invocation.Screen);
                break;
            default:
                Text(outcome, invocation);
                break;
        }

        return outcome.HasErrors ? ExitCode.Refused : ExitCode.Done;
    }

    /// <summary>Prints the rules.</summary>
    public static int PrintRules(IReadOnlyList<CheckRule> rules, Invocation invocation, CheckFormat format)
    {
        if (format != CheckFormat.Text)
        {
            JsonReport.Print(invocation, [.. rules.Select(CheckRuleAnswer.Of)], AnswerJson.Default.CheckRulesAnswer);
            return ExitCode.Done;
        }

        var width = rules.Max(r => r.Name.Length);
        foreach (var rule in rules)
        {
            var configured = rule.Severity == rule.Default ? "" : $" (default {CheckRuleAnswer.Word(rule.Default)})";
            invocation.Screen.Line(new Piece(rule.Name.PadRight(width), Tone.Id), "  ",
                new Piece(CheckRuleAnswer.Word(rule.Severity).PadRight(5), ToneOf(rule.Severity)), $"  {rule.Text}{configured}");
        }

        return ExitCode.Done;
    }

    // path:line:column: severity: message [rule], as compilers print and editors read.
    private static void Text(ValidationOutcome outcome, Invocation invocation)
    {
        var screen = invocation.Screen;
        foreach (var finding in outcome.Findings)
        {
            var position = (finding.Line, finding.Column) switch
            {
                (null, _) => "",
                ({ } line, null) => FormattableString.Invariant($":{line}"),
                ({ } line, { } column) => FormattableString.Invariant($":{line}:{column}"),
            };
            screen.Line(Quoting.Path(finding.Path.Value) + position + ": ",
                new Piece(Spelling.Of(finding.Severity), ToneOf(finding.Severity)), $": {finding.Message}", finding.WasThere ? " (as before)" : "",
                new Piece($" [{finding.Rule}]", Tone.Faint));
            if (finding.Suggestion is { } suggestion && !invocation.Quiet)
            {
                screen.Line(new Piece($"  {suggestion}", Tone.Faint));
            }
        }

        if (invocation.Quiet)
        {
            return;
        }

        var errors = outcome.Findings.Count(f => f.Severity == CheckSeverity.Error);
        var summary = $"{StatusReport.Count(errors, "error")}, {StatusReport.Count(outcome.Findings.Count - errors, "warning")}";
        screen.Line($"Checked {StatusReport.Count(outcome.Checked, "file")}: {(outcome.Findings.Count == 0 ? "all is well" : summary)}");
    }

    private static Tone ToneOf(CheckSeverity? severity) => severity switch
    {
        CheckSeverity.Error => Tone.Deleted,
        CheckSeverity.Warning => Tone.Modified,
        _ => Tone.Faint,
    };
}
