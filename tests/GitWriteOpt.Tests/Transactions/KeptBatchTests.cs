using GitWriteOpt.Retention;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>A batch that cannot be planned is kept as it came in, and nothing that an agent produced is lost.</summary>
public sealed class KeptBatchTests
{
    private static readonly ApplyOptions Keeping = new() { KeepRefused = true };

    [Theory]
    [InlineData("""{"op":"edit","path":"a.txt","edits":[{"old":"two","new":"TWO"}]}""", "text-not-found")]
    [InlineData("""{"op":"write","path":"a.txt","content":"TWO\n","expect":"absent"}""", "expectation-failed")]
    [InlineData("--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-two\n+TWO\n", "patch-does-not-apply")]
    [InlineData("*** Begin Patch\n*** Update File: a.txt\n@@\n-two\n+TWO\n*** End Patch\n", "context-not-found")]
    public void It_is_resumed_once_it_fits(string input, string code)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        using var writer = Writer.Open(repository.Root);

        var refused = writer.Apply(repository.Batch(input), Keeping);

        (refused.State, refused.Error!.Code).ShouldBe((WriteState.Refused, code), refused.Error.Message);
        var id = refused.Error.Suggestion!.Split(' ')[^1];
        refused.Ref.ShouldBe("refs/writeopt/kept/" + id);
        repository.Read("a.txt").ShouldBe("one\n");
        repository.Git("show", $"{refused.Ref}:{repository.Git("ls-tree", "--name-only", refused.Ref!)}").ShouldBe(input.TrimEnd('\n'));
        writer.Resume(id, Keeping).Error!.Code.ShouldBe(code, "it is there still");
        writer.Status().Kept.ShouldBe([id]);

        if (code == "expectation-failed")
        {
            File.Delete(repository.At("a.txt"));
        }
        else
        {
            repository.Write("a.txt", "two\n");
        }

        writer.Resume(id, new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("TWO\n");
        writer.Status().Kept.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_is_kept_once_and_the_newest_twenty_in_all_but_those_that_could_be_planned_stay()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        using var writer = Writer.Open(repository.Root);
        var planned = writer.Apply(repository.Batch("""{"op":"write","path":"a.json","content":"]"}"""), Keeping).Ref!;
        List<string> refs = [.. Enumerable.Range(0, 22).Select(i => writer.Apply(repository.Batch(Edit($"{i}")), Keeping).Ref!)];

        writer.Apply(repository.Batch(Edit("21")), Keeping).Ref.ShouldBe(refs[^1]);

        writer.Status().Kept.ShouldBe([.. refs.Skip(2).Prepend(planned).Select(r => r.Split('/')[^1])]);
    }

    [Fact]
    public void A_dry_run_and_a_batch_that_was_made_in_code_keep_nothing()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        using var writer = Writer.Open(repository.Root);
        writer.Apply(repository.Batch(Edit("x")), Keeping with { DryRun = true }).Ref.ShouldBeNull();
        writer.Apply(repository.Batch(Edit("x")) with { Sources = [] }, Keeping).Ref.ShouldBeNull();
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
    }

    [Fact]
    public void One_from_standard_input_is_named_with_its_command_and_one_that_names_a_forgotten_path_goes_with_it()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var (exit, _, error) = Writeopt.Feed(repository, Edit("x"), "apply", "--message", "Try");
        (exit, error.Contains("the batch is kept: git writeopt apply --resume")).ShouldBe((1, true), error);
        repository.Git("log", "-1", "--format=%s", repository.Git("for-each-ref", "--format=%(refname)", "refs/writeopt/kept")).ShouldBe("Try");
        using var writer = Writer.Open(repository.Root);

        writer.Forget(new ForgetRequest { Paths = [RepoPath.Parse("other.txt")] }).State.ShouldBe(ForgetState.Unchanged);
        writer.Forget(new ForgetRequest { Paths = [RepoPath.Parse("a.txt")] }).Removed.Count.ShouldBe(1);
        writer.Status().Kept.ShouldBeEmpty();
    }

    private static string Edit(string old) => $$"""{"op":"edit","path":"a.txt","edits":[{"old":"missing {{old}}","new":"y"}]}""";
}
