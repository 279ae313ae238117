using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>The refusals that several operations share, and the words that name an operation.</summary>
internal static class Refusals
{
    /// <summary>A refusal about a path.</summary>
    public static RefusedException Of(
        ErrorCategory category, string code, RepoPath path, string message, string? suggestion = null) =>
        new(new WriteError(category, code, message) { Path = path.Value, Suggestion = suggestion });

    private const string CheckPath = "check the path";

    /// <summary>Nothing is at a path where something is needed.</summary>
    public static RefusedException NotFound(OverlayEntry entry) => entry.MovedTo is { } to
        ? Of(ErrorCategory.Conflict, "file-not-found", entry.Path,
            $"there is no file \"{entry.Path}\" any more: an earlier operation moved it to \"{to}\"", $"use \"{to}\"")
        : Of(ErrorCategory.Conflict, "file-not-found", entry.Path,
            entry.Before is Worktree.PathState.Absent
                ? $"there is no file \"{entry.Path}\""
                : $"there is no file \"{entry.Path}\" any more: an earlier operation deleted it",
            CheckPath + ", or write the whole file");

    /// <summary>A destination is taken.</summary>
    public static RefusedException Taken(RepoPath path) => Of(ErrorCategory.Conflict, "already-exists", path,
        $"\"{path}\" was expected to be absent and is there", "choose another path, or delete it first in the batch");

    /// <summary>The same error, saying which operation it belongs to and where that stands in the input.</summary>
    public static WriteError Within(Operation operation, WriteError error) => error with
    {
        Message = Within(operation, error, error.Message),
        Suggestion = error.Code == "file-not-found" && operation is Operation.Delete or Operation.Move or Operation.Copy or Operation.ChangeMode
            && error.Suggestion?.StartsWith(CheckPath, StringComparison.Ordinal) == true ? CheckPath : error.Suggestion,
        WithoutContent = error.WithoutContent is { } bare ? Within(operation, error, bare) : null,
        Path = error.Path ?? FirstPath(operation)?.Value,
        Line = error.Line ?? (operation.Origin.Line > 0 ? operation.Origin.Line : null),
        Column = error.Column ?? (operation.Origin.Column > 0 ? operation.Origin.Column : null),
    };

    private static string Within(Operation operation, WriteError error, string message) =>
        $"operation {operation.Origin.Ordinal + 1} ({Name(operation)} \"{PathOf(operation, error)}\"): {message}";

    /// <summary>The word that the native format has for an operation.</summary>
    public static string Name(Operation operation) => operation switch
    {
        Operation.Write => "write",
        Operation.Edit or Operation.ContextEdit or Operation.RangeEdit or Operation.SearchReplace
            or Operation.NotebookEdit => "edit",
        Operation.Conditional conditional => Name(conditional.Then),
        Operation.Insert => "insert",
        Operation.Patch => "patch",
        Operation.Delete => "delete",
        Operation.Move => "move",
        Operation.Copy => "copy",
        Operation.ChangeMode => "chmod",
        Operation.Link => "symlink",
        Operation.Template => "template",
        _ => "operation",
    };

    /// <summary>The path that an expectation speaks of; null for a template.</summary>
    public static RepoPath? FirstPath(Operation operation) => PathsOf(operation).FirstOrDefault();

    /// <summary>The paths that an operation names, the one that its expectation speaks of first.</summary>
    public static IEnumerable<RepoPath> PathsOf(Operation operation) => operation switch
    {
        Operation.Write o => [o.Path],
        Operation.Edit o => [o.Path],
        Operation.Insert o => [o.Path],
        Operation.RangeEdit o => [o.Path],
        Operation.SearchReplace o => [o.Path],
        Operation.NotebookEdit o => [o.Path],
        Operation.Conditional o => PathsOf(o.Then),
        Operation.ContextEdit o => o.MoveTo is null ? [o.Path] : [o.Path, o.MoveTo],
        Operation.Delete o => [o.Path],
        Operation.Move o => [o.From, o.To],
        Operation.Copy o => [o.From, o.To],
        Operation.ChangeMode o => [o.Path],
        Operation.Link o => [o.Path],
        Operation.Patch o => o.Files.SelectMany(f =>
            f.OldPath == f.NewPath ? (IEnumerable<RepoPath>)[f.OldPath] : [f.OldPath, f.NewPath]),
        _ => [],
    };

    private static string PathOf(Operation operation, WriteError error) => operation switch
    {
        Operation.Template template => template.Name,
        Operation.Patch => error.Path ?? FirstPath(operation)?.Value ?? "",
        _ => FirstPath(operation)?.Value ?? "",
    };
}
