using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using Spectre.Console;

namespace GitWriteOpt.Cli.Running;

/// <summary>
/// One run of a command between two checkpoints: whatever it writes, and however, becomes one transaction. Data of the
/// command goes where it sends it; what we say goes to standard error, so that a run can stand in a pipe.
/// </summary>
internal sealed class CommandRun(Invocation invocation, IReadOnlyList<string> words, string? message, FailurePolicy onFailure)
{
    private const int OurFailure = 125;

    /// <summary>The workflow step that the run is; null for none.</summary>
    internal string? Step { get; init; }

    /// <summary>Carries it out; the command's exit code, or 125 where we failed.</summary>
    internal int Carry()
    {
        var what = message ?? $"Run {string.Join(' ', words)}";
        SessionSummary session;
        try
        {
            session = invocation.Open().StartSession(null, words[0], Environment.ProcessId,
                new CheckpointRequest(CheckpointReason.Start, "Before: " + what) { Durable = true, Step = Step });
        }
        catch (Exception cause) when (cause is Errors.WriteException or IOException or UnauthorizedAccessException)
        {
            Failure.Report(cause, invocation);
            return OurFailure;
        }

        var exitCode = ChildCommand.Run(words, invocation.Directory, session.Id, [], toErrors: invocation.Json);
        try
        {
            var writer = invocation.Open();
            var request = new CheckpointRequest(CheckpointReason.End, what) { Durable = true, Tool = words[0] };
            writer.EndSession(session.Id, aborted: exitCode != 0, request);
            Report(writer.RecordRun(session.Id, request), exitCode);
            return exitCode;
        }
        catch (Exception cause) when (cause is Errors.WriteException or IOException or UnauthorizedAccessException)
        {
            Failure.Report(cause, invocation);
            return OurFailure;
        }
    }

    private void Report(WriteOutcome? written, int exitCode)
    {
        if (!invocation.Quiet)
        {
            Diagnostics.Note(written is null ? "the command wrote nothing"
                : $"{StatusReport.Count(written.Files.Count, "file")} written; undo with: git writeopt undo {written.Transaction}");
        }

        var back = exitCode != 0 && written is { Transaction: { } id } && MustGoBack(exitCode, written.Files.Count)
            ? invocation.Open().Rollback(new RollbackRequest { Transaction = id }) : null;
        if (back is { State: WriteState.Applied or WriteState.Unchanged })
        {
            Diagnostics.Note($"the command failed ({exitCode}) and what it wrote was rolled back");
        }
        else if (back?.Error is { } error)
        {
            Diagnostics.Errors([error, .. back.MoreErrors]);
        }

        if (invocation.Json)
        {
            JsonReport.Print(invocation, OutcomeAnswer.Of(back ?? written ?? new WriteOutcome { State = WriteState.Unchanged }),
                AnswerJson.Default.OutcomeAnswer);
        }
    }

    private bool MustGoBack(int exitCode, int files) => onFailure switch
    {
        FailurePolicy.Rollback => true,
        FailurePolicy.Keep => false,
        _ => !Console.IsInputRedirected && !Console.IsErrorRedirected && AnsiConsole.Create(
                new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Prompt(new ConfirmationPrompt($"The command failed ({exitCode}). Roll back the {StatusReport.Count(files, "file")} that it wrote?")
            {
                DefaultValue = false,
            }),
    };
}
