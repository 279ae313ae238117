using System.Text.Json;
using System.Text.Json.Nodes;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>A first hour: what is said in a repository that knows nothing of us, an agent that breaks things, and the way back.</summary>
public sealed class FirstHourTests
{
    [Fact]
    public void An_agent_that_breaks_files_is_undone_and_redone()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["src/a.cs"] = "class A;\n", ["notes.md"] = "mine\n" });
        var first = Run(repository);
        first.ShouldContain("What can be done now:");
        first.ShouldContain("git writeopt demo");
        first.ShouldContain("git writeopt install --agent claude");
        first.ShouldNotContain("git writeopt undo");

        Run(repository, "install", "--hooks");
        Run(repository, "install", "--agent", "claude");
        repository.Commit("wired");
        var before = repository.State();

        // What the agent runs is what was installed.
        var hooks = JsonNode.Parse(repository.Read(".claude/settings.json"))!["hooks"]!;
        Tell(repository, hooks, "SessionStart", new { });
        Tell(repository, hooks, "UserPromptSubmit", new { });
        var write = new { tool_name = "Bash", tool_use_id = "1", tool_input = new { command = "sed -i ..." } };
        Tell(repository, hooks, "PreToolUse", write);
        repository.Write("src/a.cs", "clas A\n");
        File.Delete(repository.At("notes.md"));
        repository.Write("junk/b.cs", "x\n");
        Tell(repository, hooks, "PostToolUse", write);
        Tell(repository, hooks, "Stop", new { });
        Tell(repository, hooks, "SessionEnd", new { });
        var broken = repository.State();

        Run(repository).ShouldContain("git writeopt undo");
        Run(repository, "undo");
        repository.State().ShouldBe(before);
        Run(repository, "redo");
        repository.State().ShouldBe(broken);
        Run(repository, "undo");
        repository.State().ShouldBe(before);
        Run(repository, "log", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeGreaterThan(3);
        Run(repository, "stats").ShouldContain("Rollback success rate  100 %");
        Run(repository, "uninstall", "--agent", "claude");
        Run(repository, "uninstall");
        Directory.GetFiles(repository.At(".git/hooks")).ShouldAllBe(file => file.EndsWith(".sample", StringComparison.Ordinal));
    }

    private static string SearchPath { get; } =
        $"{Path.GetDirectoryName(Writeopt.Binary)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    private static string Run(TestRepository repository, params string[] arguments)
    {
        var (exitCode, output, error) = TestRepository.RunAny(repository.Root, "git", ["writeopt", .. arguments],
            environment: new Dictionary<string, string?> { ["PATH"] = SearchPath });
        exitCode.ShouldBe(0, output + error);
        return output;
    }

    private static void Tell(TestRepository repository, JsonNode hooks, string name, object more)
    {
        var told = JsonSerializer.SerializeToNode(more)!.AsObject();
        told["hook_event_name"] = name;
        told["session_id"] = "first-hour";
        told["cwd"] = repository.Root;
        var hook = hooks[name]![0]!["hooks"]![0]!;
        var words = hook["args"]?.AsArray().Select(word => word!.ToString()) ?? [];
        var (exitCode, _, error) = TestRepository.RunAny(repository.Root, hook["command"]!.ToString(), words, told.ToJsonString(),
            new Dictionary<string, string?> { ["PATH"] = SearchPath });
        exitCode.ShouldBe(0, error);
    }
}
