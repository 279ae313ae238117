using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using Spectre.Console;

namespace GitWriteOpt.Cli.Recovering;

/// <summary>
/// Asks a person what becomes of a session that was cut off. Nothing happens before it was shown what it would do and
/// that was confirmed; deciding later is always among the choices.
/// </summary>
internal sealed class RecoverMenu(IAnsiConsole console, RecoverDeeds deeds)
{
    internal const string Start = "Back to its start";
    internal const string Point = "Back to a checkpoint ...";
    internal const string Some = "Take back only some files ...";
    internal const string Keep = "Keep everything";
    internal const string Diff = "Look at the diff";
    internal const string Later = "Decide later";

    private const int MostLines = 30;

    /// <summary>The terminal, where prompts go to standard error.</summary>
    internal static IAnsiConsole Terminal() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Asks until something is decided; the exit code.</summary>
    internal int Ask(SessionAccount account)
    {
        while (true)
        {
            var choice = One($"What becomes of the session {account.Session.Id}?", [Start, Point, Some, Keep, Diff, Later]);
            var decided = choice switch
            {
                Start => Back(account, "start", []),
                Point => ToPoint(account),
                Some => Files(account),
                Keep => Carry(account, null, [], unattributed: false),
                Later => ExitCode.Done,
                _ => Show(account),
            };
            if (decided is { } exitCode)
            {
                return exitCode;
            }
        }
    }

    private int? Show(SessionAccount account)
    {
        deeds.ShowDiff(account);
        return null;
    }

    private int? ToPoint(SessionAccount account)
    {
        var steps = account.Steps.ToDictionary(Describe);
        var chosen = One("Back to which checkpoint?", [.. steps.Keys.Reverse()]);
        return Back(account, steps[chosen].Checkpoint, []);
    }

    private int? Files(SessionAccount account)
    {
        var prompt = new MultiSelectionPrompt<string>().Title("Which files go back to how they were at the start?").NotRequired()
            .UseConverter(p => Markup.Escape(Quoting.Path(p))).PageSize(MostLines).AddChoices(account.Files.Select(f => f.Path));
        var chosen = console.Prompt(prompt);
        return chosen.Count == 0 ? null : Back(account, "start", chosen);
    }

    private int? Back(SessionAccount account, string to, IReadOnlyList<string> paths)
    {
        var others = account.Files.Any(f => f.By == Attribution.Unattributed || f.AlsoUnattributed)
            && console.Prompt(new ConfirmationPrompt("Also what may be a person's (unattributed)?") { DefaultValue = false });
        var foretold = deeds.Recover(account.Session, to, paths, others, dryRun: true);
        foreach (var file in foretold.Files.Take(MostLines))
        {
            Line($"  {Spelling.Of(file.Change)} {Quoting.Path(file.Path)}");
        }

        if (foretold.Files.Count > MostLines)
        {
            Line($"  ... and {foretold.Files.Count - MostLines} more");
        }

        Tell(foretold);
        return foretold.State is not (WriteState.Planned or WriteState.Unchanged)
            || !console.Prompt(new ConfirmationPrompt($"Change {StatusReport.Count(foretold.Files.Count, "file")} and end the session?"))
            ? null : Carry(account, to, paths, others);
    }

    private int? Carry(SessionAccount account, string? to, IReadOnlyList<string> paths, bool unattributed)
    {
        var outcome = deeds.Recover(account.Session, to, paths, unattributed, dryRun: false);
        Line(outcome.State switch
        {
            WriteState.Applied => $"Recovered as {outcome.Transaction}; undo with: git writeopt undo {outcome.Transaction}",
            WriteState.Unchanged when to is null => "Everything is kept; the session is ended",
            WriteState.Unchanged => "Nothing had to change; the session is ended",
            _ => "Nothing was changed",
        });
        Tell(outcome);
        return ExitCode.Of(outcome.State);
    }

    private void Tell(WriteOutcome outcome)
    {
        foreach (var warning in outcome.Warnings)
        {
            Line("  warning: " + warning);
        }

        foreach (var error in outcome.Error is { } first ? [first, .. outcome.MoreErrors] : (IReadOnlyList<WriteError>)[])
        {
            Line("  error: " + Diagnostics.Sentence(error));
        }
    }

    private string One(string question, IReadOnlyList<string> choices) => console.Prompt(new SelectionPrompt<string>()
        .Title(Markup.Escape(question)).PageSize(MostLines).UseConverter(Markup.Escape).AddChoices(choices));

    private void Line(string text) => console.WriteLine(Quoting.Line(text));

    private static string Describe(SessionStep step) => Quoting.Line($"{step.Checkpoint} {Timestamp.Short(step.Time)} "
        + $"{Spelling.Of(step.Reason)}{(step.Tool is null ? "" : " " + step.Tool)}{StatusReport.Subject(step.Message)}");
}
