using System.IO.Enumeration;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Paths that no agent may write: what would change how agents, git or a build server run. More are named with
/// <c>writeopt.agent.deny</c> (several times; <c>*</c> stands for anything, slashes too); an empty value in the system's
/// or user's configuration clears what stands before it, one in the repository's own does not (I10).
/// </summary>
internal static class ProtectedPaths
{
    /// <summary>The setting.</summary>
    internal const string Key = "writeopt.agent.deny";

    private static readonly string[] Always =
    [
        ".claude/settings*.json", ".codex/config.toml", ".codex/hooks.json", ".gemini/settings.json", ".cursor/hooks.json",
        ".cursor/mcp.json", ".opencode/*", "opencode.json*", ".mcp.json", ".githooks/*", ".husky/*", "lefthook.y*ml",
        ".pre-commit-config.yaml", ".github/workflows/*", ".github/hooks/*", ".gitlab-ci.yml", ".circleci/*",
        "azure-pipelines.y*ml", "Jenkinsfile", ".envrc", ".vscode/tasks.json",
    ];

    /// <summary>Those of these paths that are protected.</summary>
    internal static IReadOnlyList<string> Among(IEnumerable<string> paths, GitConfig config)
    {
        var patterns = Always.ToList();
        foreach (var entry in config.All(Key))
        {
            if (!string.IsNullOrEmpty(entry.Value))
            {
                patterns.Add(entry.Value);
            }
            else if (entry.Scope is not (ConfigScope.Local or ConfigScope.Worktree))
            {
                patterns.Clear();
            }
        }

        return [.. paths.Where(path => patterns.Exists(p => FileSystemName.MatchesSimpleExpression(p, path, ignoreCase: true)))];
    }
}
