namespace GitWriteOpt.Batches.ToolCalls;

/// <summary>The tools of common agents that write no file, or whose writes cannot be foreseen.</summary>
internal static class ToolNames
{
    private static readonly HashSet<string> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Read", "Grep", "Glob", "LS", "List", "View", "NotebookRead", "WebFetch", "WebSearch", "Task", "Agent", "Skill",
        "TodoRead", "TodoWrite", "AskUserQuestion", "ExitPlanMode", "EnterPlanMode", "ToolSearch", "think",
        "read_file", "read_many_files", "read_text_file", "read_media_file", "read_multiple_files", "list_directory",
        "list_directory_with_sizes", "directory_tree", "list_dir", "list_files", "search_files", "search_file_content",
        "grep_search", "file_search", "codebase_search", "semantic_search", "get_file_info", "list_allowed_directories",
        "list_code_definition_names", "web_fetch", "google_web_search", "web_search", "update_plan", "todoread",
        "todowrite", "webfetch", "view_image", "get_errors", "attempt_completion", "ask_followup_question",
        "create_directory", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet", "TaskOutput", "TaskStop", "SlashCommand",
        "ListMcpResourcesTool", "ReadMcpResourceTool", "read_notebook_cell_output", "new_task", "switch_mode",
        "update_todo_list", "get_changed_files", "test_search", "list_code_usages", "fetch_webpage",
    };

    private static readonly HashSet<string> Shells = new(StringComparer.OrdinalIgnoreCase)
    {
        "Bash", "BashOutput", "KillShell", "PowerShell", "shell", "local_shell", "exec", "exec_command", "terminal",
        "write_stdin", "unified_exec", "container.exec",
        "run_shell_command", "run_in_terminal", "run_terminal_cmd", "execute_command",
    };

    /// <summary>Whether a tool runs commands.</summary>
    public static bool RunsCommands(string name) => Shells.Contains(name);

    /// <summary>Whether a call writes no file.</summary>
    public static bool WritesNothing(ToolCall call) =>
        Readers.Contains(call.Name)
        || (TextEditorTool.Has(call.Name) && call.Input.Find("command") is { } command && command.Is("view"))
        || call.Input.Find("dryRun") is { Kind: System.Text.Json.JsonTokenType.True };
}
