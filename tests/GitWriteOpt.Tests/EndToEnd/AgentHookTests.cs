using System.Text.Json;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class AgentHookTests
{
    [Theory]
    [InlineData("claude", "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "SessionEnd")]
    [InlineData("codex", "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "SessionEnd")]
    [InlineData("gemini", "SessionStart", "BeforeAgent", "BeforeTool", "AfterTool", "AfterAgent", "SessionEnd")]
    public void An_ordinary_turn_is_undone_by_undo_what_its_shell_wrote_included(
        string host, string start, string prompt, string before, string after, string stop, string end)
    {
        using var repository = Repository();
        var agent = new Agent(repository, host);
        agent.Tell(start);
        var state = repository.State();
        agent.Tell(prompt);
        agent.Tool(before, after, "Write", new { file_path = repository.At("a.txt"), content = "agent\n" },
            () => repository.Write("a.txt", "agent\n"));
        agent.Tool(before, after, "Bash", new { command = "echo x > b.txt" }, () => repository.Write("d/b.txt", "x\n"));
        agent.Tell(stop);
        agent.Tell(end);

        using var writer = Writer.Open(repository.Root);
        writer.Find("@").Kind.ShouldBe(TransactionKind.Observed);
        writer.Sessions().Single().State.ShouldBe(SessionState.Ended);
        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);
        repository.State().ShouldBe(state);
    }

    [Fact]
    public void Cursors_events_make_a_session_too()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "cursor");
        agent.Tell("beforeSubmitPrompt", new { prompt = "go" });
        repository.Write("a.txt", "agent\n");
        agent.Tell("afterFileEdit", new
        {
            file_path = repository.At("a.txt"),
            edits = new[] { new { old_string = "a\n", new_string = "agent\n" } },
        });
        agent.Tell("stop");

        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);
        repository.Read("a.txt").ShouldBe("a\n");
    }

    [Fact]
    public void A_write_into_a_protected_path_is_denied_with_a_reason()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "claude");

        var (exitCode, _, error) = agent.Tell("PreToolUse", new
        {
            tool_name = "Write",
            tool_use_id = "1",
            tool_input = new { file_path = repository.At(".github/workflows/ci.yml"), content = "x" },
        });

        exitCode.ShouldBe(2);
        error.ShouldContain(".github/workflows/ci.yml is protected");
    }

    [Theory]
    [InlineData("warn", 0)]
    [InlineData("deny", 2)]
    [InlineData("off", 0)]
    public void A_write_that_breaks_a_file_is_told_or_denied_before_it_happens(string setting, int exitCode)
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.agent.validate", setting);
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");

        var answer = agent.Tell("PreToolUse", new
        {
            tool_name = "Write",
            tool_use_id = "1",
            tool_input = new { file_path = repository.At("c.json"), content = "{ secret-text" },
        });

        answer.ExitCode.ShouldBe(exitCode);
        var told = answer.Output + answer.Error;
        told.Contains("c.json line 1 (json-syntax)").ShouldBe(setting != "off");
        told.ShouldNotContain("secret-text");
    }

    [Theory]
    [InlineData("writeopt.check.json-syntax", "is not validated")]
    [InlineData("writeopt.lease", "are not looked at")]
    public void A_setting_that_cannot_be_read_takes_no_checkpoint_away_and_is_said_once(string key, string said)
    {
        using var repository = Repository();
        repository.Git("config", key, "nonsense");
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");
        agent.Tell("UserPromptSubmit");
        var input = new { file_path = repository.At("a.txt"), content = "agent\n" };

        var first = agent.Tell("PreToolUse", new { tool_name = "Write", tool_use_id = "1", tool_input = input });
        repository.Write("a.txt", "agent\n");
        var second = agent.Tell("PostToolUse", new { tool_name = "Write", tool_use_id = "1", tool_input = input });
        agent.Tell("Stop");

        (first.ExitCode, second.ExitCode).ShouldBe((0, 0));
        (first.Error.Contains(said), second.Error.Contains(said)).ShouldBe((true, false));
        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);
        repository.Read("a.txt").ShouldBe("a\n");
    }

    [Fact]
    public void What_a_shell_broke_is_told_afterwards_and_what_was_broken_before_is_not()
    {
        using var repository = Repository();
        repository.Write("old.json", "{ old");
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");

        var answer = agent.Tool("PreToolUse", "PostToolUse", "Bash", new { command = "x" }, () =>
        {
            repository.Write("new.json", "{ new");
            repository.Write("old.json", "{ older");
        });

        answer.Output.ShouldContain("new.json line 1 (json-syntax)");
        answer.Output.ShouldNotContain("old.json");
    }

    [Fact]
    public void What_a_shell_wrote_into_a_protected_path_is_flagged()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");

        var answer = agent.Tool("PreToolUse", "PostToolUse", "Bash", new { command = "x" },
            () => repository.Write(".husky/pre-commit", "evil\n"));

        using var json = JsonDocument.Parse(answer.Output);
        var context = json.RootElement.GetProperty("hookSpecificOutput").GetProperty("additionalContext").GetString()!;
        context.ShouldContain(".husky/pre-commit");
        context.ShouldNotContain("evil");
    }

    [Fact]
    public void A_file_that_changed_since_the_agent_read_it_is_not_overwritten()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");
        agent.Tell("PostToolUse", new { tool_name = "Read", tool_use_id = "r", tool_input = new { file_path = repository.At("a.txt") } });
        var write = new
        {
            tool_name = "Edit",
            tool_use_id = "2",
            tool_input = new { file_path = repository.At("a.txt"), old_string = "a", new_string = "b" },
        };
        agent.Tell("PreToolUse", write).ExitCode.ShouldBe(0);
        repository.Write("a.txt", "a and the person's\n");

        var (exitCode, _, error) = agent.Tell("PreToolUse", write);

        exitCode.ShouldBe(2);
        error.ShouldContain("a.txt was changed by something else");
    }

    [Fact]
    public void Several_single_writes_of_a_turn_are_offered_as_a_batch_at_the_next_prompt()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");
        agent.Tell("UserPromptSubmit").Output.ShouldBe("");
        foreach (var name in new[] { "x", "y", "z" })
        {
            agent.Tool("PreToolUse", "PostToolUse", "Write", new { file_path = repository.At(name), content = name },
                () => repository.Write(name, name));
        }

        agent.Tell("Stop");

        agent.Tell("UserPromptSubmit").Output.ShouldContain("the last turn wrote 3 files");
        agent.Tell("Stop");
        agent.Tell("UserPromptSubmit").Output.ShouldBe("");
    }

    [Fact]
    public void Several_edits_of_one_file_count_as_writes_of_one_file()
    {
        using var repository = Repository();
        var agent = new Agent(repository, "claude");
        agent.Tell("SessionStart");
        agent.Tell("UserPromptSubmit");
        for (var i = 0; i < 3; i++)
        {
            agent.Tool("PreToolUse", "PostToolUse", "Write", new { file_path = repository.At("a.txt"), content = $"{i}" },
                () => repository.Write("a.txt", $"{i}"));
        }

        agent.Tell("UserPromptSubmit").Output.ShouldContain("the last turn wrote 1 file in 3 separate writes");
    }

    [Fact]
    public void A_file_that_another_session_writes_is_told_of_once_and_refused_where_that_is_wanted()
    {
        using var repository = Repository();
        var (one, two) = (new Agent(repository, "claude", "session-1"), new Agent(repository, "claude", "session-2"));
        var write = new { tool_name = "Write", tool_use_id = "9", tool_input = new { file_path = repository.At("a.txt"), content = "x" } };
        one.Tool("PreToolUse", "PostToolUse", "Write", write.tool_input, () => repository.Write("a.txt", "1"));

        var warned = two.Tell("PreToolUse", write);
        warned.ExitCode.ShouldBe(0);
        warned.Output.ShouldContain("a.txt is being written by the session session-1");
        two.Tell("PreToolUse", write).Output.ShouldBe("", "said once");

        repository.Git("config", "writeopt.lease", "refuse");
        var denied = two.Tell("PreToolUse", write);
        denied.ExitCode.ShouldBe(2);
        denied.Error.ShouldContain("a.txt is being written by the session session-1");
        one.Tell("SessionEnd");
        two.Tell("PreToolUse", write).ShouldBe((0, "", ""));
    }

    [Fact]
    public void What_a_shell_wrote_is_leased_too()
    {
        using var repository = Repository();
        var (one, two) = (new Agent(repository, "claude", "session-1"), new Agent(repository, "claude", "session-2"));
        one.Tool("PreToolUse", "PostToolUse", "Bash", new { command = "x" }, () => repository.Write("a.txt", "1"));

        two.Tool("PreToolUse", "PostToolUse", "Bash", new { command = "x" }, () => repository.Write("a.txt", "2")).Output
            .ShouldContain("a.txt is being written by the session session-1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"hook_event_name\":\"PreToolUse\",\"session_id\":7,\"tool_input\":[1]}")]
    public void Whatever_comes_in_the_host_is_never_broken(string input)
    {
        using var repository = Repository();
        var (exitCode, output, _) = Writeopt.Feed(repository, input, "hook", "claude");

        exitCode.ShouldBe(0);
        output.ShouldBe("");
    }

    [Fact]
    public void Outside_of_a_repository_a_hook_says_nothing()
    {
        using var repository = Repository();
        var outside = Directory.CreateDirectory(repository.Outside("elsewhere")).FullName;

        Writeopt.Feed(repository, JsonSerializer.Serialize(new { hook_event_name = "SessionStart", session_id = "s", cwd = outside }),
            "hook", "claude").ShouldBe((0, "", ""));
    }

    private static TestRepository Repository()
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });

        // The budget is for people who wait; here other tests may be running beside.
        repository.Git("config", "writeopt.agent.budget", "3600000");
        return repository;
    }

    private sealed class Agent(TestRepository repository, string host, string session = "session-1")
    {
        private int _calls;

        public (int ExitCode, string Output, string Error) Tell(string name, object? more = null)
        {
            var fields = new Dictionary<string, object?>
            {
                ["hook_event_name"] = name,
                ["session_id"] = session,
                ["conversation_id"] = session,
                ["cwd"] = repository.Root,
            };
            foreach (var property in more?.GetType().GetProperties() ?? [])
            {
                fields[property.Name] = property.GetValue(more);
            }

            return Writeopt.Feed(repository, JsonSerializer.Serialize(fields), "hook", host);
        }

        public (int ExitCode, string Output, string Error) Tool(string before, string after, string tool, object input, Action write)
        {
            var call = new { tool_name = tool, tool_use_id = $"call{_calls++}", tool_input = input };
            Tell(before, call).ExitCode.ShouldBe(0);
            write();
            var answer = Tell(after, call);
            answer.ExitCode.ShouldBe(0, answer.Error);
            return answer;
        }
    }
}
