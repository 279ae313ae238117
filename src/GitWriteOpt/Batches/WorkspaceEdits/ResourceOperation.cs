using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.WorkspaceEdits;

/// <summary>
/// Reads <c>CreateFile</c>, <c>RenameFile</c> and <c>DeleteFile</c>. Where a destination is there, <c>overwrite</c> wins
/// over <c>ignoreIfExists</c>; without either it is an error.
/// </summary>
internal static class ResourceOperation
{
    /// <summary>Reads one, by its <c>kind</c>.</summary>
    public static Operation Read(JsonFields change, EditReader reader)
    {
        reader.CheckAnnotation(change);
        return change.NeedText("kind") switch
        {
            "create" => Create(change, reader.Context),
            "rename" => Rename(change, reader.Context),
            "delete" => Delete(change, reader.Context),
            var other => throw change.Need("kind").Fault("unknown-operation", $"there is no document change \"{other}\"",
                "the kinds are create, rename, delete; a change of text has none"),
        };
    }

    private static Operation Create(JsonFields change, BatchContext context)
    {
        var path = FileUri.Parse(change.NeedString("uri"), context);
        var (overwrite, ignore) = Options(change, "ignoreIfExists");
        var write = new Operation.Write(path, Content.Of("")) { NewFileFollowsAttributes = true };
        return overwrite ? write
            : ignore ? new Operation.Conditional(path, Present: false, write)
            : write with { Expect = new Expectation.Absent() };
    }

    private static Operation Rename(JsonFields change, BatchContext context)
    {
        var from = FileUri.Parse(change.NeedString("oldUri"), context);
        var to = FileUri.Parse(change.NeedString("newUri"), context);
        var (overwrite, ignore) = Options(change, "ignoreIfExists");
        var move = new Operation.Move(from, to, overwrite);
        return ignore && !overwrite ? new Operation.Conditional(to, Present: false, move) : move;
    }

    private static Operation Delete(JsonFields change, BatchContext context)
    {
        var path = FileUri.Parse(change.NeedString("uri"), context);
        var options = change.FindObject("options", "the options");
        var delete = new Operation.Delete(path, options?.Flag("recursive") ?? false);
        return options?.Flag("ignoreIfNotExists") is true ? new Operation.Conditional(path, Present: true, delete) : delete;
    }

    private static (bool Overwrite, bool Ignore) Options(JsonFields change, string ignore) =>
        change.FindObject("options", "the options") is { } options
            ? (options.Flag("overwrite"), options.Flag(ignore))
            : (false, false);
}
