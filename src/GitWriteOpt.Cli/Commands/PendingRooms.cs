using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Cli.Commands;

// Delete this file once Batches.BatchReader, Batches.BatchContext, Batches.BatchSchema and Planning.PlanDocument are
// there: the names then resolve to the library's (PlanCommand needs a using of GitWriteOpt.Planning, SchemaCommand one
// of GitWriteOpt.Batches).

/// <summary>Where a batch's paths are relative to.</summary>
internal sealed record BatchContext(string WorktreeRoot, string SourceDirectory);

/// <summary>Stands in until the readers are merged.</summary>
internal static class BatchReader
{
    public static Batch Read(ReadOnlyMemory<byte> input, BatchFormat format, BatchContext context) =>
        throw new StoreException(new WriteError(ErrorCategory.System, "not-built-in",
            $"this build reads no batches ({input.Length} bytes, {format}, {context.WorktreeRoot})"));
}

/// <summary>Stands in until the readers are merged.</summary>
internal static class BatchSchema
{
    public static string Text => throw new StoreException(new WriteError(ErrorCategory.System, "not-built-in",
        "this build has no schema"));
}

/// <summary>Stands in until the planner is merged.</summary>
internal static class PlanDocument
{
    public static string Markdown(WritePlan plan) => throw new StoreException(new WriteError(ErrorCategory.System,
        "not-built-in", $"this build prints no plan ({plan.Message})"));
}
