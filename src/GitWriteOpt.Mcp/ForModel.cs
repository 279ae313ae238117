using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Mcp;

/// <summary>
/// What may be told to a model: paths with their control characters escaped, ids and counts. Text of commits and files is
/// left out, since whoever wrote it could give the model orders with it.
/// </summary>
internal static class ForModel
{
    /// <summary>An outcome.</summary>
    internal static WriteOutcome Of(WriteOutcome outcome) => outcome with
    {
        Message = null,
        Files = Of(outcome.Files),
        Findings = [.. outcome.Findings.Select(f => f with { Message = $"breaks the rule {f.Rule}", Suggestion = null })],
        Skipped = [.. outcome.Skipped.Select(s => s with { Error = Of(s.Error) })],
        Warnings = Told(outcome.Warnings),
        Error = outcome.Error is null ? null : Of(outcome.Error),
        MoreErrors = [.. outcome.MoreErrors.Select(Of)],
    };

    /// <summary>An error.</summary>
    internal static WriteError Of(WriteError error) => error with
    {
        Message = Quoting.Line(error.WithoutContent ?? error.Message),
        Path = error.Path is null ? null : Quoting.Path(error.Path),
        Suggestion = error.Suggestion is null ? null : Quoting.Line(error.Suggestion),
    };

    /// <summary>Files.</summary>
    internal static IReadOnlyList<WrittenFile> Of(IReadOnlyList<WrittenFile> files) =>
        [.. files.Select(f => f with { Path = Quoting.Path(f.Path), From = f.From is null ? null : Quoting.Path(f.From) })];

    /// <summary>A plan.</summary>
    internal static PlanAnswer Of(PlanAnswer plan) => plan with
    {
        Sequence = [.. plan.Sequence.Select(step => step with
        {
            Does = Quoting.Line(step.Does),
            Writes = step.Writes is null ? null : [.. step.Writes.Select(w => w with
            {
                Path = Quoting.Path(w.Path),
                From = w.From is null ? null : Quoting.Path(w.From),
            })],
        })],
        Dependencies = [.. plan.Dependencies.Select(Quoting.Path)],
        Groups = [.. plan.Groups.Select(g => g with { Paths = [.. g.Paths.Select(Quoting.Path)] })],
        Decisions = [.. plan.Decisions.Select(d => d with { Subject = Quoting.Line(d.Subject), Text = Quoting.Line(d.Text) })],
        Warnings = Told(plan.Warnings),
    };

    /// <summary>A line of the log, without its message.</summary>
    internal static LogEntryAnswer Of(TransactionSummary transaction) => LogEntryAnswer.Of(transaction) with
    {
        Message = "",
        Session = transaction.Session is null ? null : Quoting.Line(transaction.Session),
        Step = transaction.Step is null ? null : Quoting.Line(transaction.Step),
    };

    /// <summary>A status.</summary>
    internal static StatusAnswer Of(StatusAnswer status) => status with
    {
        Pending = [.. status.Pending.Select(p => p with { Message = "" })],
        Sessions = [.. status.Sessions.Select(s => s with
        {
            Message = "",
            Name = s.Name is null ? null : Quoting.Line(s.Name),
            Agent = s.Agent is null ? null : Quoting.Line(s.Agent),
        })],
        Rescued = [.. status.Rescued.Select(r => r with { Message = "", Paths = [.. r.Paths.Select(Quoting.Path)] })],
    };

    // What a rule found ends with the rule's name and may quote the file: the name is told, the words are not.
    private static List<string> Told(IReadOnlyList<string> warnings) => [.. warnings.Select(w => Quoting.Line(
        w.EndsWith(']') && w.LastIndexOf('[') is var at and > 0 ? $"a finding of the rule {w[(at + 1)..^1]}" : w))];

    /// <summary>A recovery.</summary>
    internal static RecoveryAnswer Of(RecoveryAnswer recovery) => recovery with
    {
        Recovered = [.. recovery.Recovered.Select(r => r with { Message = "" })],
        Rescued = [.. recovery.Rescued.Select(r => r with { Path = Quoting.Path(r.Path), Reason = Quoting.Line(r.Reason) })],
        Warnings = [.. recovery.Warnings.Select(Quoting.Line)],
    };
}
