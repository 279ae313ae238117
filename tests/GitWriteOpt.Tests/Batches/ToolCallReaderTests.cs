using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class ToolCallReaderTests
{
    [Theory]
    [InlineData("""{"hook_event_name":"PreToolUse","cwd":"/home/tree/src","tool_name":"Write","tool_input":{"file_path":"/home/tree/src/a","content":"x"}}""")]
    [InlineData("""{"hook_event_name":"PreToolUse","cwd":"/home/tree/src","tool_name":"Write","tool_input":{"file_path":"a","content":"x"}}""")]
    [InlineData("""{"type":"tool_use","id":"1","name":"Write","input":{"file_path":"src/a","content":"x"}}""")]
    [InlineData("""{"type":"function","function":{"name":"write_file","arguments":"{\"path\":\"src/a\",\"content\":\"x\"}"}}""")]
    [InlineData("""{"type":"function_call","name":"write_file","arguments":"{\"path\":\"src/a\",\"content\":\"x\"}"}""")]
    [InlineData("""{"tool":"write","parameters":{"filePath":"src/a","content":"x"}}""")]
    [InlineData("""{"name":"write_to_file","input":{"path":"src/a","content":"x","line_count":1}}""")]
    [InlineData("""{"name":"mcp__filesystem__write_file","input":{"path":"src/a","content":"x"}}""")]
    [InlineData("""{"hook_event_name":"PostToolBatch","tool_calls":[{"tool_name":"Write","tool_input":{"file_path":"src/a","content":"x"}}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"hi"},{"type":"tool_use","name":"Write","input":{"file_path":"src/a","content":"x"}}]}""")]
    public void A_write_is_read_in_every_shape(string text)
    {
        var write = One<Operation.Write>(text);

        (write.Path.Value, TextOf(write), write.NewFileFollowsAttributes).ShouldBe(("src/a", "x", true));
        write.Expect.ShouldBe(Expectation.Nothing);
    }

    [Theory]
    [InlineData("""{"name":"Edit","input":{"file_path":"a","old_string":"x","new_string":"y"}}""", false, null)]
    [InlineData("""{"name":"Edit","input":{"file_path":"a","old_string":"x","new_string":"y","replace_all":true}}""", true, null)]
    [InlineData("""{"name":"edit","input":{"filePath":"a","oldString":"x","newString":"y","replaceAll":true}}""", true, null)]
    [InlineData("""{"name":"replace","input":{"file_path":"a","instruction":"i","old_string":"x","new_string":"y","allow_multiple":true}}""", true, null)]
    [InlineData("""{"name":"edit_file","input":{"file_path":"a","old_string":"x","new_string":"y","expected_replacements":3}}""", true, 3)]
    [InlineData("""{"name":"MultiEdit","input":{"file_path":"a","edits":[{"old_string":"x","new_string":"y","replace_all":true}]}}""", true, null)]
    [InlineData("""{"name":"replace_string_in_file","input":{"filePath":"a","oldString":"x","newString":"y","explanation":"e"}}""", false, null)]
    [InlineData("""{"name":"multi_replace_string_in_file","input":{"explanation":"e","replacements":[{"filePath":"a","oldString":"x","newString":"y"}]}}""", false, null)]
    [InlineData("""{"name":"str_replace_based_edit_tool","input":{"command":"str_replace","path":"a","old_str":"x","new_str":"y"}}""", false, null)]
    [InlineData("""{"name":"editor","input":{"path":"a","old_text":"x","new_text":"y"}}""", false, null)]
    public void An_edit_is_read_in_every_dialect(string text, bool all, int? count)
    {
        var edit = One<Operation.Edit>(text);

        edit.Path.Value.ShouldBe("a");
        edit.Replacements.ShouldBe([new Replacement("x", "y", all) { ExpectedCount = count }]);
    }

    [Theory]
    [InlineData("""{"name":"str_replace_editor","input":{"command":"create","path":"a","file_text":"x"}}""")]
    [InlineData("""{"name":"create_file","input":{"filePath":"a","content":"x"}}""")]
    [InlineData("""{"name":"replace","input":{"file_path":"a","old_string":"","new_string":"x"}}""")]
    [InlineData("""{"name":"editor","input":{"path":"a","new_text":"x"}}""")]
    public void A_file_that_a_dialect_only_creates_must_be_absent(string text)
    {
        TextOf(One(text)).ShouldBe("x");
        One(text).Expect.ShouldBeOfType<Expectation.Absent>();
    }

    [Fact]
    public void An_empty_old_text_overwrites_only_in_OpenCode() =>
        One("""{"name":"edit","input":{"filePath":"a","oldString":"","newString":"x"}}""").Expect
            .ShouldBe(Expectation.Nothing);

    [Fact]
    public void The_first_of_several_edits_may_make_the_file()
    {
        var batch = Read("""
            {"name":"MultiEdit","input":{"file_path":"a","edits":[{"old_string":"","new_string":"x"},{"old_string":"x","new_string":"y"}]}}
            """);

        batch.Operations.Count.ShouldBe(2);
        batch.Operations[1].ShouldBeOfType<Operation.Edit>().Origin.Ordinal.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"name":"str_replace_based_edit_tool","input":{"command":"insert","path":"a","insert_line":2,"insert_text":"t"}}""", 2)]
    [InlineData("""{"name":"str_replace_editor","input":{"command":"insert","path":"a","insert_line":0,"new_str":"t\n"}}""", 0)]
    [InlineData("""{"name":"editor","input":{"path":"a","new_text":"t","insert_line":1}}""", 0)]
    public void An_insertion_is_of_whole_lines(string text, int line)
    {
        var insert = One<Operation.Insert>(text);

        (insert.Line, insert.Text).ShouldBe((line, "t\n"));
    }

    [Fact]
    public void Roos_insertion_is_before_a_line_and_at_the_end_for_zero()
    {
        One<Operation.Insert>("""{"name":"insert_content","input":{"path":"a","line":3,"content":"x"}}""").Line.ShouldBe(2);
        new Tree(("a", "1")).Apply("""{"name":"insert_content","input":{"path":"a","line":0,"content":"2"}}""")["a"].ShouldBe("1\n2\n");
    }

    [Fact]
    public void Roos_blocks_may_be_of_several_files()
    {
        const string block = "<<<<<<< SEARCH\\n-------\\nx\\n=======\\ny\\n>>>>>>> REPLACE";
        var batch = Read($$$"""
            {"name":"apply_diff","input":{"args":{"file":[{"path":"a","diff":{"content":"{{{block}}}","start_line":1} },{"path":"b","diff":[{"content":"{{{block}}}"}]}]}} }
            """);

        batch.Operations.Select(o => ((Operation.SearchReplace)o).Path.Value).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Files_are_moved_and_deleted()
    {
        One<Operation.Move>("""{"name":"move_file","input":{"source":"a","destination":"b"}}""").Overwrite.ShouldBeFalse();
        One<Operation.Delete>("""{"name":"delete_file","input":{"path":"a"}}""").Recursive.ShouldBeFalse();
        var rename = """{"name":"memory","input":{"command":"rename","old_path":"/memories/a","new_path":"/memories/b"}}""";
        One<Operation.Move>(rename).To.Value.ShouldBe("memories/b");
        One<Operation.Delete>("""{"name":"memory","input":{"command":"delete","path":"/memories/d"}}""")
            .Recursive.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"command":["apply_patch","*** Begin Patch\n*** Delete File: a\n*** End Patch"]}""")]
    [InlineData("""{"tool_name":"apply_patch","tool_input":{"command":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}}""")]
    [InlineData("""{"name":"apply_patch","input":{"patchText":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}}""")]
    [InlineData("""{"type":"custom_tool_call","name":"apply_patch","input":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}""")]
    [InlineData("""{"name":"patch","input":{"patchText":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}}""")]
    [InlineData("""{"name":"shell","input":{"command":["bash","-lc","apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF\n"]}}""")]
    [InlineData("""{"name":"exec_command","input":{"cmd":"apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF"}}""")]
    [InlineData("""{"name":"shell","arguments":"{\"command\":[\"apply_patch\",\"*** Begin Patch\\n*** Delete File: a\\n*** End Patch\"]}"}""")]
    public void A_call_may_carry_a_patch(string text) => One<Operation.Delete>(text).Path.Value.ShouldBe("a");

    [Theory]
    [InlineData("""{"cwd":"/home/tree/sub","tool_name":"apply_patch","tool_input":{"command":"*** Begin Patch\n*** Delete File: a\n*** End Patch"}}""")]
    [InlineData("""{"name":"exec_command","input":{"workdir":"/home/tree/sub","cmd":"apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF"}}""")]
    public void A_patchs_names_are_relative_to_where_it_ran(string text) =>
        One<Operation.Delete>(text).Path.Value.ShouldBe("sub/a");

    [Fact]
    public void Calls_that_only_read_are_left_out_with_a_warning()
    {
        var batch = Read("""
            {"name":"Read","input":{"file_path":"a"}}
            {"name":"str_replace_editor","input":{"command":"view","path":"a"}}
            {"name":"create_directory","input":{"path":"d"}}
            {"name":"edit_file","input":{"path":"a","edits":[],"dryRun":true}}
            {"name":"Bash","input":{"command":"ls"}}
            {"name":"Write","input":{"file_path":"a","content":""}}
            """);

        batch.Operations.ShouldHaveSingleItem().Origin.ShouldBe(new Origin(0, 6, 1));
        batch.Warnings.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("""{"name":"Bash","input":{"command":"rm x"}}""", "tool-does-not-write")]
    [InlineData("""{"name":"Frobnicate","input":{}}""", "unknown-tool")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a"}}""", "not-a-notebook")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","new_source":""}}""", "missing-field")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","cell_id":"c","cell_number":1,"new_source":""}}""", "exclusive-fields")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","edit_mode":"insert","new_source":""}}""", "missing-field")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","cell_id":"c","edit_mode":"frob","new_source":""}}""", "unknown-operation")]
    [InlineData("""{"name":"NotebookEdit","input":{"notebook_path":"a.ipynb","cell_id":"c","cell_type":"frob","new_source":""}}""", "bad-cell-type")]
    [InlineData("""{"name":"apply_diff","input":{"path":"a","diff":"x"}}""", "empty-batch")]
    [InlineData("""{"name":"apply_diff","input":{"path":"a","diff":"<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE"}}""", "empty-old")]
    [InlineData("""{"name":"replace_in_file","input":{"path":"a","diff":"------- SEARCH\nx"}}""", "malformed-block")]
    [InlineData("""{"name":"replace_in_file","input":{"path":"a"}}""", "missing-field")]
    [InlineData("""{"name":"Write","input":{"content":""}}""", "missing-field")]
    [InlineData("""{"name":"Write","input":{"file_path":"a","content":7}}""", "wrong-type")]
    [InlineData("""{"name":"Write","input":"free text"}""", "wrong-type")]
    [InlineData("""{"name":"Write","arguments":"{\"file_path\":"}""", "malformed-json")]
    [InlineData("""{"name":"memory","input":{"command":"frob"}}""", "unknown-operation")]
    [InlineData("""{"name":"memory","input":{"command":"str_replace","path":"a","old_str":""}}""", "empty-old")]
    [InlineData("""{"name":"edit_file","input":{"path":"a","edits":[{"oldText":"","newText":"x"}]}}""", "empty-old")]
    [InlineData("""{"name":"edit_file","input":{"path":"a","edits":[]}}""", "empty-edits")]
    [InlineData("""{"name":"apply_patch","input":{"input":"nonsense"}}""", "malformed-patch")]
    [InlineData("""{"hook_event_name":"Stop"}""", "missing-field")]
    public void A_wrong_call_is_an_error_with_its_place(string text, string code)
    {
        var error = Fault("\n" + text);

        (error.Code, error.Line).ShouldBe((code, 2));
    }

    [Fact]
    public void A_path_outside_the_worktree_is_refused_I5() =>
        Should.Throw<RefusedException>(() => Read("""{"name":"Write","input":{"file_path":"/etc/passwd","content":""}}"""))
            .Error.Code.ShouldBe("unsafe-path");
}
