using GitWriteOpt.Paths;

namespace GitWriteOpt.Operations;

/// <summary>The paths that a batch names as its own to write, before anything is looked up on disk.</summary>
public static class WrittenPaths
{
    /// <summary>Each path once, in the order of their mention.</summary>
    public static IReadOnlyList<RepoPath> Of(Batch batch) => [.. batch.Operations.SelectMany(Of).Distinct()];

    private static IEnumerable<RepoPath> Of(Operation operation) => operation switch
    {
        Operation.Write write => [write.Path],
        Operation.Edit edit => [edit.Path],
        Operation.Insert insert => [insert.Path],
        Operation.Patch patch => patch.Files.SelectMany(f => new[] { f.OldPath, f.NewPath }).OfType<RepoPath>(),
        Operation.ContextEdit edit => edit.MoveTo is { } to ? [edit.Path, to] : [edit.Path],
        Operation.RangeEdit edit => [edit.Path],
        Operation.SearchReplace edit => [edit.Path],
        Operation.NotebookEdit edit => [edit.Path],
        Operation.Conditional conditional => Of(conditional.Then),
        Operation.Delete delete => [delete.Path],
        Operation.Move move => [move.From, move.To],
        Operation.Copy copy => [copy.To],
        Operation.ChangeMode mode => [mode.Path],
        Operation.Link link => [link.Path],
        _ => [],
    };
}
