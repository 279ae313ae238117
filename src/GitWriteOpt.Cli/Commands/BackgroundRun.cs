using System.Collections;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// Starts one of our commands behind another's back (<c>gc --auto</c>, <c>learn</c>): a process of its own, told the repository explicitly,
/// with none of the caller's <c>GIT_*</c> but its configuration (I11).
/// </summary>
internal static class BackgroundRun
{
    /// <summary>
    /// Starts it, from the program itself or from one of ours beside it; not where another hosts us: a missed chance comes
    /// again.
    /// </summary>
    public static void Start(RepositoryLayout layout, IReadOnlyList<string> command)
    {
        if (Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "git-writeopt" or "git-writeopt-mcp"
            && Path.Combine(Path.GetDirectoryName(path)!, "git-writeopt" + Path.GetExtension(path)) is var program
            && File.Exists(program))
        {
            DetachedProcess.TryStart(program, ["-C", layout.WorktreeRoot, .. command], [.. Variables(layout)]);
        }
    }

    private static IEnumerable<string> Variables(RepositoryLayout layout)
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if ((!name.StartsWith("GIT_", StringComparison.Ordinal) && !name.StartsWith("WRITEOPT_", StringComparison.Ordinal))
                || name.StartsWith("GIT_CONFIG_", StringComparison.Ordinal) || name is "GIT_EXEC_PATH" or "GIT_OBJECT_DIRECTORY")
            {
                yield return $"{name}={variable.Value}";
            }
        }

        yield return $"GIT_DIR={layout.GitDirectory}";
        yield return $"GIT_WORK_TREE={layout.WorktreeRoot}";
    }
}
