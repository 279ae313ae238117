using System.Text.Json;
using System.Text.Json.Nodes;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class AgentInstallTests
{
    [Theory]
    [InlineData("claude", ".claude/settings.json", "PreToolUse")]
    [InlineData("codex", ".codex/hooks.json", "Stop")]
    [InlineData("gemini", ".gemini/settings.json", "BeforeTool")]
    [InlineData("cursor", ".cursor/hooks.json", "afterFileEdit")]
    public void Installing_wires_the_hooks_once_and_uninstalling_leaves_nothing(string agent, string path, string hook)
    {
        using var repository = Repository();
        var before = repository.State();

        Writeopt.Run(repository, "install", "--agent", agent).ExitCode.ShouldBe(0);
        var text = repository.Read(path);
        JsonNode.Parse(text)!["hooks"]![hook]!.AsArray().Count.ShouldBe(1);
        Writeopt.Run(repository, "install", "--agent", agent).Output.ShouldContain("Nothing had to change");
        repository.Read(path).ShouldBe(text);
        Writeopt.Run(repository, "uninstall", "--agent", agent).ExitCode.ShouldBe(0);

        repository.State().ShouldBe(before);
    }

    [Fact]
    public void What_others_have_in_the_configuration_stays()
    {
        using var repository = Repository();
        const string theirs = """{"model":"x","hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"lint"}]}]}}""";
        repository.Write(".claude/settings.json", theirs);

        Writeopt.Run(repository, "install", "--agent", "claude").ExitCode.ShouldBe(0);
        var root = JsonNode.Parse(repository.Read(".claude/settings.json"))!;
        root["model"]!.ToString().ShouldBe("x");
        root["hooks"]!["PreToolUse"]!.AsArray().Count.ShouldBe(2);
        Writeopt.Run(repository, "uninstall", "--agent", "claude").ExitCode.ShouldBe(0);

        JsonNode.DeepEquals(JsonNode.Parse(repository.Read(".claude/settings.json")), JsonNode.Parse(theirs)).ShouldBeTrue();
    }

    [Fact]
    public void An_installation_is_a_transaction_that_undo_takes_back()
    {
        using var repository = Repository();

        Writeopt.Run(repository, "install", "--agent", "claude");
        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);

        repository.Exists(".claude").ShouldBeFalse();
    }

    [Fact]
    public void A_configuration_that_cannot_be_added_to_is_left_alone()
    {
        using var repository = Repository();
        repository.Write(".gemini/settings.json", "{ // comment\n}\n");

        var (exitCode, _, error) = Writeopt.Run(repository, "install", "--agent", "gemini");

        exitCode.ShouldBe(1);
        error.ShouldContain(".gemini/settings.json");
        repository.Read(".gemini/settings.json").ShouldBe("{ // comment\n}\n");
    }

    [Fact]
    public void The_installed_commands_are_those_that_the_program_answers_to()
    {
        using var repository = Repository();
        Writeopt.Run(repository, "install", "--agent", "claude");
        using var settings = JsonDocument.Parse(repository.Read(".claude/settings.json"));
        var hook = settings.RootElement.GetProperty("hooks").GetProperty("Stop")[0].GetProperty("hooks")[0];
        var words = hook.GetProperty("args").EnumerateArray().Select(a => a.GetString()!).Skip(1).ToArray();

        Writeopt.Feed(repository, JsonSerializer.Serialize(new { hook_event_name = "Stop", session_id = "s", cwd = repository.Root }),
            words).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void OpenCode_gets_a_plugin()
    {
        using var repository = Repository();

        Writeopt.Run(repository, "install", "--agent", "opencode").ExitCode.ShouldBe(0);

        repository.Read(".opencode/plugins/writeopt.ts").ShouldContain("\"tool.execute.before\"");
    }

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
}
