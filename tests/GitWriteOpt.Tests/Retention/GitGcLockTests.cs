using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Retention;

public sealed class GitGcLockTests
{
    [Fact]
    public void While_transactions_may_move_git_itself_starts_no_gc()
    {
        using var repository = Repository();
        using (GitGcLock.Acquire(Discovery.Find(repository.Root), TimeSpan.Zero, "token").ShouldNotBeNull())
        {
            var (exitCode, _, error) = TestRepository.RunAny(repository.Root, "git", ["gc", "--prune=now"]);

            exitCode.ShouldNotBe(0);
            error.ShouldContain("already running");
        }

        repository.Git("gc", "-q", "--prune=now");
    }

    [Fact]
    public void A_gc_of_ours_does_not_run_beside_one_of_gits()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        writer.LockLimit = TimeSpan.FromSeconds(1);
        using var gits = GitGcLock.Acquire(writer.Layout, TimeSpan.Zero, "token");

        var refused = Should.Throw<RefusedException>(() => writer.CollectGarbage(new GcRequest()));

        refused.Error.Code.ShouldBe("git-gc-running");
        refused.Error.Path.ShouldEndWith("gc.pid");
        writer.CollectGarbage(new GcRequest { Auto = true }).State.ShouldBe(GcState.Busy);
    }

    [Theory]
    [InlineData("999999999 ")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_a_gc_that_died_left_is_taken_over_and_removed(string content)
    {
        using var repository = Repository();
        File.WriteAllText(repository.At(".git/gc.pid"), content.EndsWith(' ')
            ? content + File.ReadAllText("/proc/sys/kernel/hostname").Trim() : content);
        using var writer = Writer.Open(repository.Root);

        writer.CollectGarbage(new GcRequest()).State.ShouldBe(GcState.Unchanged);

        File.Exists(repository.At(".git/gc.pid")).ShouldBeFalse();
        Directory.GetFiles(repository.At(".git/writeopt"), "tmp_*").ShouldBeEmpty();
    }

    [Fact]
    public void What_a_kill_of_ours_left_beside_it_goes_with_the_next_recovery()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var token = File.ReadAllText(repository.At(".git/writeopt/worktree")).Trim();
        var left = repository.At($".git/writeopt/tmp_pid_writeopt_{token}_1234");
        File.WriteAllText(left, "1234");

        writer.Recover(new RecoverRequest());

        File.Exists(left).ShouldBeFalse();
    }

    private static TestRepository Repository()
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        repository.Applied("""{"op":"write","path":"a.txt","content":"b\n"}""");
        return repository;
    }
}
