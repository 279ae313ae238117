using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

/// <summary>Transcripts of Claude Code and Codex: the writes that went through, once more.</summary>
public sealed class TranscriptTests
{
    private static readonly string Claude = string.Join('\n',
        """{"type":"summary","summary":"s","leafUuid":"u0"}""",
        """{"type":"user","uuid":"u1","timestamp":"2026-11-22T10:00:00.000Z","cwd":"/home/tree","sessionId":"s","message":{"role":"user","content":"do it"}}""",
        Call("u2", "t1", "Write", new { file_path = "/home/tree/a", content = "1\n" }, 1),
        Result("u3", "t1", false),
        Call("u4", "t2", "Edit", new { file_path = "/home/tree/a", old_string = "1", new_string = "denied" }, 2),
        Result("u5", "t2", true),
        Call("u6", "t3", "Bash", new { command = "echo > x" }, 3),
        Result("u7", "t3", false),
        Call("u8", "t4", "Read", new { file_path = "/home/tree/a" }, 4),
        Result("u9", "t4", false),
        Call("u10", "t5", "Edit", new { file_path = "/home/tree/a", old_string = "1", new_string = "2" }, 5),
        Call("u10", "t5", "Edit", new { file_path = "/home/tree/a", old_string = "1", new_string = "2" }, 5),
        Result("u11", "t5", false),
        Call("u12", "t6", "Write", new { file_path = "/home/elsewhere/plan.md", content = "p" }, 6),
        Result("u13", "t6", false),
        Call("u14", "t7", "mcp__x__frobnicate", new { path = "q" }, 7),
        Result("u15", "t7", false),
        Call("u16", "t8", "Write", new { file_path = "/home/tree/b", content = "interrupted" }, 8));

    private static readonly string Codex = string.Join('\n',
        """{"timestamp":"2026-11-22T10:00:00.000Z","type":"session_meta","payload":{"id":"s1","cwd":"/home/tree/sub"}}""",
        """{"timestamp":"2026-11-22T10:00:01.000Z","type":"response_item","payload":{"type":"custom_tool_call","call_id":"c1","status":"completed","name":"apply_patch","input":"*** Begin Patch\n*** Add File: a\n+1\n*** End Patch"}}""",
        """{"timestamp":"2026-11-22T10:00:02.000Z","type":"response_item","payload":{"type":"custom_tool_call_output","call_id":"c1","output":"{\"output\":\"Success. Updated the following files:\\nA a\\n\",\"metadata\":{\"exit_code\":0,\"duration_seconds\":0.0}}"}}""",
        """{"timestamp":"2026-11-22T10:00:03.000Z","type":"response_item","payload":{"type":"function_call","call_id":"c2","name":"shell","arguments":"{\"command\":[\"apply_patch\",\"*** Begin Patch\\n*** Delete File: nope\\n*** End Patch\"]}"}}""",
        """{"timestamp":"2026-11-22T10:00:04.000Z","type":"response_item","payload":{"type":"function_call_output","call_id":"c2","output":"apply_patch verification failed: Failed to read nope"}}""",
        """{"timestamp":"2026-11-22T10:00:05.000Z","type":"response_item","payload":{"type":"function_call","call_id":"c3","name":"exec_command","arguments":"{\"cmd\":\"ls\"}"}}""",
        """{"timestamp":"2026-11-22T10:00:06.000Z","type":"response_item","payload":{"type":"function_call_output","call_id":"c3","output":"Exit code: 0\nOutput:\nerror: none"}}""",
        """{"timestamp":"2026-11-22T10:00:07.000Z","type":"response_item","payload":{"type":"custom_tool_call","call_id":"c4","name":"apply_patch","input":"*** Begin Patch\n*** Update File: a\n@@\n-1\n+2\n*** End Patch"}}""",
        """{"timestamp":"2026-11-22T10:00:08.000Z","type":"event_msg","payload":{"type":"patch_apply_end","call_id":"c4","success":false}}""",
        """{"timestamp":"2026-11-22T10:00:08.000Z","type":"response_item","payload":{"type":"custom_tool_call_output","call_id":"c4","output":"ok"}}""",
        """{"timestamp":"2026-11-22T10:00:09.000Z","type":"response_item","payload":{"type":"local_shell_call","call_id":"c5","status":"completed","action":{"type":"exec","command":["apply_patch","*** Begin Patch\n*** Add File: b\n+x\n*** End Patch"]}}}""",
        """{"timestamp":"2026-11-22T10:00:10.000Z","type":"response_item","payload":{"type":"function_call_output","call_id":"c5","output":[{"type":"input_text","text":"Done"}]}}""");

    [Fact]
    public void Claude_codes_writes_that_went_through_are_made_again_once()
    {
        var tree = new Tree().Apply(Claude);

        tree.Paths.ShouldBe(["a"]);
        tree["a"].ShouldBe("2\n");
        tree.Warnings.ShouldBe([
            "1 calls have no result and were left out: line 18",
            "1 calls of unknown tools were left out: line 16",
            "1 calls were denied or failed and were left out: line 5",
            "1 calls wrote outside the worktree and were left out: line 14",
            "1 commands were left out, as what they wrote is not known: line 7",
        ]);
    }

    [Fact]
    public void Codexs_patches_that_went_through_are_made_again()
    {
        var tree = new Tree().Apply(Codex);

        tree.Paths.ShouldBe(["sub/a", "sub/b"]);
        tree["sub/a"].ShouldBe("1\n");
        tree.Warnings.ShouldContain("2 calls were denied or failed and were left out: lines 4, 8");
    }

    [Theory]
    [InlineData("u10")] // the event's id
    [InlineData("t5")] // the call's
    [InlineData("11")] // a line
    [InlineData("2026-11-22T10:05:00Z")] // a time
    [InlineData("2026-11-22T11:05:00+01:00")]
    public void Writes_are_taken_from_an_event_on(string since)
    {
        var tree = new Tree(("a", "1\n"));
        tree.Apply(Claude, BatchFormat.Transcript, since);

        tree["a"].ShouldBe("2\n");
        tree.Warnings.ShouldNotContain(w => w.Contains("denied"));
    }

    [Theory]
    [InlineData("u99")]
    [InlineData("0")]
    [InlineData("400")]
    public void An_event_that_is_not_there_is_an_error(string since) =>
        Should.Throw<UsageException>(() => new Tree().Apply(Claude, BatchFormat.Transcript, since)).Error.Code.ShouldBe("unknown-event");

    [Fact]
    public void Only_transcripts_have_events() =>
        Should.Throw<UsageException>(() => new Tree().Apply("""{"operations":[]}""", since: "3")).Error.Code
            .ShouldBe("since-without-transcript");

    [Fact]
    public void A_time_after_the_last_event_leaves_nothing() =>
        new Tree().Apply(Claude, BatchFormat.Transcript, "2030-01-01").Paths.ShouldBeEmpty();

    [Theory]
    [InlineData("{\"type\":\"user\",\"uuid\":\"u\"}\n{\"type\":\"assis", "malformed-json", 2)]
    [InlineData("{\"type\":\"user\",\"uuid\":\"u\"}\n7", "wrong-type", 2)]
    [InlineData("{\"type\":\"response_item\",\"payload\":{\"type\":\"function_call\",\"name\":\"x\"}}", "missing-field", 1)]
    [InlineData("{\"type\":\"a\",\"uuid\":\"u\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"input\":{}}]}}", "missing-field", 1)]
    public void A_damaged_transcript_is_an_error_with_its_line(string text, string code, int line)
    {
        var error = Fault(text, BatchFormat.Transcript);

        (error.Code, error.Line).ShouldBe((code, line));
    }

    private static string Call(string uuid, string id, string name, object input, int minute) => JsonSerializer.Serialize(new
    {
        type = "assistant",
        uuid,
        timestamp = $"2026-11-22T10:0{minute}:00.000Z",
        message = new { role = "assistant", content = new[] { new { type = "tool_use", id, name, input } } },
    });

    private static string Result(string uuid, string id, bool failed) => JsonSerializer.Serialize(new
    {
        type = "user",
        uuid,
        message = new { role = "user", content = new[] { new { type = "tool_result", tool_use_id = id, content = "x", is_error = failed } } },
    });
}
