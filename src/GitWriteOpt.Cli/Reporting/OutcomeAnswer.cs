using System.Text.Json.Serialization;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>CONTRACT's error object.</summary>
internal sealed record ErrorAnswer(string Category, string Code, string? Path, string Message, string? Suggestion)
{
    /// <summary>One-based, where known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    /// <summary>One-based, in bytes, where known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Column { get; init; }

    /// <summary>Of an error; null of null.</summary>
    public static ErrorAnswer? Of(WriteError? error) => error is null ? null
        : new ErrorAnswer(Spelling.Of(error.Category), error.Code, error.Path, error.Message, error.Suggestion)
        {
            Line = error.Line,
            Column = error.Column,
        };
}

/// <summary>One path that was written.</summary>
internal sealed record FileAnswer(string Path, string Change, long Bytes, string? Blob)
{
    /// <summary>Where a renamed file came from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>Of one path.</summary>
    public static FileAnswer Of(WrittenFile file) =>
        new(file.Path, Spelling.Of(file.Change), file.Bytes, file.Blob) { From = file.From };
}

/// <summary>One path that was left out.</summary>
internal sealed record SkippedAnswer(string Path, ErrorAnswer Error);

/// <summary>The answer to apply, rollback, redo and restore; and to anything that failed.</summary>
internal sealed record OutcomeAnswer(string State)
{
    /// <summary>The id, or null.</summary>
    public string? Transaction { get; init; }

    /// <summary>The full ref, or null.</summary>
    public string? Ref { get; init; }

    /// <summary>The backup commit, or null.</summary>
    public string? Before { get; init; }

    /// <summary>The transaction's commit, or null.</summary>
    public string? After { get; init; }

    /// <summary>The message, where there is one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>What was undone or redone, newest first.</summary>
    public IReadOnlyList<string> Undone { get; init; } = [];

    /// <summary>The paths.</summary>
    public IReadOnlyList<FileAnswer> Files { get; init; } = [];

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedAnswer> Skipped { get; init; } = [];

    /// <summary>What else is worth knowing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What validation found.</summary>
    public IReadOnlyList<CheckFindingAnswer> Findings { get; init; } = [];

    /// <summary>Milliseconds by phase.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();

    /// <summary>The first error, or null.</summary>
    public ErrorAnswer? Error { get; init; }

    /// <summary>Further errors that were found together with the first.</summary>
    public IReadOnlyList<ErrorAnswer> MoreErrors { get; init; } = [];

    /// <summary>The last lines that a verifying command said, where it did not pass.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? CommandOutput { get; init; }

    /// <summary>Of a workflow: the steps that no template makes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WorkflowStepAnswer>? Remaining { get; init; }

    /// <summary>Of an outcome.</summary>
    public static OutcomeAnswer Of(WriteOutcome outcome) => new(Spelling.Of(outcome.State))
    {
        Transaction = outcome.Transaction,
        Ref = outcome.Ref,
        Before = outcome.Before,
        After = outcome.After,
        Message = outcome.Message,
        Undone = outcome.Undone,
        Files = [.. outcome.Files.Select(FileAnswer.Of)],
        Skipped = [.. outcome.Skipped.Select(s => new SkippedAnswer(s.Path.Value, ErrorAnswer.Of(s.Error)!))],
        Warnings = outcome.Warnings,
        CommandOutput = outcome.CommandOutput.Count == 0 ? null : outcome.CommandOutput,
        Findings = [.. outcome.Findings.Select(CheckFindingAnswer.Of)],
        Timings = outcome.Timings,
        Error = ErrorAnswer.Of(outcome.Error),
        MoreErrors = [.. outcome.MoreErrors.Select(e => ErrorAnswer.Of(e)!)],
    };

    /// <summary>Of errors before anything was done.</summary>
    public static OutcomeAnswer Refused(IReadOnlyList<WriteError> errors) => new(Spelling.Of(WriteState.Refused))
    {
        Error = ErrorAnswer.Of(errors[0]),
        MoreErrors = [.. errors.Skip(1).Select(e => ErrorAnswer.Of(e)!)],
    };
}
