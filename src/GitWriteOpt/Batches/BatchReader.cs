using GitWriteOpt.Batches.ContextPatches;
using GitWriteOpt.Batches.Diffs;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.Rewrites;
using GitWriteOpt.Batches.Sarif;
using GitWriteOpt.Batches.SearchBlocks;
using GitWriteOpt.Batches.ToolCalls;
using GitWriteOpt.Batches.Transcripts;
using GitWriteOpt.Batches.WorkspaceEdits;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches;

/// <summary>
/// The way in for batches: bytes to operations. A byte order mark and one outer code fence are taken off, the format is
/// detected unless it is named, then its reader parses everything once: below this room there are no raw paths and no
/// unread input. Readers touch nothing but the files that <c>"source"</c> names; the operations may refer to the input's
/// bytes, which must not change afterwards.
/// </summary>
public static class BatchReader
{
    /// <summary>Reads one batch.</summary>
    /// <param name="input">The bytes as they came.</param>
    /// <param name="format">The format, or <see cref="BatchFormat.Auto"/>.</param>
    /// <param name="context">What names in the batch are relative to.</param>
    /// <exception cref="UsageException">The input cannot be read; the error has line and column.</exception>
    /// <exception cref="RefusedException">A path is unsafe.</exception>
    public static Batch Read(ReadOnlyMemory<byte> input, BatchFormat format, BatchContext context)
    {
        var text = BatchInput.Of(input);
        if (text.IsBlank)
        {
            throw text.Fault(0, "empty-batch", "the batch is empty", "a batch without operations is {\"operations\":[]}");
        }

        JsonTape? tape = null;
        if (format == BatchFormat.Auto)
        {
            tape = FormatDetection.IsJson(text) ? JsonTape.Parse(text) : null;
            format = tape is null ? FormatDetection.OfText(text) : FormatDetection.OfJson(tape);
        }

        if (context.Since is not null && format != BatchFormat.Transcript)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "since-without-transcript",
                $"--since names an event of a transcript, but the batch was read as {BatchFormatNames.NameOf(format)}")
            {
                Suggestion = "leave --since out, or name the format with --format transcript",
            });
        }

        JsonTape Json() => tape ?? JsonTape.Parse(text);
        var batch = format switch
        {
            BatchFormat.Native => NativeReader.Read(Json(), context),
            BatchFormat.Tools => ToolCallReader.Read(Json(), context),
            BatchFormat.ApplyPatch when FormatDetection.IsJson(text) => ToolCallReader.Read(Json(), context),
            BatchFormat.ApplyPatch => new Batch(null, ApplyPatchReader.Read(text, context)),
            BatchFormat.SearchReplace => new Batch(null, SearchBlockReader.Read(BatchInput.WithFence(input), context)),
            BatchFormat.WorkspaceEdit => WorkspaceEditReader.Read(Json(), context),
            BatchFormat.Sarif => SarifReader.Read(Json(), context),
            BatchFormat.AstGrep => AstGrepReader.Read(Json(), context),
            BatchFormat.Comby => CombyReader.Read(Json(), context),
            BatchFormat.Transcript => TranscriptReader.Read(Json(), context),
            _ => OfDiff(text, context),
        };
        var name = BatchFormatNames.NameOf(format);
        return batch with { Format = name, Sources = [new BatchSource(input, name, context.SourceDirectory, context.Since)] };
    }

    /// <summary>Joins batches into one, in order: a single one is left as it is.</summary>
    public static Batch Join(IReadOnlyList<Batch> batches)
    {
        if (batches.Count == 1)
        {
            return batches[0];
        }

        var messages = batches.Select(b => b.Message).OfType<string>().Distinct().ToList();
        var operations = batches.SelectMany(b => b.Operations)
            .Select((operation, ordinal) => operation with { Origin = operation.Origin with { Ordinal = ordinal } });
        return new Batch(messages.Count == 0 ? null : string.Join("\n\n", messages), [.. operations])
        {
            Warnings = [.. batches.SelectMany(b => b.Warnings)],
            Format = string.Join("+", batches.Select(b => b.Format).Distinct()),
            Sources = [.. batches.SelectMany(b => b.Sources)],
        };
    }

    private static Batch OfDiff(BatchInput text, BatchContext context)
    {
        var warnings = new List<string>();
        var diff = DiffReader.Read(text, context, warnings);
        return new Batch(diff.Message, diff.Patches) { Warnings = warnings };
    }
}
