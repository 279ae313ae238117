using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns;

public sealed class LearningTests
{
    [Fact]
    public void A_file_that_always_went_along_is_suggested_with_the_commits_that_say_so()
    {
        using var repository = Coupled();
        using var learning = Learning.Open(repository.Root);
        var first = learning.Suggest(["a.c"])[0];
        (first.Path, first.Support).ShouldBe(("a.h", 6));
        first.Commits[0].ShouldBe(repository.Git("rev-parse", "--short=12", "HEAD"));
        first.Reason.ShouldContain(first.Commits[0]);
    }

    [Fact]
    public void What_was_asked_about_is_no_answer_and_an_unknown_path_no_error()
    {
        using var repository = Coupled();
        using var learning = Learning.Open(repository.Root);
        learning.Suggest(["a.c", "a.h"]).ShouldNotContain(s => s.Path == "a.c" || s.Path == "a.h");
        learning.Suggest(["no/such.file"]).ShouldBeEmpty();
        learning.Suggest([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_is_gone_is_not_suggested()
    {
        using var repository = Coupled();
        repository.Git("rm", "-q", "a.h");
        repository.Commit("gone");
        using var learning = Learning.Open(repository.Root);
        learning.Suggest(["a.c"]).ShouldNotContain(s => s.Path == "a.h");
    }

    [Fact]
    public void A_renamed_file_is_suggested_by_its_new_name()
    {
        using var repository = Coupled();
        repository.Git("mv", "a.h", "api.h");
        repository.Commit("rename");
        using var learning = Learning.Open(repository.Root);
        learning.Suggest(["a.c"])[0].Path.ShouldBe("api.h");
    }

    [Fact]
    public void Learning_again_takes_only_what_is_new()
    {
        using var repository = Coupled();
        using var learning = Learning.Open(repository.Root);
        learning.Learn().ShouldSatisfyAllConditions(o => o.Afresh.ShouldBe("first time"), o => o.Commits.ShouldBe(7));
        Change(repository, 100, "a.c", "b.c");
        learning.Learn().ShouldSatisfyAllConditions(
            o => o.Afresh.ShouldBeNull(), o => o.New.ShouldBe(1), o => o.Commits.ShouldBe(8));
        learning.Learn().New.ShouldBe(0);
        learning.Learn(full: true).ShouldSatisfyAllConditions(o => o.New.ShouldBe(8), o => o.Commits.ShouldBe(8));
    }

    [Fact]
    public void A_rewritten_history_is_learned_anew_and_said()
    {
        using var repository = Coupled();
        using var learning = Learning.Open(repository.Root);
        learning.Learn();
        repository.Git("reset", "-q", "--hard", "HEAD~2");
        Change(repository, 100, "b.c");
        var outcome = learning.Learn();
        outcome.Afresh.ShouldNotBeNull().ShouldContain("rewritten");
        outcome.Commits.ShouldBe(6);
    }

    [Theory]
    [InlineData("state.json", "{")]
    [InlineData("commits/000000.jsonl", "{\"commit\":3}\n")]
    public void What_is_damaged_is_rebuilt_with_a_warning(string path, string content)
    {
        using var repository = Coupled();
        using (var learning = Learning.Open(repository.Root))
        {
            learning.Learn();
        }

        repository.Write("damage", content);
        var blob = repository.Git("hash-object", "-w", "damage");
        File.Delete(repository.At("damage"));
        repository.Git("read-tree", "--index-output=" + repository.Outside("index"), "refs/writeopt/patterns");
        var index = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = repository.Outside("index") };
        TestRepository.RunAny(repository.Root, "git", ["update-index", "--cacheinfo", $"100644,{blob},{path}"], null, index)
            .ExitCode.ShouldBe(0);
        var tree = TestRepository.RunAny(repository.Root, "git", ["write-tree"], null, index).Output.Trim();
        repository.Git("update-ref", "refs/writeopt/patterns", repository.Git("commit-tree", "-m", "damaged", tree));
        Change(repository, 100, "a.c");

        using var again = Learning.Open(repository.Root);
        again.Suggest(["a.c"])[0].Path.ShouldBe("a.h");
        again.Warnings.ShouldNotBeEmpty();
        var outcome = again.Learn(full: path != "state.json");
        outcome.Commits.ShouldBe(8);
        again.Learn().Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Patterns_of_a_newer_version_are_left_alone()
    {
        using var repository = Coupled();
        repository.Write("state.json", "{\"format\":99,\"tip\":\"x\",\"chances\":[],\"confidences\":[]}");
        repository.Git("add", "state.json");
        var commit = repository.Git("commit-tree", "-m", "newer", repository.Git("write-tree"));
        repository.Git("update-ref", "refs/writeopt/patterns", commit);
        using var learning = Learning.Open(repository.Root);
        Should.Throw<RefusedException>(() => learning.Learn()).Error.Code.ShouldBe("newer-patterns");
        repository.Git("rev-parse", "refs/writeopt/patterns").ShouldBe(commit);
    }

    [Theory]
    [InlineData("--bare")]
    [InlineData("--depth=50 --no-local")]
    public void Clones_of_all_kinds_answer_as_the_original_does(string arguments)
    {
        using var repository = Coupled();
        repository.Git(["clone", "-q", .. arguments.Split(' '), "file://" + repository.Root, repository.Outside("clone")]);
        using var learning = Learning.Open(repository.Outside("clone"));
        learning.Suggest(["a.c"])[0].Path.ShouldBe("a.h");
        if (arguments == "--bare")
        {
            TestRepository.Run(repository.Outside("clone"), "git", ["for-each-ref", "refs/writeopt"]).ShouldBeEmpty();
        }

        learning.Learn().Commits.ShouldBe(7);
    }

    [Fact]
    public void New_commits_count_from_the_next_question_on()
    {
        using var repository = Coupled();
        using var learning = Learning.Open(repository.Root);
        learning.Suggest(["b.c"]).ShouldNotContain(s => s.Path == "new.c" && s.Support > 0);
        for (var i = 0; i < 4; i++)
        {
            Change(repository, 200 + i, "b.c", "new.c");
        }

        learning.Suggest(["b.c"])[0].ShouldSatisfyAllConditions(s => s.Path.ShouldBe("new.c"), s => s.Support.ShouldBe(4));
    }

    [Fact]
    public void Transactions_that_are_not_committed_yet_are_learned_from_and_undone_ones_are_not()
    {
        using var repository = Coupled();
        var undone = repository.Applied("""{"operations":[{"op":"write","path":"b.c","content":"x"},{"op":"write","path":"y.c","content":"y"}]}""");
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Rollback(new GitWriteOpt.Transactions.RollbackRequest { Transaction = undone.Transaction }).Error.ShouldBeNull();
        }

        repository.Applied("""{"operations":[{"op":"write","path":"b.c","content":"z"}]}""");
        using var learning = Learning.Open(repository.Root);
        learning.Learn().Transactions.ShouldBe(1);
        repository.Git("show", "refs/writeopt/patterns:transactions.jsonl").ShouldContain("b.c");
    }

    [Fact]
    public void What_was_declined_is_not_suggested_again_beside_the_same_files()
    {
        using var repository = Coupled();
        using (var learning = Learning.Open(repository.Root))
        {
            learning.Decline("a.h", ["a.c"]);
        }

        using var later = Learning.Open(repository.Root);
        later.Suggest(["a.c"]).ShouldNotContain(s => s.Path == "a.h");
    }

    [Fact]
    public void A_repository_without_commits_teaches_nothing()
    {
        using var repository = TestRepository.Init();
        using var learning = Learning.Open(repository.Root);
        learning.Learn().Commit.ShouldBeNull();
        learning.Suggest(["a"]).ShouldBeEmpty();
        learning.Evaluate().Tested.ShouldBe(0);
        repository.Write("a", "a\n");
        repository.Commit("so that there is something to check");
    }

    [Fact]
    public void An_evaluation_finds_what_always_goes_together_and_writes_nothing()
    {
        using var repository = Coupled();
        for (var i = 0; i < 30; i++)
        {
            Change(repository, 300 + i, "a.c", "a.h");
        }

        using var learning = Learning.Open(repository.Root);
        var evaluation = learning.Evaluate();
        evaluation.Trained.ShouldBe(29);
        evaluation.Replays.Select(r => r.Online).ShouldBe([false, true]);
        evaluation.Replays[0].Methods[0].ShouldSatisfyAllConditions(
            m => m.Method.ShouldBe("learned"), m => m.Recall1.ShouldBe(1), m => m.MeanReciprocalRank.ShouldBe(1));
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
    }

    // a.c and a.h change together six times; b.c alone once.
    private static TestRepository Coupled([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.Init(test: test);
        Change(repository, 0, "b.c");
        for (var i = 1; i <= 6; i++)
        {
            Change(repository, i, "a.c", "a.h");
        }

        return repository;
    }

    private static void Change(TestRepository repository, int number, params string[] paths)
    {
        foreach (var path in paths)
        {
            repository.Write(path, $"{path}\nsome lines\nthat stay\n{number}\n");
        }

        repository.Commit($"change {number}");
    }
}
