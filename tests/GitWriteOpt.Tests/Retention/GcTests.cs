using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Retention;

public sealed class GcTests
{
    [Fact]
    public void A_thousand_young_transactions_keep_few_refs_and_stay_undoable()
    {
        using var repository = Repository();
        var ids = PastTransactions.Make(repository, PastTransactions.Minutes(1000));
        var outcome = Gc(repository, new GcRequest());
        (outcome.State, outcome.Folded, outcome.Kept, outcome.Expired.Count).ShouldBe((GcState.Done, 800, 1000, 0));
        Refs(repository, "tx").Length.ShouldBe(200);
        Refs(repository, "folded").ShouldHaveSingleItem();

        using var writer = Writer.Open(repository.Root);
        writer.Log(new LogQuery()).Select(t => t.Transaction).ShouldBe(ids.Reverse().Select(i => i.ToString()));
        writer.Log(new LogQuery(AllWorktrees: true)).Count().ShouldBe(1000);
        writer.Status().Transactions.ShouldBe(1000);
        var folded = writer.Find(ids[10].ToString());
        (folded.Message, folded.Standing, folded.Ref).ShouldBe(("number 11", true, RefNames.Folded));
        writer.Files(folded).Single().Path.ShouldBe("past.txt");
        Should.Throw<GitWriteOpt.Errors.UsageException>(() => writer.Find("0")).Error.Code.ShouldBe("ambiguous-id");
        Gc(repository, new GcRequest()).State.ShouldBe(GcState.Unchanged);
    }

    [Fact]
    public void Gits_own_log_and_the_users_refs_are_as_they_were()
    {
        using var repository = Repository();
        for (var i = 0; i < 20; i++)
        {
            repository.Commit($"commit {i}");
        }

        var log = repository.Git("log", "--all", "-n", "20");
        var head = repository.Git("for-each-ref", "refs/heads");
        PastTransactions.Make(repository, PastTransactions.Minutes(600));
        Gc(repository, new GcRequest { KeepCount = 5 });
        repository.Git("log", "--all", "-n", "20").ShouldBe(log);
        repository.Git("for-each-ref", "refs/heads").ShouldBe(head);
        repository.Git("log", "-1", "--format=%cd", "--date=unix", RefNames.Folded).ShouldBe("1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void A_folded_transaction_is_undone_redone_and_restored(string format)
    {
        using var repository = Repository(format);
        var ids = PastTransactions.Make(repository, PastTransactions.Minutes(6));
        var other = repository.Applied("""{"op":"write","path":"other.txt","content":"other\n"}""").Transaction!;
        Gc(repository, new GcRequest { KeepCount = 0 }).Folded.ShouldBe(7, "the newest, too, and its witness is settled");
        Refs(repository, "tx").ShouldBeEmpty();

        using var writer = Writer.Open(repository.Root);
        writer.Find("@").Transaction.ShouldBe(other);
        writer.Find("@~1").Transaction.ShouldBe(ids[5].ToString());
        var undone = writer.Rollback(new() { Transaction = ids[5].ToString() });
        undone.State.ShouldBe(WriteState.Applied, undone.Error?.Message);
        repository.Read("past.txt").ShouldBe("5\n");
        writer.Find(ids[5].ToString()).Standing.ShouldBeFalse("a rollback with a ref undid a folded one");
        Gc(repository, new GcRequest { KeepCount = 0 }).Folded.ShouldBe(1);
        writer.Find(ids[5].ToString()).Standing.ShouldBeFalse("now both are folded");
        writer.Redo(null, Durability.None).State.ShouldBe(WriteState.Applied);
        repository.Read("past.txt").ShouldBe("6\n");
        writer.Restore(new() { Transaction = ids[1].ToString() }).State.ShouldBe(WriteState.Applied);
        repository.Read("past.txt").ShouldBe("2\n");
    }

    [Fact]
    public void What_is_old_and_not_among_the_newest_goes_and_gits_gc_frees_its_space()
    {
        using var repository = Repository();
        var now = DateTimeOffset.UtcNow;
        var ids = PastTransactions.Make(repository,
            [.. Enumerable.Range(0, 40).Select(i => now.AddDays(-40 + i).AddHours(1))], pad: 20_000);
        var before = Size(repository);
        var outcome = Gc(repository, new GcRequest { KeepDays = 10, KeepCount = 5 });
        outcome.Expired.ShouldBe(ids.Take(30).Select(i => i.ToString()));
        (outcome.Kept, outcome.Folded).ShouldBe((10, 5));
        repository.Git("gc", "-q", "--prune=now");
        Size(repository).ShouldBeLessThan(before / 2);

        using var writer = Writer.Open(repository.Root);
        Should.Throw<GitWriteOpt.Errors.UsageException>(() => writer.Find(ids[3].ToString()));
        writer.Rollback(new() { To = ids[34].ToString() }).State.ShouldBe(WriteState.Applied);
        repository.Read("past.txt").ShouldStartWith("35\n");
        Gc(repository, new GcRequest { KeepDays = 2, KeepCount = 1 }).Expired.Count.ShouldBe(4, "folded ones go, too");
    }

    [Fact]
    public void A_transaction_stays_as_long_as_its_rollback_and_both_go_together()
    {
        using var repository = Repository();
        var old = PastTransactions.Make(repository, [DateTimeOffset.UtcNow.AddDays(-90), DateTimeOffset.UtcNow.AddDays(-80)]);
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Rollback(new() { Transaction = old[1].ToString() }).State.ShouldBe(WriteState.Applied);
        }

        repository.Applied("""{"op":"write","path":"new.txt","content":"new\n"}""");
        Gc(repository, new GcRequest { KeepCount = 1 }).Expired.ShouldBe([old[0].ToString()], "the rollback is young");
        Gc(repository, new GcRequest { KeepCount = 1, KeepDays = 0 }).Expired.Count.ShouldBe(2, "the two go together");
        Refs(repository, "tx").Length.ShouldBe(1);
    }

    [Fact]
    public void The_byte_budget_lets_the_oldest_go_and_never_the_newest_that_stands()
    {
        using var repository = Repository();
        var ids = PastTransactions.Make(repository, PastTransactions.Minutes(10), pad: 50_000);
        var dry = Gc(repository, new GcRequest { MaxBytes = 300_000, DryRun = true });
        (dry.State, dry.OverBudget.Count).ShouldBe((GcState.Planned, Refs(repository, "tx").Length - dry.Kept));
        var outcome = Gc(repository, new GcRequest { MaxBytes = 300_000 });
        outcome.OverBudget.ShouldBe(dry.OverBudget);
        outcome.OverBudget[0].ShouldBe(ids[0].ToString());
        outcome.Kept.ShouldBeInRange(2, 8);
        outcome.HeldBytes!.Value.ShouldBeLessThanOrEqualTo(300_000);
        Gc(repository, new GcRequest { MaxBytes = 0 }).Kept.ShouldBe(1);
        Refs(repository, "tx").Single().ShouldEndWith(ids[9].ToString());
    }

    [Fact]
    public void What_the_users_own_commits_hold_costs_nothing()
    {
        using var repository = Repository();
        PastTransactions.Make(repository, PastTransactions.Minutes(1), pad: 200_000);
        repository.Applied("""{"op":"write","path":"small.txt","content":"small\n"}""");
        Gc(repository, new GcRequest { MaxBytes = 400_000, DryRun = true }).OverBudget.Count.ShouldBe(1);
        repository.Commit("the user takes it over");
        var outcome = Gc(repository, new GcRequest { MaxBytes = 400_000 });
        outcome.OverBudget.ShouldBeEmpty();
        outcome.HeldBytes!.Value.ShouldBeInRange(200_000, 400_000);
    }

    [Fact]
    public void Rescues_kept_batches_and_journals_never_go_by_themselves()
    {
        using var repository = Repository();
        var applied = repository.Applied("""{"op":"write","path":"a.txt","content":"a\n"}""");
        foreach (var family in new[] { "rescue", "kept", "snap", "session" })
        {
            repository.Git("update-ref", $"refs/writeopt/{family}/0000000000000001", applied.After!);
        }

        Gc(repository, new GcRequest { KeepCount = 0, KeepDays = 0, MaxBytes = 0 });
        Refs(repository, "").Length.ShouldBe(5);
    }

    [Fact]
    public void A_linked_worktrees_newest_count_for_themselves()
    {
        using var repository = Repository();
        repository.Git("worktree", "add", "-q", "../linked", "-b", "side");
        using var linked = repository.Beside("linked");
        var there = linked.Applied("""{"op":"write","path":"there.txt","content":"there\n"}""", new() { Durability = Durability.None });
        PastTransactions.Make(repository, PastTransactions.Minutes(4));
        var outcome = Gc(repository, new GcRequest { KeepCount = 2 });
        (outcome.Folded, outcome.Kept).ShouldBe((2, 5));
        Refs(repository, "tx").ShouldContain(there.Ref!);
        using var writer = Writer.Open(linked.Root);
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        linked.Exists("there.txt").ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_was_set_back_after_a_gc_makes_no_older_ids()
    {
        using var repository = Repository();
        var ids = PastTransactions.Make(repository, [DateTimeOffset.UtcNow.AddHours(3)]);
        Gc(repository, new GcRequest());
        string.CompareOrdinal(repository.Applied("""{"op":"write","path":"a.txt","content":"a\n"}""").Transaction, ids[0].ToString())
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Configuration_decides_and_a_bad_value_is_named()
    {
        using var repository = Repository();
        PastTransactions.Make(repository, PastTransactions.Minutes(5));
        repository.Git("config", "writeopt.gc.keepCount", "3");
        Gc(repository, new GcRequest()).Folded.ShouldBe(2);
        repository.Git("config", "writeopt.gc.maxBytes", "1.5g");
        Should.Throw<GitWriteOpt.Errors.UsageException>(() => Gc(repository, new GcRequest()))
            .Error.Message.ShouldContain("writeopt.gc.maxBytes");
    }

    internal static TestRepository Repository(string format = "", [System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "f\n" }, format, test);

    internal static GcOutcome Gc(TestRepository repository, GcRequest request)
    {
        using var writer = Writer.Open(repository.Root);
        return writer.CollectGarbage(request);
    }

    internal static string[] Refs(TestRepository repository, string family) =>
        repository.Git("for-each-ref", "--format=%(refname)", ("refs/writeopt/" + family).TrimEnd('/'))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static long Size(TestRepository repository) => new DirectoryInfo(repository.At(".git/objects"))
        .EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
}
