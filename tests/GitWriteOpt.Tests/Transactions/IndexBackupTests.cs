using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

public sealed class IndexBackupTests
{
    private const string Overwrite = """{"operations":[{"op":"write","path":"a.txt","content":"from the batch\n"}]}""";

    [Fact]
    public void What_was_staged_and_is_nowhere_else_stays_reachable_when_staging_replaces_it_I2()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "committed\n" });
        repository.Write("a.txt", "staged\n");
        repository.Git("add", "a.txt");
        repository.Write("a.txt", "edited again\n");
        var staged = repository.Git("rev-parse", ":a.txt");

        repository.Applied(Overwrite, new ApplyOptions { Stage = true });
        repository.Git("rev-list", "--objects", "--all").ShouldContain(staged);
        repository.Git("gc", "-q", "--prune=now");
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        }

        repository.Git("show", ":a.txt").ShouldBe("staged");
        repository.Read("a.txt").ShouldBe("edited again\n");
    }

    [Fact]
    public void Where_the_before_tree_holds_what_was_staged_the_backup_has_no_parent()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "committed\n" });
        var outcome = repository.Applied(Overwrite, new ApplyOptions { Stage = true });
        repository.Git("rev-list", "--parents", "-n", "1", outcome.Before!).ShouldBe(outcome.Before);
    }
}
