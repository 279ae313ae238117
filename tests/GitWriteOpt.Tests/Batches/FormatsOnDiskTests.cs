using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Batches;

/// <summary>One batch of each format, applied to a real repository.</summary>
public sealed class FormatsOnDiskTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["src/a.txt"] = "one\r\ntwo\r\nthree",
        ["n.ipynb"] = "{\n \"cells\": [\n  {\n   \"cell_type\": \"raw\",\n   \"metadata\": {},\n   \"source\": []\n  }\n ],\n \"nbformat\": 4\n}\n",
    };

    [Fact]
    public void Several_edits_of_one_file_in_an_agents_batch_become_one_entry_of_the_plan()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\ntwo\nthree\n" });

        var outcome = repository.Applied("""
            [{"tool_name":"Edit","tool_input":{"file_path":"a.txt","old_string":"one","new_string":"1"}},
             {"tool_name":"Edit","tool_input":{"file_path":"a.txt","old_string":"two","new_string":"2"}},
             {"tool_name":"MultiEdit","tool_input":{"file_path":"a.txt","edits":[{"old_string":"2","new_string":"2nd"},{"old_string":"three","new_string":"3"}]}}]
            """);

        outcome.Plan!.Changes.ShouldHaveSingleItem().Path.Value.ShouldBe("a.txt");
        outcome.Files.ShouldHaveSingleItem();
        repository.Read("a.txt").ShouldBe("1\n2nd\n3\n");
    }

    [Theory]
    [InlineData("search-replace", "src/a.txt\n```\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE\n```\n", "one\r\n2\r\nthree\r\n")]
    [InlineData("tools", """{"tool_name":"replace_in_file","cwd":"<root>/src","hook_event_name":"PreToolUse","tool_input":{"path":"a.txt","diff":"------- SEARCH\n two\n=======\n2\n+++++++ REPLACE"}}""", "one\r\n2\r\nthree")]
    [InlineData("workspace-edit", """{"changes":{"file://<root>/src/a.txt":[{"range":{"start":{"line":1,"character":0},"end":{"line":1,"character":3}},"newText":"2"}]}}""", "one\r\n2\r\nthree")]
    [InlineData("sarif", """{"runs":[{"results":[{"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"src/a.txt"},"replacements":[{"deletedRegion":{"startLine":2},"insertedContent":{"text":"2"}}]}]}]}]}]}""", "one\r\n2\r\nthree")]
    [InlineData("ast-grep", """[{"text":"two","range":{"byteOffset":{"start":5,"end":8}},"file":"src/a.txt","replacement":"2"}]""", "one\r\n2\r\nthree")]
    [InlineData("comby", """{"uri":"src/a.txt","rewritten_source":"one\r\n2\r\nthree","in_place_substitutions":[{"range":{"start":{"offset":5},"end":{"offset":6}},"replacement_content":"2"}]}""", "one\r\n2\r\nthree")]
    [InlineData("comby", """{"uri":"src/a.txt","diff":"--- src/a.txt\n+++ src/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n\\ No newline at end of file"}""", "one\r\n2\r\nthree")]
    [InlineData("apply-patch", """{"type":"update_file","path":"src/a.txt","diff":"@@ one\n-two\n+2"}""", "one\r\n2\r\nthree")]
    [InlineData("transcript", """
        {"type":"assistant","uuid":"u","message":{"content":[{"type":"tool_use","id":"t","name":"Edit","input":{"file_path":"<root>/src/a.txt","old_string":"two","new_string":"2"}}]}}
        {"type":"user","uuid":"v","message":{"content":[{"type":"tool_result","tool_use_id":"t"}]}}
        """, "one\r\n2\r\nthree")]
    public void A_batch_is_detected_applied_and_undone_with_modes_and_line_ends_kept(string format, string batch, string result)
    {
        using var repository = TestRepository.With(Files, test: format);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(repository.At("src/a.txt"), (UnixFileMode)0b111_101_000);
        }

        var before = repository.State();
        batch = batch.Replace("<root>", repository.Root, StringComparison.Ordinal);
        repository.Batch(batch).Format.ShouldBe(format);

        repository.Applied(batch, new ApplyOptions { Durability = Durability.None });

        repository.Read("src/a.txt").ShouldBe(result);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(repository.At("src/a.txt")).ShouldBe((UnixFileMode)0b111_101_000);
        }

        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new RollbackRequest()).Error.ShouldBeNull();
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_notebook_that_was_edited_is_one_that_git_shows_as_the_cell_alone()
    {
        using var repository = TestRepository.With(Files);

        repository.Applied("""{"name":"NotebookEdit","input":{"notebook_path":"n.ipynb","cell_id":"cell-0","new_source":"a\nb"}}""");

        repository.Git("diff", "--numstat").ShouldBe("4\t1\tn.ipynb");
    }

    [Fact]
    public void One_edit_that_does_not_fit_leaves_every_file_as_it_was()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();

        var outcome = repository.Apply("new.txt\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n\nsrc/a.txt\n<<<<<<< SEARCH\nabsent\n=======\nx\n>>>>>>> REPLACE\n");

        (outcome.State, outcome.Error!.Code, outcome.Error.Path).ShouldBe((WriteState.Refused, "text-not-found", "src/a.txt"));
        repository.State().ShouldBe(before);
    }
}
