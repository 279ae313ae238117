using GitWriteOpt.Batches.Json;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>
/// The paths of a call: relative to the hook's directory where it names one, else to the worktree's root. The memory
/// tool's <c>/memories</c> stands for the worktree's directory of that name.
/// </summary>
/// <param name="call">The call.</param>
/// <param name="context">What paths are relative to otherwise.</param>
/// <param name="warnings">Where a translated path is told.</param>
internal sealed class ToolPaths(ToolCall call, BatchContext context, List<string> warnings)
{
    /// <summary>The names under which hosts pass the path of a file.</summary>
    public static readonly string[] Names = ["file_path", "filePath", "path"];

    /// <summary>A path that must be there, by one of its names.</summary>
    /// <exception cref="Errors.RefusedException">It is unsafe.</exception>
    public RepoPath Need(JsonFields fields, params ReadOnlySpan<string> names)
    {
        var item = fields.NeedString(names);
        var text = item.Text();
        if (call.Name == "memory" && text.StartsWith("/memories/", StringComparison.Ordinal))
        {
            text = text[1..];
            warnings.Add($"the memory tool's path \"/{text}\" was taken as \"{text}\" in the worktree");
        }
        else if (call.Directory is { } directory && text.Length > 0 && !Path.IsPathFullyQualified(text)
            && !text.Contains('\0', StringComparison.Ordinal))
        {
            text = Path.GetFullPath(text, directory);
        }

        return JsonFields.PathAt(item.Tape.Input, item.Offset, text, context);
    }
}
