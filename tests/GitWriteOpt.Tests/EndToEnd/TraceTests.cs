using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class TraceTests
{
    [Fact]
    public void A_command_is_traced_with_its_phases_decisions_errors_and_end_and_without_contents()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "topsecret one\n" });
        var file = repository.Outside("trace");
        Run(file, """{"message":"m","operations":[{"op":"write","path":"a.txt","content":"topsecret two\n"},{"op":"write","path":"b.txt","content":"topsecret three\n"}]}""").ShouldBe((0, ""));
        var events = Events();
        events[0].Kind.ShouldBe("version");
        events[1].Line.GetProperty("argv").ToString().ShouldBe("""["git-writeopt","apply","-q"]""");
        events.Where(e => e.Kind == "region_leave").Select(e => e.Line.GetProperty("label").GetString())
            .ShouldBe(["lock", "recover", "plan", "objects", "stage", "journal", "swap", "verify", "commit", "clean"]);
        events.ShouldContain(e => e.Kind == "data" && e.Line.GetProperty("category").GetString() == "decision"
            && e.Line.GetProperty("key").GetString()!.StartsWith("strategy: ", StringComparison.Ordinal));
        events.ShouldContain(e => e.Kind == "data" && e.Line.GetProperty("category").GetString() == "optimisation");
        events[^1].Line.GetProperty("code").GetInt32().ShouldBe(0);

        // The second command adds to the same file; what a failed edit looked for stays out of it.
        Run(file, """{"operations":[{"op":"edit","path":"a.txt","edits":[{"old":"topsecret nine","new":"x"}]}]}""").ExitCode.ShouldBe(1);
        events = Events();
        events.Count(e => e.Kind == "exit").ShouldBe(2);
        events.ShouldContain(e => e.Kind == "error" && e.Line.GetProperty("msg").GetString()!.EndsWith(": a.txt", StringComparison.Ordinal));
        File.ReadAllText(file).ShouldNotContain("topsecret");

        Run("relative", """{"operations":[]}""").Error.ShouldBe("note: WRITEOPT_TRACE is \"relative\", which is no absolute path; nothing is traced\n");
        Run("", """{"operations":[]}""").ShouldBe((0, ""));

        List<(string Kind, JsonElement Line)> Events() =>
            [.. File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement).Select(e => (e.GetProperty("event").GetString()!, e))];

        (int ExitCode, string Error) Run(string trace, string batch)
        {
            var (exitCode, _, error) = TestRepository.RunAny(repository.Root, Writeopt.Binary, ["apply", "-q"], batch,
                new Dictionary<string, string?> { ["WRITEOPT_TRACE"] = trace });
            return (exitCode, exitCode == 1 ? "" : error);
        }
    }
}
