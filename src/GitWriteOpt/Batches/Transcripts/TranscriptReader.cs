using System.Globalization;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Batches.ToolCalls;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Transcripts;

/// <summary>
/// Reads the transcript of an agent's session as one batch: the writes that went through, in order. Calls that were denied
/// or failed wrote nothing and are left out; so are shell commands and unknown tools, whose writes cannot be foreseen, and
/// files outside the worktree. The warnings count what was left out, with lines.
/// </summary>
internal static class TranscriptReader
{
    private const int ListedLines = 10;

    /// <summary>Reads a batch.</summary>
    /// <exception cref="UsageException">A line is damaged, or the event of <c>--since</c> is not there.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var lines = new List<TranscriptLine>();
        var calls = new TranscriptCalls();
        foreach (var line in tape.Objects("an event of a transcript").Select(item => new TranscriptLine(item)))
        {
            calls.Add(line, lines.Count);
            lines.Add(line);
        }

        var since = context.Since is { } wanted ? Start(lines, wanted) : 0;
        var leftOut = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        var warnings = new List<string>();
        var operations = new List<Operation>();
        foreach (var call in calls.Calls.Where(c => c.Line >= since))
        {
            var (line, column) = call.Call.Place.Position;
            if (Taken(call, calls, context, warnings, out var read) is { } reason)
            {
                _ = leftOut.TryGetValue(reason, out var at) ? at : leftOut[reason] = at = [];
                at.Add(line);
            }

            operations.AddRange(read.Select((operation, i) =>
                operation with { Origin = new Origin(operations.Count + i, line, column) }));
        }

        warnings.AddRange(leftOut.Select(left => $"{left.Value.Count} {left.Key}: line{(left.Value.Count == 1 ? "" : "s")} "
            + string.Join(", ", left.Value.Take(ListedLines)) + (left.Value.Count > ListedLines ? ", ..." : "")));
        return new Batch(null, operations) { Warnings = warnings };
    }

    // The operations of a call, or why it was left out (nothing is said of those that only read).
    private static string? Taken(TranscriptCall made, TranscriptCalls calls, BatchContext context,
        List<string> warnings, out List<Operation> operations)
    {
        operations = [];
        var call = made.Call;
        var runs = ToolNames.RunsCommands(call.Name) && !PatchCarrier.IsAt(call);
        if (!runs && ToolNames.WritesNothing(call))
        {
            return null;
        }

        switch (calls.Succeeded(made.Id))
        {
            case null:
                return "calls have no result and were left out";
            case false:
                return "calls were denied or failed and were left out";
            case true when runs:
                return "commands were left out, as what they wrote is not known";
            default:
                break;
        }

        try
        {
            operations.AddRange(Tool.Read(call, context, warnings));
            return null;
        }
        catch (UsageException e) when (e.Error.Code == "unknown-tool")
        {
            return "calls of unknown tools were left out";
        }
        catch (RefusedException e) when (e.Error.Code == "unsafe-path")
        {
            return "calls wrote outside the worktree and were left out";
        }
    }

    private static int Start(List<TranscriptLine> lines, string since)
    {
        if (lines.FindIndex(line => line.Has(since)) is var at and >= 0)
        {
            return at;
        }

        if (int.TryParse(since, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            at = lines.FindIndex(line => line.Item.Position.Line >= number);
            return at >= 0 && number > 0 ? at : throw Unknown(since, $"it has {lines.Count} events");
        }

        return TranscriptLine.TryTime(since, out var time)
            ? lines.FindIndex(line => line.Time >= time) is var later and >= 0 ? later : lines.Count
            : throw Unknown(since, "no event has that id, and it is no line number and no time");
    }

    private static UsageException Unknown(string since, string why) =>
        new(new WriteError(ErrorCategory.Usage, "unknown-event", $"the transcript has no event \"{since}\": {why}")
        {
            Suggestion = "--since takes the id of an event, message or call, a line number, "
                + "or a time such as 2026-11-22T10:00:00Z",
        });
}
