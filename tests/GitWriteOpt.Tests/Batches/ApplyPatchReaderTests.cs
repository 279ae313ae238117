using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class ApplyPatchReaderTests
{
    [Fact]
    public void Files_are_added_deleted_and_updated()
    {
        var batch = Read("""
            *** Begin Patch
            *** Add File: new/a.txt
            +one
            +
            +two
            *** Delete File: old.txt
            *** Update File: src/x.cs
            *** Move to: src/y.cs
            @@ class X
             context
            -gone
            +come

            @@
            +tail
            *** End of File
            *** Add File: empty
            *** End Patch
            """);

        TextOf(batch.Operations[0]).ShouldBe("one\n\ntwo\n");
        ((Operation.Write)batch.Operations[0]).NewFileFollowsAttributes.ShouldBeTrue();
        batch.Operations[1].ShouldBeOfType<Operation.Delete>().Path.Value.ShouldBe("old.txt");
        var update = batch.Operations[2].ShouldBeOfType<Operation.ContextEdit>();
        (update.Path.Value, update.MoveTo!.Value).ShouldBe(("src/x.cs", "src/y.cs"));
        update.Chunks[0].Anchor.ShouldBe("class X");
        update.Chunks[0].OldLines.ShouldBe(["context", "gone", ""]);
        update.Chunks[0].NewLines.ShouldBe(["context", "come", ""]);
        update.Chunks[0].EndOfFile.ShouldBeFalse();
        update.Chunks[1].Anchor.ShouldBeNull();
        update.Chunks[1].EndOfFile.ShouldBeTrue();
        update.Origin.ShouldBe(new Origin(2, 7, 1));
        TextOf(batch.Operations[3]).ShouldBe("");
    }

    [Fact]
    public void Padding_carriage_returns_a_wrapper_and_a_missing_first_marker_are_borne()
    {
        var update = One<Operation.ContextEdit>(
            "\n<<\"EOF\"\r\n *** Begin Patch \r\n*** Environment ID: x\r\n  *** Update File: a  \r\n-x\r\n+y\r\n *** End Patch\r\nEOF\r\n");

        update.Path.Value.ShouldBe("a");
        update.Chunks.ShouldHaveSingleItem().OldLines.ShouldBe(["x"]);
    }

    [Theory]
    [InlineData("*** Begin Patch\n*** Delete File: a\n", 2)]
    [InlineData("*** Begin Patch\n*** End Patch", 2)]
    [InlineData("*** Begin Patch", 1)]
    [InlineData("*** Begin Patch\n*** Frob File: a\n*** End Patch", 2)]
    [InlineData("*** Begin Patch\n*** Update File: a\n*** Move to: b\n*** End Patch", 4)]
    [InlineData("*** Begin Patch\n*** Update File: a\n@@ x\n@@ y\n+z\n*** End Patch", 4)]
    [InlineData("*** Begin Patch\n*** Update File: a\n@@\n x\n*** End of File\n+z\n*** End Patch", 6)]
    [InlineData("*** Begin Patch\n*** Update File: a\n@@\n*** End Patch", 4)]
    [InlineData("*** Begin Patch\n*** Update File: a\n@@\n-x\nstray\n*** End Patch", 5)]
    [InlineData("*** Begin Patch\n*** Add File: a\n+x\nstray\n*** End Patch", 4)]
    public void A_malformed_patch_is_an_error_with_its_line(string patch, int line)
    {
        var error = Fault(patch);

        (error.Code, error.Line).ShouldBe(("malformed-patch", line));
    }

    [Fact]
    public void An_unsafe_path_is_refused_I5() =>
        Should.Throw<RefusedException>(() => Read("*** Begin Patch\n*** Delete File: ../a\n*** End Patch")).Error.Line
            .ShouldBe(2);

    [Fact]
    public void The_json_form_is_read()
    {
        TextOf(One("""{"type":"create_file","path":"a","diff":"+x\n+y"}""")).ShouldBe("x\ny");
        TextOf(One("""{"type":"create_file","path":"a","diff":"+x\n+"}""")).ShouldBe("x\n");
        One<Operation.Delete>("""{"type":"apply_patch_call","operation":{"type":"delete_file","path":"a"}}""");
        One<Operation.Move>("""{"type":"update_file","path":"a","move_to":"b"}""").Overwrite.ShouldBeTrue();
        One<Operation.ContextEdit>("""{"type":"update_file","path":"a","diff":"@@ f\n-x\n+y"}""")
            .Chunks.ShouldHaveSingleItem().Anchor.ShouldBe("f");
        Fault("""{"type":"update_file","path":"a","diff":"@@\n?"}""").Message.ShouldContain("line 2 of the diff");
    }

    [Theory]
    [InlineData("def f():\n  y\n", "@@ def f():\n+  x", "def f():\n  x\n  y\n")] // at the cursor
    [InlineData("a\n", "+top", "top\na\n")]
    [InlineData("a\nb", "-b\n+c", "a\nc")] // no final line end comes
    [InlineData("a\nb\n", "-b\n+c", "a\nc\n")]
    [InlineData("a\nb\n", "@@ nowhere\n-b\n+c", "a\nc\n")] // a single anchor may be missing
    [InlineData("class A\n  def f\n    x\nclass B\n  def f\n    x\n", "@@ class B\n@@   def f\n-    x\n+    y", "class A\n  def f\n    x\nclass B\n  def f\n    y\n")]
    [InlineData("x\ny\nx\n", " x\n+z\n*** End of File", "x\ny\nx\nz\n")] // tried at the end first
    [InlineData("x\ny\nz\n", "-x\n+1\n*** End of File", "1\ny\nz\n")] // else from the cursor
    [InlineData("\tx  \r\ny\r\n", " x\n-y\n+z", "\tx  \r\nz\r\n")] // context and line ends are the file's
    public void The_json_forms_chunks_are_found_by_its_own_rules(string file, string diff, string result) =>
        new Tree(("a", file)).Apply(Json(diff))["a"].ShouldBe(result);

    [Theory]
    [InlineData("class A\n  def f\n    x\n", "@@ class A\n@@   def g\n-    x\n+    y")] // stacked anchors must all be there
    [InlineData("say \u201chi\u201d\n", "-say \"hi\"\n+x")] // no fourth pass
    public void What_the_json_forms_rules_do_not_find_is_refused(string file, string diff) =>
        new Tree(("a", file)).Refused(Json(diff)).Code.ShouldBe("context-not-found");

    private static string Json(string diff) =>
        System.Text.Json.JsonSerializer.Serialize(new { type = "update_file", path = "a", diff });
}
