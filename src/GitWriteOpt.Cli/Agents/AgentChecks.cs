using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Sessions;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// Validation in an agent's hook (<c>writeopt.agent.validate</c>: <c>warn</c>, <c>deny</c> or <c>off</c>): what a tool is
/// about to write, and what it has written. Only what it makes worse is told: paths, lines and the names of rules, never
/// text of files.
/// </summary>
internal sealed class AgentChecks(Writer writer, AgentMemory memory, string? call, TimeSpan budget)
{
    /// <summary>The setting.</summary>
    internal const string Key = "writeopt.agent.validate";

    private const int MostFindings = 10;

    private readonly string? _setting = writer.Setting(Key);

    /// <summary>What the write would break; null where it breaks nothing that is known within the budget.</summary>
    internal AgentAnswer? Before(Batch batch)
    {
        if (_setting == "off")
        {
            return null;
        }

        // By a writer of its own: what takes longer goes on while the checkpoint is taken by this one.
        var root = writer.Layout.WorktreeRoot;
        var look = Task.Run(() =>
        {
            using var own = Writer.Open(root);
            return Found(() => own.Validate(batch));
        });
        if (!look.Wait(budget) || Tell(look.Result) is not { } told)
        {
            return null; // what was written is looked at afterwards
        }

        memory.Told(call);
        return _setting == "deny"
            ? new AgentAnswer(Denial: $"git writeopt: this write would break what is whole now: {told}. Mend the content and write again.")
            : new AgentAnswer(Context: $"git writeopt: this write breaks what was whole: {told}. Mend it before you go on.");
    }

    /// <summary>What the tool's writes broke; null where they broke nothing, or it was told before.</summary>
    internal string? After(SessionSummary session) =>
        _setting == "off" || memory.WasTold(call) || Tell(Found(() => writer.ValidateLastStep(session))) is not { } told ? null
            : $"git writeopt: what was written is not whole: {told}. Mend it before you go on.";

    private ValidationOutcome Found(Func<ValidationOutcome> look) =>
        Degraded.Try(memory, "what is written is not validated", look, ValidationOutcome.None);

    private static string? Tell(ValidationOutcome outcome)
    {
        List<CheckFinding> errors = [.. outcome.Findings.Where(f => f is { Severity: CheckSeverity.Error, Category: not ErrorCategory.Usage })];
        return errors.Count == 0 ? null : string.Join(", ", errors.Take(MostFindings).Select(One))
            + (errors.Count > MostFindings ? string.Create(CultureInfo.InvariantCulture, $" and {errors.Count - MostFindings} more") : "");
    }

    private static string One(CheckFinding finding) => string.Create(CultureInfo.InvariantCulture,
        $"{Quoting.Path(finding.Path.Value)}{(finding.Line is { } line ? $" line {line}" : "")} ({finding.Rule})");
}
