using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class NativeReaderTests
{
    [Fact]
    public void A_document_has_a_message_and_operations_in_order()
    {
        var batch = Read("""
            {"message": "rename it", "operations": [
              {"op": "move", "from": "a", "to": "b/c"},
              {"op": "delete", "path": "./d"}
            ]}
            """);

        batch.Message.ShouldBe("rename it");
        batch.Format.ShouldBe("native");
        var move = batch.Operations[0].ShouldBeOfType<Operation.Move>();
        (move.From.Value, move.To.Value, move.Overwrite).ShouldBe(("a", "b/c", false));
        batch.Operations[1].ShouldBeOfType<Operation.Delete>().Path.Value.ShouldBe("d");
        batch.Operations[1].Origin.ShouldBe(new Origin(1, 3, 3));
    }

    [Fact]
    public void Lines_of_operations_are_read_with_a_first_line_of_a_message_and_blank_lines()
    {
        var batch = Read("""
            {"message":"two"}

            {"op":"copy","from":"a","to":"b"}
            {"op":"chmod","path":"b","executable":true}
            """);

        batch.Message.ShouldBe("two");
        batch.Operations.Select(o => o.Origin).ShouldBe([new Origin(0, 3, 1), new Origin(1, 4, 1)]);
        batch.Operations[1].ShouldBeOfType<Operation.ChangeMode>().Executable.ShouldBeTrue();
    }

    [Fact]
    public void An_array_and_a_single_operation_are_batches_too()
    {
        One<Operation.Delete>("""[{"op":"delete","path":"a"}]""");
        One<Operation.Delete>("""{"op":"delete","path":"a"}""");
    }

    [Fact]
    public void A_document_without_operations_in_its_array_is_a_batch_that_changes_nothing() =>
        Read("""{"operations":[]}""").Operations.ShouldBeEmpty();

    [Theory]
    [InlineData("""{"op":"write","path":"a","content":"x\r\ny\u00e4\ud83d\ude00\\"}""", "x\r\nyä\U0001F600\\")]
    [InlineData("""{"op":"write","path":"a","content":"plain ä"}""", "plain ä")]
    [InlineData("""{"op":"write","path":"a","content":"","encoding":"utf-8"}""", "")]
    [InlineData("""{"op":"write","path":"a","encoding":"base64","content":"aGk\u003d"}""", "hi")]
    [InlineData("""{"content":"c","p\u0061th":"a","op":"write"}""", "c")]
    public void Content_is_taken_verbatim(string batch, string expected)
    {
        TextOf(One(batch)).ShouldBe(expected);
        One<Operation.Write>(batch).NewFileFollowsAttributes.ShouldBeFalse();
    }

    [Fact]
    public void The_other_operations_carry_their_fields()
    {
        One<Operation.Write>("""{"op":"write","path":"a","content":"","mode":"100755"}""").Executable.ShouldBe(true);
        One<Operation.Write>("""{"op":"write","path":"a","content":""}""").Executable.ShouldBeNull();
        One<Operation.Edit>("""{"op":"edit","path":"a","edits":[{"old":"x","new":"$1"},{"old":"y","new":"","all":true}]}""")
            .Replacements.ShouldBe([new Replacement("x", "$1"), new Replacement("y", "", All: true)]);
        var insert = One<Operation.Insert>("""{"op":"insert","path":"a","line":0,"text":"t"}""");
        (insert.Line, insert.Text).ShouldBe((0, "t"));
        One<Operation.Link>("""{"op":"symlink","path":"l","target":"../x"}""").Target.ShouldBe("../x");
        One<Operation.Template>("""{"op":"template","name":"h","parameters":{"name":"Invoice"}}""")
            .Parameters["name"].ShouldBe("Invoice");
        One<Operation.Write>("""{"op":"write","path":"/home/tree/s/a","content":""}""").Path.Value.ShouldBe("s/a");
    }

    [Fact]
    public void A_diff_in_a_patch_is_read_for_its_files_and_may_lack_its_last_line_feed()
    {
        var patch = One<Operation.Patch>("""{"op":"patch","diff":"--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b","expect":"present"}""");

        patch.Files.ShouldHaveSingleItem().NewPath.Value.ShouldBe("f");
        Encoding.UTF8.GetString(patch.Diff.Span).ShouldEndWith("+b\n");
        patch.Expect.ShouldBeOfType<Expectation.Present>();
    }

    [Fact]
    public void An_expectation_is_absent_present_or_a_blob_id()
    {
        One("""{"op":"delete","path":"a","expect":"absent"}""").Expect.ShouldBeOfType<Expectation.Absent>();
        One("""{"op":"delete","path":"a","expect":"E69DE29BB2D1D6434B8B29AE775AD8C2E48C5391"}""").Expect
            .ShouldBe(new Expectation.Blob("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    }

    [Theory]
    [InlineData("""{"op":"write","path":"a"}""", "missing-field", 1)]
    [InlineData("""{"op":"delete"}""", "missing-field", 1)]
    [InlineData("""{"path":"a"}""", "unknown-format", 1)]
    [InlineData("""{"op":"frobnicate"}""", "unknown-operation", 7)]
    [InlineData("""{"op":7}""", "wrong-type", 7)]
    [InlineData("""{"op":"delete","path":null}""", "wrong-type", 23)]
    [InlineData("""{"op":"delete","path":"a","mode":"100644"}""", "unknown-field", 27)]
    [InlineData("""{"op":"delete","path":"a","path":"b"}""", "duplicate-field", 27)]
    [InlineData("""{"op":"delete","path":"a","p\u0061th":"b"}""", "duplicate-field", 27)]
    [InlineData("""{"op":"write","path":"a","content":"","source":"b"}""", "exclusive-fields", 36)]
    [InlineData("""{"op":"write","path":"a","content":"*","encoding":"base64"}""", "bad-base64", 36)]
    [InlineData("""{"op":"write","path":"a","content":"","encoding":"utf-7"}""", "unknown-encoding", 50)]
    [InlineData("""{"op":"write","path":"a","content":"","mode":"644"}""", "bad-mode", 46)]
    [InlineData("""{"op":"write","path":"a","source":"missing.bin"}""", "missing-source", 35)]
    [InlineData("""{"op":"insert","path":"a","line":-1,"text":""}""", "bad-number", 34)]
    [InlineData("""{"op":"insert","path":"a","line":1.5,"text":""}""", "bad-number", 34)]
    [InlineData("""{"op":"insert","path":"a","line":9999999999,"text":""}""", "bad-number", 34)]
    [InlineData("""{"op":"edit","path":"a","edits":[{"old":"","new":"x"}]}""", "empty-old", 41)]
    [InlineData("""{"op":"edit","path":"a","edits":[]}""", "empty-edits", 33)]
    [InlineData("""{"op":"edit","path":"a","edits":[{"old":"b","new":"x","count":1}]}""", "unknown-field", 55)]
    [InlineData("""{"op":"chmod","path":"a","executable":"yes"}""", "wrong-type", 39)]
    [InlineData("""{"op":"symlink","path":"a","target":""}""", "bad-target", 37)]
    [InlineData("""{"op":"delete","path":"a","expect":"gone"}""", "bad-expectation", 36)]
    [InlineData("""{"op":"write","path":"a","content":"\ud800"}""", "invalid-unicode", 36)]
    [InlineData("""{"op":"template","name":"n","parameters":{"x":1}}""", "wrong-type", 47)]
    [InlineData("""{"operations":{}}""", "wrong-type", 15)]
    [InlineData("""{"operations":[],"extra":1}""", "unknown-field", 18)]
    [InlineData("""{"message":"m"}""", "missing-field", 1)]
    [InlineData("""{"operations":[3]}""", "wrong-type", 16)]
    [InlineData("""{"operations":[]} x""", "malformed-json", 19)]
    [InlineData("""{"operations":[]} {"op":"delete","path":"a"}""", "malformed-json", 19)]
    [InlineData("""{"operations":[],}""", "malformed-json", 18)]
    [InlineData("""{"operations":[]""", "malformed-json", 17)]
    public void What_is_wrong_is_named_with_its_place(string batch, string code, int column)
    {
        var error = Fault("\n" + batch);

        (error.Code, error.Line, error.Column).ShouldBe((code, 2, column));
        error.Category.ShouldBe(ErrorCategory.Usage);
    }

    [Fact]
    public void A_message_names_the_field_and_its_operation()
    {
        Fault("""{"op":"delete","path":"a","mode":"x"}""").Message
            .ShouldBe("the operation \"delete\" has no field \"mode\" (line 1, column 27)");
        Fault("{\"op\":\"patch\",\"diff\":\"x\\n--- a/f\\n+++ b/f\\n@@ -1,9 +1,9 @@\\n a\\n\"}").Message
            .ShouldContain("line 4 of the diff");
    }

    [Fact]
    public void An_unsafe_path_is_refused_with_its_place_I5()
    {
        var error = Should.Throw<RefusedException>(() => Read("""{"op":"delete","path":".git/config"}""")).Error;

        (error.Code, error.Line, error.Column).ShouldBe(("unsafe-path", 1, 23));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_an_error_with_their_place()
    {
        var bytes = Encoding.Latin1.GetBytes("{\"op\":\"write\",\n\"path\":\"\u00e4\",\"content\":\"\"}");

        var error = Should.Throw<UsageException>(() => BatchReader.Read(bytes, BatchFormat.Auto, Context)).Error;

        (error.Code, error.Line, error.Column).ShouldBe(("invalid-utf8", 2, 9));
    }

    [Fact]
    public void Deep_nesting_is_an_error() =>
        Fault("{\"operations\":" + new string('[', 100_000), BatchFormat.Native).Code.ShouldBe("malformed-json");

    [Fact]
    public void A_source_is_read_from_the_callers_directory_and_streamed_where_it_is_large()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["x"] = "x" });
        File.WriteAllText(repository.Outside("small"), "bytes");
        using (var large = File.Create(repository.Outside("large")))
        {
            large.SetLength(Content.StreamingThreshold + 1);
        }

        var context = new BatchContext(repository.Root, repository.Outside("."));
        var batch = BatchReader.Read("""
            {"op":"write","path":"a","source":"small"}
            {"op":"write","path":"b","source":"large"}
            """u8.ToArray(), BatchFormat.Auto, context);

        TextOf(batch.Operations[0]).ShouldBe("bytes");
        ((Operation.Write)batch.Operations[1]).Content.ShouldBeOfType<Content.InFile>()
            .Length.ShouldBe(Content.StreamingThreshold + 1);
    }

    [Fact]
    public void Ten_thousand_operations_keep_their_order_and_lines()
    {
        var lines = Enumerable.Range(0, 10_000).Select(i => $$"""{"op":"write","path":"f{{i}}","content":"x"}""");

        var batch = Read(string.Join('\n', lines));

        batch.Operations.Count.ShouldBe(10_000);
        batch.Operations[^1].Origin.ShouldBe(new Origin(9_999, 10_000, 1));
    }
}
