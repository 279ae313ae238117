using System.Text.Json.Nodes;

namespace GitWriteOpt.Cli.Agents;

/// <summary>Where a host reads its hooks, and which of its events concern us.</summary>
/// <param name="Host">Its name on our command line.</param>
/// <param name="Path">Its configuration, from the worktree's root.</param>
/// <param name="Events">The events, with what selects the tools where they are about tools.</param>
internal sealed record AgentWiring(string Host, string Path, IReadOnlyList<(string Event, string? Matcher)> Events)
{
    private const string ClaudeWriters = "Write|Edit|MultiEdit|NotebookEdit|Bash|PowerShell|apply_patch|mcp__.*";
    private const string GeminiWriters = "write_file|replace|run_shell_command|mcp_.*";
    private const int Seconds = 10;

    /// <summary>The hosts that take hooks from a JSON file.</summary>
    internal static IReadOnlyList<AgentWiring> All { get; } =
    [
        new("claude", ".claude/settings.json", Claude),
        new("codex", ".codex/hooks.json", Claude),
        new("gemini", ".gemini/settings.json",
        [
            ("SessionStart", null), ("BeforeAgent", null), ("BeforeTool", GeminiWriters),
            ("AfterTool", GeminiWriters + "|read_file"), ("AfterAgent", null), ("SessionEnd", null),
        ]),
        new("cursor", ".cursor/hooks.json",
        [
            ("beforeSubmitPrompt", null), ("beforeShellExecution", null), ("afterShellExecution", null),
            ("beforeMCPExecution", null), ("afterMCPExecution", null), ("afterFileEdit", null), ("stop", null),
        ])
        {
            TopLevel = [("version", 1)],
        },
    ];

    /// <summary>Numbers that the configuration needs at its top.</summary>
    internal IReadOnlyList<(string Name, int Value)> TopLevel { get; init; } = [];

    private static IReadOnlyList<(string Event, string? Matcher)> Claude =>
    [
        ("SessionStart", null), ("UserPromptSubmit", null), ("PreToolUse", ClaudeWriters),
        ("PostToolUse", ClaudeWriters + "|Read"), ("Stop", null), ("SessionEnd", null),
    ];

    /// <summary>Our entry for each event, as the host spells it.</summary>
    internal IEnumerable<(string Event, JsonObject Entry)> Entries() => Events.Select(e => (e.Event, Entry(e.Matcher)));

    private JsonObject Entry(string? matcher)
    {
        if (Host == "cursor")
        {
            return new JsonObject { ["command"] = $"git writeopt hook {Host}" };
        }

        var hook = new JsonObject { ["type"] = "command" };
        if (Host == "gemini")
        {
            hook["command"] = $"git writeopt hook {Host}";
            hook["timeout"] = Seconds * 1000; // milliseconds there, seconds elsewhere
        }
        else
        {
            hook["command"] = "git";
            hook["args"] = new JsonArray("writeopt", "hook", Host);
            hook["timeout"] = Seconds;
        }

        var entry = new JsonObject();
        if (matcher is not null)
        {
            entry["matcher"] = matcher;
        }

        entry["hooks"] = new JsonArray(hook);
        return entry;
    }
}
