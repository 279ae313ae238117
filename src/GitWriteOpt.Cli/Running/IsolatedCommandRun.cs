using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using Spectre.Console;

namespace GitWriteOpt.Cli.Running;

/// <summary>How a command is run in a worktree of its own.</summary>
/// <param name="Message">What the run is for; null to name the command.</param>
/// <param name="OnFailure">What becomes of its writes where it fails.</param>
/// <param name="KeepWorktree">Whether the worktree stays.</param>
/// <param name="Validate">Whether what lands is validated.</param>
internal sealed record IsolatedRunOptions(string? Message, FailurePolicy OnFailure, bool KeepWorktree, bool Validate)
{
    /// <summary>The workflow step that the run is; null for none.</summary>
    public string? Step { get; init; }
}

/// <summary>
/// One run of a command in a linked worktree: where it succeeds its work lands here as one transaction or, refused, is
/// kept whole; nothing in between. What we say goes to standard error.
/// </summary>
internal sealed class IsolatedCommandRun(Invocation invocation, IReadOnlyList<string> words, IsolatedRunOptions options)
{
    private const int OurFailure = 125;

    private readonly string _what = options.Message ?? $"Run {string.Join(' ', words)}";

    /// <summary>Carries it out; the command's exit code, or 125 where we failed or its work was refused.</summary>
    internal int Carry()
    {
        try
        {
            var writer = invocation.Open();
            using var run = writer.Isolate(words[0], _what, options.Step);
            Diagnostics.Warnings(run.Warnings, invocation);
            var exitCode = ChildCommand.Run(words, run.DirectoryFor(invocation.Directory), run.Session.Id, LocalVariables.Names,
                toErrors: invocation.Json);
            return Finish(writer, run, exitCode);
        }
        catch (Exception cause) when (cause is Errors.WriteException or IOException or UnauthorizedAccessException)
        {
            Failure.Report(cause, invocation);
            return OurFailure;
        }
    }

    private int Finish(Writer writer, IsolatedRun run, int exitCode)
    {
        var outcome = new WriteOutcome { State = WriteState.Unchanged };
        try
        {
            writer.LookAt(run, _what);
            outcome = exitCode == 0 ? writer.Land(run, options.Validate) : Failed(writer, run, exitCode);
        }
        finally
        {
            var landed = outcome.State is WriteState.Applied || (exitCode == 0 && outcome.State is WriteState.Unchanged);
            if (writer.EndIsolation(run, landed, options.KeepWorktree, _what) is { } left)
            {
                Diagnostics.Warnings([left], invocation);
            }
        }

        Report(run, outcome, exitCode);
        return exitCode == 0 && outcome.Error is not null ? OurFailure : exitCode;
    }

    private WriteOutcome Failed(Writer writer, IsolatedRun run, int exitCode)
    {
        var kept = run.Files.Count > 0 && MustKeep(run, exitCode) ? writer.Keep(run) : "";
        Diagnostics.Note(run.Files.Count == 0 ? $"the command failed ({exitCode}) and wrote nothing"
            : kept.Length == 0 ? $"the command failed ({exitCode}); nothing of the {StatusReport.Count(run.Files.Count, "file")} that it wrote landed"
            : $"the command failed ({exitCode}); nothing landed, its work is kept: git writeopt apply --resume {kept} --3way");
        return new WriteOutcome { State = WriteState.Unchanged, Ref = kept.Length == 0 ? null : RefNames.Kept + kept };
    }

    private bool MustKeep(IsolatedRun run, int exitCode)
    {
        if (options.OnFailure != FailurePolicy.Ask || Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return options.OnFailure != FailurePolicy.Rollback;
        }

        foreach (var file in run.Files)
        {
            Diagnostics.Note($"{Spelling.Of(file.Change)} {file.Path}");
        }

        return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Prompt(new ConfirmationPrompt($"The command failed ({exitCode}). Keep what it wrote, to be resumed?")
            {
                DefaultValue = false,
            });
    }

    private void Report(IsolatedRun run, WriteOutcome outcome, int exitCode)
    {
        if (outcome.Error is { } error)
        {
            Diagnostics.Errors([error, .. outcome.MoreErrors]);
            Diagnostics.Note("nothing landed" + (outcome.Ref is not { } name ? "" :
                $"; the work is kept: git writeopt apply --resume {name[RefNames.Kept.Length..]} --3way"));
        }
        else if (exitCode == 0 && !invocation.Quiet)
        {
            Diagnostics.Note(outcome.State == WriteState.Unchanged ? "nothing to land: the command changed no file"
                : $"{StatusReport.Count(outcome.Files.Count, "file")} landed; undo with: git writeopt undo {outcome.Transaction}");
        }

        Diagnostics.Warnings([.. outcome.Warnings, .. run.TooLarge.Select(path => $"\"{path}\" is larger than a snapshot takes in, so it did not land")],
            invocation);
        if (run.CommitRef is { } commits)
        {
            Diagnostics.Note($"{StatusReport.Count(run.Commits, "commit")} made inside, on no branch: {commits} "
                + $"(take them with: git cherry-pick HEAD..{commits}; forget them with: git update-ref -d {commits})");
        }

        if (run.Ignored > 0 && !invocation.Quiet)
        {
            Diagnostics.Note($"{StatusReport.Count(run.Ignored, "ignored file")} did not land");
        }

        if (options.KeepWorktree)
        {
            Diagnostics.Note($"the worktree stays at {run.Root}; remove it with: git worktree remove --force \"{run.Root}\"");
        }

        if (invocation.Json)
        {
            JsonReport.Print(invocation, OutcomeAnswer.Of(outcome), AnswerJson.Default.OutcomeAnswer);
        }
    }
}
