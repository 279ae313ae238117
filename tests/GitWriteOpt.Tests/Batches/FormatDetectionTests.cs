using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Batches;

public sealed class FormatDetectionTests
{
    [Theory]
    [InlineData("""{"operations":[]}""", "native")]
    [InlineData("""{"op":"template","name":"t","parameters":{}}""", "native")]
    [InlineData("""{"tool_name":"Write","tool_input":{"file_path":"a","content":""}}""", "tools")]
    [InlineData("""[{"type":"tool_use","name":"Write","input":{"file_path":"a","content":""}}]""", "tools")]
    [InlineData("""{"type":"delete_file","path":"a"}""", "apply-patch")]
    [InlineData("*** Begin Patch\n*** Delete File: a\n*** End Patch", "apply-patch")]
    [InlineData("<<'EOF'\n*** Begin Patch\n*** Delete File: a\n*** End Patch\nEOF\n", "apply-patch")]
    [InlineData("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n", "diff")]
    [InlineData("diff --git a/f b/f\nold mode 100644\nnew mode 100755\n", "diff")]
    [InlineData("*** Begin Patch\n*** Update File: a\n@@\n--- a\n+++ b\n*** End Patch", "apply-patch")]
    [InlineData("a.txt\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n", "search-replace")]
    [InlineData("a.txt\n------- SEARCH\na\n=======\nb\n+++++++ REPLACE\n", "search-replace")]
    [InlineData("""{"documentChanges":[]}""", "workspace-edit")]
    [InlineData("""{"changes":{}}""", "workspace-edit")]
    [InlineData("""{"version":"2.1.0","runs":[]}""", "sarif")]
    [InlineData("""[{"text":"a","range":{"byteOffset":{"start":0,"end":1}},"file":"f","replacement":"b"}]""", "ast-grep")]
    [InlineData("""{"uri":"f","rewritten_source":"x"}""", "comby")]
    [InlineData("""{"type":"summary","leafUuid":"u"}""", "transcript")]
    [InlineData("""{"timestamp":"2026-01-01T00:00:00Z","type":"session_meta","payload":{"id":"u"}}""", "transcript")]
    public void A_format_is_known_by_its_marks(string text, string format)
    {
        Read(text).Format.ShouldBe(format);
        Read("\ufeff" + text).Format.ShouldBe(format);
        Read($"\n```text\n{text}\n```\n").Format.ShouldBe(format);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("""{"a":1}""")]
    [InlineData("*** a\n--- b\n***************\n")]
    public void Unknown_input_is_an_error_that_names_the_option(string text)
    {
        var error = Fault(text);

        error.Code.ShouldBe("unknown-format");
        error.Suggestion.ShouldNotBeNull().ShouldContain("--format");
    }

    [Theory]
    [InlineData("""{"op":"delete","path":"a","tool_name":"Write"}""", "native (line 1), tools (line 1)")]
    [InlineData("""{"runs":[],"changes":{}}""", "workspace-edit (line 1), sarif (line 1)")]
    [InlineData("""{"uri":"f","rewritten_source":"x","range":{"byteOffset":{}}}""", "ast-grep (line 1), comby (line 1)")]
    [InlineData("diff --git a/f b/f\n<<<<<<< SEARCH\n", "diff (line 1), search-replace (line 2)")]
    [InlineData("x\n*** Begin Patch\n--- a\n+++ a\n", "apply-patch (line 2), diff (line 3)")]
    public void Ambiguous_input_is_an_error_that_names_the_candidates(string text, string candidates)
    {
        var error = Fault(text);

        error.Code.ShouldBe("unknown-format");
        error.Message.ShouldContain("several formats at once: " + candidates);
        error.Suggestion.ShouldNotBeNull().ShouldContain("--format native|tools|apply-patch|diff|search-replace");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff \n\t")]
    [InlineData("```json\n```")]
    [InlineData("[]")]
    public void Empty_input_is_an_error(string text) => Fault(text).Code.ShouldBe("empty-batch");

    [Fact]
    public void Lines_are_counted_in_the_original_when_a_fence_was_taken_off() =>
        Fault("\n```json\n{\"op\":\"delete\",\n \"path\":1}\n```").Line.ShouldBe(4);

    [Theory]
    [InlineData("auto", BatchFormat.Auto)]
    [InlineData("native", BatchFormat.Native)]
    [InlineData("tools", BatchFormat.Tools)]
    [InlineData("apply-patch", BatchFormat.ApplyPatch)]
    [InlineData("diff", BatchFormat.Diff)]
    [InlineData("search-replace", BatchFormat.SearchReplace)]
    [InlineData("workspace-edit", BatchFormat.WorkspaceEdit)]
    [InlineData("sarif", BatchFormat.Sarif)]
    [InlineData("ast-grep", BatchFormat.AstGrep)]
    [InlineData("comby", BatchFormat.Comby)]
    [InlineData("transcript", BatchFormat.Transcript)]
    public void Format_names_are_read_and_written(string name, BatchFormat format)
    {
        BatchFormatNames.Parse(name).ShouldBe(format);
        BatchFormatNames.NameOf(format).ShouldBe(name);
    }

    [Fact]
    public void An_unknown_format_name_is_an_error_that_lists_the_names()
    {
        var message = Should.Throw<UsageException>(() => BatchFormatNames.Parse("yaml")).Error.Message;

        message.ShouldContain("is not a format");
        message.ShouldContain(
            "auto, native, tools, apply-patch, diff, search-replace, workspace-edit, sarif, ast-grep, comby, transcript");
    }

    [Fact]
    public void The_schema_is_json_and_names_every_operation()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(BatchSchema.Text);

        schema.RootElement.GetProperty("$defs").GetProperty("operation").GetProperty("oneOf").GetArrayLength().ShouldBe(10);
    }
}
