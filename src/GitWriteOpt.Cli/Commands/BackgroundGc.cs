using System.Collections;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// Starts <c>git-writeopt gc --auto</c> behind a command's back: a process of its own, told the repository explicitly,
/// with none of the caller's <c>GIT_*</c> but its configuration (I11).
/// </summary>
internal static class BackgroundGc
{
    /// <summary>
    /// Starts it, from the program itself or from one of ours beside it; not where another hosts us: a missed chance comes
    /// again tomorrow.
    /// </summary>
    public static void Start(RepositoryLayout layout) => Start(layout, ["gc", "--auto", "--quiet"]);

    /// <summary>Starts another command likewise.</summary>
    public static void Start(RepositoryLayout layout, string[] arguments)
    {
        if (Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "git-writeopt" or "git-writeopt-mcp"
            && Path.Combine(Path.GetDirectoryName(path)!, "git-writeopt" + Path.GetExtension(path)) is var program
            && File.Exists(program))
        {
            DetachedProcess.TryStart(program, ["-C", layout.WorktreeRoot, .. arguments], [.. Variables(layout)]);
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
