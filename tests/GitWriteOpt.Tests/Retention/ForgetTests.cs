using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Retention;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Retention;

public sealed class ForgetTests
{
    private const string Secret = "a very secret token\n";
    private const string WithSecret = """
        {"operations":[{"op":"write","path":"config/secret.txt","content":"a very secret token\n"},
        {"op":"write","path":"plain.txt","content":"plain\n"}]}
        """;

    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void A_forgotten_path_is_gone_after_gits_gc_and_the_rest_can_be_rolled_back(string format)
    {
        using var repository = GcTests.Repository(format);
        var applied = repository.Applied(WithSecret);
        var blob = repository.Git("rev-parse", applied.Ref + ":config/secret.txt");
        var plan = Forget(repository, "config/secret.txt", dryRun: true);
        var outcome = Forget(repository, "config/secret.txt");
        (outcome.State, plan.State).ShouldBe((ForgetState.Done, ForgetState.Planned));
        outcome.Rewritten.ShouldBe([applied.Ref!]);
        outcome.Rewritten.ShouldBe(plan.Rewritten);
        outcome.Blobs.ShouldBe([blob]);
        outcome.Remaining.Select(r => r.Code).ShouldBe(["worktree", "prune", "rotate"]);
        repository.Read("config/secret.txt").ShouldBe(Secret, "files are the user's");

        File.Delete(repository.At("config/secret.txt"));
        repository.Git("gc", "-q", "--prune=now");
        TestRepository.RunAny(repository.Root, "git", ["cat-file", "-e", blob]).ExitCode.ShouldNotBe(0);
        using var writer = Writer.Open(repository.Root);
        writer.Find("@").Forgotten.ShouldBe(["config/secret.txt"]);
        writer.Find("@").Files.ShouldBe(1);
        repository.Git("log", "-1", "--format=%(trailers:key=Writeopt-Directory)", applied.Ref!).ShouldBeEmpty();
        var undone = writer.Rollback(new());
        undone.State.ShouldBe(WriteState.Applied, undone.Error?.Message);
        undone.Warnings.ShouldContain(w => w.Contains("config/secret.txt") && w.Contains("forgotten"));
        repository.Exists("plain.txt").ShouldBeFalse();
    }

    [Fact]
    public void A_directory_is_forgotten_with_all_below_it_from_transactions_folds_rescues_snapshots_and_kept_batches()
    {
        using var repository = GcTests.Repository();
        var applied = repository.Applied(WithSecret);
        repository.Applied("""{"op":"move","from":"config/secret.txt","to":"moved.txt"}""");
        var only = repository.Applied("""{"op":"edit","path":"moved.txt","edits":[{"old":"very ","new":""}]}""");
        repository.Git("update-ref", "refs/writeopt/kept/0000000000000001", applied.After!);
        var snapshot = Snapshot(repository, WithoutParent(repository));
        var newer = Snapshot(repository, snapshot);
        repository.Git("update-ref", "refs/writeopt/session/0000000000000002", newer);
        repository.Git("update-ref", "refs/writeopt/rescue/0000000000000003", snapshot);
        var secret = repository.Git("rev-parse", applied.After + ":config/secret.txt");
        GcTests.Gc(repository, new GcRequest { KeepCount = 0 }).Folded.ShouldBe(3);

        var outcome = Forget(repository, "config");
        outcome.Removed.ShouldContain("refs/writeopt/kept/0000000000000001");
        outcome.Removed.Count(r => r.StartsWith("refs/writeopt/folded:", StringComparison.Ordinal)).ShouldBe(2, "the move and the edit");
        outcome.Rewritten.ShouldBe(["refs/writeopt/rescue/0000000000000003", "refs/writeopt/session/0000000000000002",
            $"refs/writeopt/folded:{applied.Transaction}"]);
        outcome.Paths.ShouldBe(["config/secret.txt", "moved.txt"]);
        using var writer = Writer.Open(repository.Root);
        writer.Log(new LogQuery()).Select(t => t.Transaction).ShouldBe([applied.Transaction!]);
        repository.Git("ls-tree", "-r", "--name-only", "refs/writeopt/session/0000000000000002^").ShouldBe("f.txt");
        Reachable(repository).ShouldNotContain(secret);
        only.State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void A_transaction_is_forgotten_with_its_rollbacks_and_all_that_it_wrote_or_replaced()
    {
        using var repository = GcTests.Repository();
        repository.Applied("""{"op":"write","path":"a.txt","content":"password one\n"}""");
        var id = repository.Applied("""{"op":"write","path":"a.txt","content":"password two\n"}""").Transaction!;
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.Applied("""{"operations":[{"op":"write","path":"b.txt","content":"password two\n"},{"op":"write","path":"c.txt","content":"c\n"}]}""");
        var outcome = writer.Forget(new ForgetRequest { Transaction = id });
        (outcome.Removed.Count, outcome.Rewritten.Count).ShouldBe((3, 1), "with its rollback, and the one that wrote what it replaced");
        outcome.Paths.ShouldBe(["a.txt", "b.txt"]);
        outcome.Remaining.Single(r => r.Code == "worktree").Message.ShouldContain("a.txt, b.txt");
        foreach (var line in repository.Git("for-each-ref", "--format=%(objectname)", "refs/writeopt").Split('\n'))
        {
            repository.Git("log", "-p", line).ShouldNotContain("password");
        }

        writer.Log(new LogQuery()).ShouldHaveSingleItem().Files.ShouldBe(1);
        writer.Forget(new ForgetRequest { Paths = [RepoPath.Parse("nowhere")] }).State.ShouldBe(ForgetState.Unchanged);
        Should.Throw<UsageException>(() => writer.Forget(new ForgetRequest { Transaction = id }));
    }

    [Fact]
    public void What_the_user_still_holds_is_said_index_commits_stashes_reflogs_mirrors()
    {
        using var repository = GcTests.Repository();
        repository.Applied(WithSecret);
        repository.Git("add", "config/secret.txt");
        repository.Git("remote", "add", "backup", "/nowhere");
        repository.Git("config", "remote.backup.mirror", "true");
        Codes().ShouldBe(["worktree", "index", "remote", "prune", "rotate"]);
        repository.Applied("""{"op":"chmod","path":"config/secret.txt","executable":true}""");
        repository.Git("stash", "-q");
        Codes().ShouldBe(["refs", "reflog", "remote", "prune", "rotate"]);
        repository.Git("stash", "drop", "-q");

        string[] Codes() => [.. Forget(repository, "config", dryRun: true).Remaining.Select(r => r.Code)];
    }

    [Fact]
    public void A_journal_that_holds_it_is_never_touched_and_nothing_else_is_either()
    {
        using var repository = GcTests.Repository();
        var applied = repository.Applied(WithSecret);
        repository.Git("update-ref", "refs/writeopt/pending/0000000000000001", applied.After!);
        var refs = repository.Git("for-each-ref");
        Should.Throw<RefusedException>(() => Forget(repository, "config")).Error.Code.ShouldBe("pending-holds-it");
        repository.Git("for-each-ref").ShouldBe(refs);
        repository.Git("update-ref", "-d", "refs/writeopt/pending/0000000000000001");
    }

    [Fact]
    public void Reflogs_of_our_refs_go_too_and_the_empty_blob_is_nobodys_secret()
    {
        using var repository = GcTests.Repository();
        repository.Git("config", "core.logAllRefUpdates", "always");
        var applied = repository.Applied("""{"operations":[{"op":"write","path":"s.txt","content":"secret\n"},{"op":"write","path":"e.txt","content":""}]}""");
        var empty = repository.Applied("""{"op":"write","path":"other.txt","content":""}""");
        repository.Git("update-ref", applied.Ref!, empty.After!);
        repository.Git("update-ref", applied.Ref!, applied.After!);
        File.Exists(repository.At(".git/logs/" + applied.Ref)).ShouldBeTrue();
        using var writer = Writer.Open(repository.Root);
        writer.Forget(new ForgetRequest { Transaction = applied.Transaction }).Removed.ShouldBe([applied.Ref!]);
        File.Exists(repository.At(".git/logs/" + applied.Ref)).ShouldBeFalse();
        GcTests.Refs(repository, "tx").ShouldBe([empty.Ref!]);
    }

    [Fact]
    public void Where_git_writes_our_refs_it_keeps_no_reflogs_and_all_works_alike()
    {
        using var repository = GcTests.Repository();
        repository.Git("config", "core.logAllRefUpdates", "always");
        PastTransactions.Make(repository, PastTransactions.Minutes(5));
        using var writer = Writer.Open(repository.Root, null, portable: false, null, l => l with { RefsAreFiles = false });
        writer.Apply(repository.Batch(WithSecret), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        writer.CollectGarbage(new GcRequest { KeepCount = 2 }).Folded.ShouldBe(4);
        writer.Forget(new ForgetRequest { Paths = [RepoPath.Parse("config")] }).Rewritten.ShouldHaveSingleItem();
        Directory.Exists(repository.At(".git/logs/refs/writeopt")).ShouldBeFalse();
        writer.Log(new LogQuery()).Count().ShouldBe(6);
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void Recovery_after_a_restart_does_not_undo_what_was_forgotten()
    {
        using var repository = GcTests.Repository();
        var applied = repository.Applied(WithSecret);
        File.Exists(repository.At(".git/writeopt/open/" + applied.Transaction)).ShouldBeTrue("the witness outlives its transaction");
        using var writer = Writer.Open(repository.Root);
        writer.Forget(new ForgetRequest { Transaction = applied.Transaction });
        Directory.GetFiles(repository.At(".git/writeopt/open")).ShouldBeEmpty();
        writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Clean);
        repository.Read("config/secret.txt").ShouldBe(Secret);
    }

    private static ForgetOutcome Forget(TestRepository repository, string path, bool dryRun = false)
    {
        using var writer = Writer.Open(repository.Root);
        return writer.Forget(new ForgetRequest { Paths = [RepoPath.Parse(path)], DryRun = dryRun });
    }

    private static string WithoutParent(TestRepository repository) => repository.Git("rev-parse", "HEAD");

    // As a session's checkpoint: the whole worktree, on the one before; the first on a commit of the user's.
    private static string Snapshot(TestRepository repository, string parent)
    {
        repository.Write("config/secret.txt", Secret);
        repository.Git("add", "-f", "f.txt", "config/secret.txt");
        var tree = repository.Git("write-tree");
        repository.Git("reset", "-q");
        File.Delete(repository.At("config/secret.txt"));
        Directory.Delete(repository.At("config"));
        return repository.Git("commit-tree", tree, "-p", parent, "-m", $"Snapshot on {parent}\n\nWriteopt-Id: 0000000000000002");
    }

    private static string[] Reachable(TestRepository repository) =>
        repository.Git("rev-list", "--objects", "--no-object-names", "--all").Split('\n');
}
