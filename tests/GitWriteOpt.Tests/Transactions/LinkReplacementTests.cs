using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>A link where a directory is, was or shall be: never followed, and no reason to refuse what is safe.</summary>
public sealed class LinkReplacementTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["lib/a.txt"] = "a\n",
        ["docs/deep/one.txt"] = "one\n",
        ["docs/two.txt"] = "two\n",
    };

    [Fact]
    public void A_directory_becomes_a_link_and_a_link_a_directory_and_both_come_back_and_forth()
    {
        using var repository = TestRepository.With(Files);
        var directory = repository.State();
        repository.Applied("""
            {"operations":[{"op":"delete","path":"docs/deep/one.txt"},{"op":"delete","path":"docs/two.txt"},
            {"op":"symlink","path":"docs","target":"lib","expect":"absent"}]}
            """);
        var link = repository.State();
        new FileInfo(repository.At("docs")).LinkTarget.ShouldBe("lib");

        repository.Applied("""
            {"operations":[{"op":"delete","path":"docs"},{"op":"write","path":"docs/a.txt","content":"new\n","expect":"absent"}]}
            """);
        var again = repository.State();
        repository.Read("docs/a.txt").ShouldBe("new\n");
        repository.Read("lib/a.txt").ShouldBe("a\n");

        using var writer = Writer.Open(repository.Root);
        Succeeds(writer.Rollback(new()));
        repository.State().ShouldBe(link);
        Succeeds(writer.Rollback(new()));
        repository.State().ShouldBe(directory);
        Succeeds(writer.Redo(null, Durability.Full));
        repository.State().ShouldBe(link);
        Succeeds(writer.Redo(null, Durability.Full));
        repository.State().ShouldBe(again);
    }

    [Fact]
    public void A_link_that_stays_is_not_written_through_I5()
    {
        using var repository = TestRepository.With(Files);
        File.CreateSymbolicLink(repository.At("way"), "lib");
        var before = repository.State();
        var outcome = repository.Apply("""{"operations":[{"op":"write","path":"way/a.txt","content":"through\n"}]}""");
        outcome.Error!.Code.ShouldBe("beyond-symlink");
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_directory_with_a_file_left_in_it_is_not_absent()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        var outcome = repository.Apply("""
            {"operations":[{"op":"delete","path":"docs/deep/one.txt"},
            {"op":"write","path":"docs","content":"x","expect":"absent"}]}
            """);
        outcome.Error!.Code.ShouldBe("expectation-failed");
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_diff_that_makes_a_link_whose_target_is_not_UTF8_is_refused_not_changed()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        var diff = Encoding.Latin1.GetBytes("diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n"
            + "@@ -0,0 +1 @@\n+caf\u00e9\n\\ No newline at end of file\n");
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Apply(
            BatchReader.Read(diff, BatchFormat.Diff, new BatchContext(repository.Root, repository.Root)), new ApplyOptions());
        (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.Refused, "link-not-utf8"));
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void What_fails_before_the_journal_is_told_and_leaves_no_temp_behind()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        repository.Git("update-ref", "refs/writeopt/pending", "HEAD");
        var outcome = repository.Apply("""{"operations":[{"op":"write","path":"lib/a.txt","content":"b\n"}]}""");
        outcome.State.ShouldBe(WriteState.Refused);
        outcome.Error!.Message.ShouldContain("refs/writeopt/pending");
        repository.State().ShouldBe(before);
        Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/stage")).ShouldBeEmpty();
    }

    private static void Succeeds(WriteOutcome outcome)
    {
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
    }
}
