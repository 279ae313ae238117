namespace GitWriteOpt.Statistics;

/// <summary>How one figure is defined.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Title">For people.</param>
/// <param name="Unit">What its value counts.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Source">From what.</param>
/// <param name="Measures">What would measure it, where it was not.</param>
/// <param name="Of">How many observations there are; without any there is no value.</param>
/// <param name="Value">The value, where there are some.</param>
internal sealed record FigureDefinition(string Name, string Title, string Unit, string Formula, string Source, string Measures,
    Func<FigureTally, long> Of, Func<FigureTally, double> Value);

/// <summary>All figures: the one place that says what each means. README and manual page have the same rows.</summary>
internal static class FigureTable
{
    private const string Commits = "the commits under refs/writeopt/tx";
    private const string Recorded = "writeopt/figures below the git directory";
    private const string Answers = "writeopt/suggestions below the git directory (the newest 500)";
    private const string Calibrated = "git writeopt stats --calibrate, and batches after it";
    private const string Both = Recorded + ", the calibration";

    /// <summary>The rows, in the order in which they are shown.</summary>
    internal static readonly IReadOnlyList<FigureDefinition> Rows =
    [
        new("batching-rate", "Write batching rate", "share", "files written in a transaction of several / all files written",
            Commits, "a batch: git writeopt apply", t => t.Files, t => (double)t.FilesTogether / t.Files),
        new("time-saved", "Time saved", "ms", "files x a single write + bytes beyond x their cost - recorded time of writing (without plan and validation), summed over applied batches; may be negative",
            Both, Calibrated, t => t.Timed, t => t.SavedMilliseconds),
        new("system-calls-saved", "System calls saved", "calls", "(files - 1) x (reads and writes of a single write - those of one more file in a batch)",
            Both, Calibrated, t => t.CountsCalls ? t.Timed : 0, t => t.SavedCalls),
        new("syncs-saved", "Syncs saved", "syncs", "(files - 1) x (syncs of a single write - those of one more file in a batch)",
            Both, Calibrated, t => t.Timed, t => t.SavedSyncs),
        new("template-usage", "Template usage", "share", "batches that a template made / batches",
            Commits, "a batch: git writeopt apply", t => t.Batches, t => (double)t.FromTemplate / t.Batches),
        new("rollback-success", "Rollback success rate", "share",
            "rollbacks and redos that were carried out, and failed writes that were taken back / all of them",
            Recorded, "a rollback: git writeopt undo", t => t.RollbacksAsked, t => (double)t.RollbacksDone / t.RollbacksAsked),
        new("integrity", "Read-back mismatches", "mismatches", "transactions whose files did not read back as they were written; must be 0",
            Recorded, "a batch: git writeopt apply", t => t.ReadBack + t.Mismatches, t => t.Mismatches),
        new("validation-coverage", "Validation coverage", "share", "files that a rule looked at / files written by batches",
            Commits, "a batch: git writeopt apply", t => t.Validatable, t => (double)t.Validated / t.Validatable),
        new("error-recovery", "Error recovery rate", "share",
            "refusals followed by an applied batch within an hour, failed writes that were taken back, cut-off ones that were recovered / all of these errors",
            Recorded, "an error", t => t.Failed, t => (double)t.Recovered / t.Failed),
        new("patterns-per-session", "Patterns recognised per session", "patterns",
            "learned rules of which a session wrote both files, and templates that it used / sessions (the newest 50)",
            Commits + ", refs/writeopt/patterns", "git writeopt learn, and sessions with transactions", t => t.Sessions, t => (double)t.Patterns / t.Sessions),
        new("reuse", "Reuse of templates", "uses", "batches that a template made / templates that made one",
            Commits, "git writeopt template new <name>", t => t.Templates, t => (double)t.FromTemplate / t.Templates),
        new("template-effectiveness", "Template effectiveness", "share",
            "lines that templates wrote and HEAD still has at the same path / lines that they wrote (the newest 200 batches of templates)",
            Commits + ", HEAD", "git writeopt template new <name>, and a commit of it", t => t.TemplateLines,
            t => (double)t.TemplateLinesLeft / t.TemplateLines),
        new("suggestions-taken", "Suggestions taken", "share",
            "suggestions that a later commit has / those that were taken, declined, or committed without",
            Answers, "git writeopt suggest, and the commit after it", t => t.Answered, t => (double)t.SuggestionsTaken / t.Answered),
        new("errors-before", "Errors caught before writing", "errors", "findings that refused a batch; 1 where it was refused for another reason",
            Recorded, "a batch: git writeopt apply", t => t.Commands, t => t.ErrorsBefore),
        new("errors-after", "Errors caught after writing", "errors", "commands whose writes were taken back, or need a person",
            Recorded, "a batch: git writeopt apply", t => t.Commands, t => t.ErrorsAfter),
        new("tests-with-code", "Tests written with code", "share", "transactions with implementation that also write tests / transactions with implementation",
            Commits, "a batch: git writeopt apply", t => t.WithImplementation, t => (double)t.WithTests / t.WithImplementation),
        new("documentation-with-code", "Documentation written with code", "share",
            "transactions with implementation that also write documentation / transactions with implementation",
            Commits, "a batch: git writeopt apply", t => t.WithImplementation, t => (double)t.WithDocumentation / t.WithImplementation),
    ];
}
