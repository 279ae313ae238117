using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches;

/// <summary>
/// Reads the native batch: one document <c>{"message", "operations"}</c>, an array of operations, or NDJSON with an
/// operation a line and at most one first line of <c>{"message"}</c>. Nothing is guessed: a field that does not belong
/// to its operation is an error, like a missing one.
/// </summary>
internal static class NativeReader
{
    /// <summary>Reads a batch.</summary>
    /// <exception cref="Errors.UsageException">It is not one; line, column and field are named.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe.</exception>
    public static Batch Read(JsonTape tape, BatchContext context)
    {
        var operations = new List<Operation>();
        var warnings = new List<string>();
        var reader = new NativeOperation(context, operations, warnings);
        string? message = null;
        var roots = tape.Roots;
        if (roots.IsSingle && roots.First is { IsObject: true } document && document.Find("op") is null)
        {
            var fields = new JsonFields(document, "the batch");
            fields.Allow("message", "operations");
            message = fields.FindText("message");
            reader.ReadAll(fields.NeedArray("operations").Items);
        }
        else if (roots.IsSingle && roots.First.IsArray)
        {
            reader.ReadAll(roots.First.Items);
        }
        else if (roots is { IsEmpty: false, IsSingle: false } && IsMessage(roots.First))
        {
            message = new JsonFields(roots.First, "the batch").NeedText("message");
            reader.ReadAll(roots with { Start = tape[roots.Start].Next });
        }
        else
        {
            reader.ReadAll(roots);
        }

        return new Batch(string.IsNullOrWhiteSpace(message) ? null : message, operations) { Warnings = warnings };
    }

    private static bool IsMessage(JsonItem item) => item.Members.IsEmpty is false && IsOnly(item, "message");

    private static bool IsOnly(JsonItem item, string name)
    {
        foreach (var member in item.Members)
        {
            if (!member.Is(name))
            {
                return false;
            }
        }

        return true;
    }
}
