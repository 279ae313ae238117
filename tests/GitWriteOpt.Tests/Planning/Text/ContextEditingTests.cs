using GitWriteOpt.Operations;
using GitWriteOpt.Planning.Text;
using static GitWriteOpt.Tests.Planning.Text.TextEditTests;

namespace GitWriteOpt.Tests.Planning.Text;

public sealed class ContextEditingTests
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void The_anchor_is_found_first_and_the_chunk_after_it() =>
        Apply("def a\n  x\ndef b\n  x\n", new ContextChunk("def b", ["  x"], ["  y"], false)).ShouldBe("def a\n  x\ndef b\n  y\n");

    [Fact]
    public void Chunks_are_found_at_or_after_the_cursor() =>
        Apply("x\nx\n", Chunk(["x"], ["1"]), Chunk(["x"], ["2"])).ShouldBe("1\n2\n");

    [Fact]
    public void The_first_of_several_places_is_taken_with_a_warning()
    {
        Apply("x\ny\nx\n", Chunk(["x"], ["z"])).ShouldBe("z\ny\nx\n");
        _warnings.ShouldHaveSingleItem().ShouldContain("line 1");
    }

    [Theory]
    [InlineData("a  \nb\n", "a")] // trailing white space
    [InlineData("\ta\nb\n", "  a")] // surrounding white space
    public void A_context_line_that_matches_loosely_stays_as_the_file_has_it(string file, string context) =>
        Apply(file, Chunk([context, "b"], [context, "c"])).ShouldBe(file.Replace("b", "c"));

    [Fact]
    public void Typographic_characters_match_plain_ones() =>
        Apply("say \u201chi\u201d \u2013 now\nb\n", Chunk(["say \"hi\" - now", "b"], ["say \"hi\" - now", "c"]))
            .ShouldBe("say \u201chi\u201d \u2013 now\nc\n");

    [Fact]
    public void New_lines_take_the_files_line_ends() =>
        Apply("a\r\nb\r\nc", Chunk(["a", "b"], ["a", "x", "y"])).ShouldBe("a\r\nx\r\ny\r\nc\r\n");

    [Fact]
    public void Context_keeps_its_own_line_ends_in_a_mixed_file() =>
        Apply("a\r\nb\nc\r\nd\n", Chunk(["a", "b", "c", "d"], ["1", "b", "x", "c", "2"])).ShouldBe("1\r\nb\nx\nc\r\n2\n");

    [Fact]
    public void A_chunk_without_old_lines_appends_at_the_end() =>
        Apply("a\nb", new ContextChunk("a", [], ["c"], false)).ShouldBe("a\nb\nc\n");

    [Fact]
    public void Two_chunks_may_append() => Apply("a", Chunk([], ["b"]), Chunk([], ["c"])).ShouldBe("a\nb\nc\n");

    [Fact]
    public void With_the_end_marker_only_the_last_position_counts()
    {
        Apply("x\ny\nx\n", new ContextChunk(null, ["x"], ["z"], true)).ShouldBe("x\ny\nz\n");
        Refused(() => Apply("x\ny\n", new ContextChunk(null, ["x"], ["z"], true))).Code.ShouldBe("context-not-found");
    }

    [Fact]
    public void A_final_empty_context_line_may_be_missing() =>
        Apply("a\nb\n", Chunk(["b", ""], ["c", ""])).ShouldBe("a\nc\n");

    [Fact]
    public void The_byte_order_mark_stays_and_the_result_ends_in_a_line_end() =>
        Apply("\uFEFFa\nb", Chunk(["a"], ["c"])).ShouldBe("\uFEFFc\nb\n");

    [Fact]
    public void A_file_whose_lines_all_go_is_empty() => Apply("a\nb\n", Chunk(["a", "b"], [])).ShouldBe("");

    [Fact]
    public void Context_that_is_not_there_is_refused_with_the_nearest_place()
    {
        var error = Refused(() => Apply("alpha();\nbeta();\n", Chunk(["alpha();", "gamma();"], ["x"])));
        error.Code.ShouldBe("context-not-found");
        error.Message.ShouldContain("line 1");
        Refused(() => Apply("a\n", new ContextChunk("nowhere", ["a"], ["b"], false))).Message.ShouldContain("nowhere");
    }

    private static ContextChunk Chunk(string[] old, string[] fresh) => new(null, old, fresh, false);

    private string Apply(string file, params ContextChunk[] chunks) =>
        Show(ContextEditing.Apply(Read(file), chunks, _warnings.Add));
}
