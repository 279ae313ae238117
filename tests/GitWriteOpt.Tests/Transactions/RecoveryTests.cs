using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Transactions;

public sealed class RecoveryTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["a.txt"] = "a before\n",
        ["b.txt"] = "b before\n",
    };

    private const string Both = """
        {"operations":[{"op":"write","path":"a.txt","content":"a after\n"},{"op":"write","path":"b.txt","content":"b after\n"}]}
        """;

    [Fact]
    public void A_half_done_swap_is_taken_back_and_the_batch_is_kept_and_can_be_resumed()
    {
        using var repository = TestRepository.With(Files);
        var id = CutOff(repository, Both);
        repository.Write("b.txt", "b before\n");
        using var writer = Writer.Open(repository.Root);

        var outcome = writer.Recover(new RecoverRequest());
        outcome.State.ShouldBe(RecoveryState.Recovered);
        outcome.Recovered.ShouldBe([new RecoveredTransaction(id, RecoveryDirection.Back, 1, "Write 2 files")]);
        repository.Read("a.txt").ShouldBe("a before\n");
        repository.Git("for-each-ref", "refs/writeopt/pending", "refs/writeopt/tx").ShouldBeEmpty();
        writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Clean);

        writer.Resume(id, new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("a after\n", "b after\n"));
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldBeEmpty();
    }

    [Fact]
    public void A_swap_that_was_complete_is_brought_to_its_end_and_can_be_undone()
    {
        using var repository = TestRepository.With(Files);
        var id = CutOff(repository, Both);
        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest()).Recovered.Single().Direction.ShouldBe(RecoveryDirection.Forward);
        writer.Find("@").Transaction.ShouldBe(id);
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("a before\n");
    }

    [Fact]
    public void What_the_user_did_between_the_crash_and_the_recovery_is_kept_and_rescued_I2()
    {
        using var repository = TestRepository.With(Files);
        CutOff(repository, Both);
        repository.Write("a.txt", "the user's own\n");
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Recover(new RecoverRequest());
        outcome.State.ShouldBe(RecoveryState.Attention);
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("the user's own\n", "b before\n"));
        repository.Git("show", outcome.Rescued.Single().Ref + ":a.txt").ShouldBe("the user's own");
    }

    [Fact]
    public void The_next_write_recovers_first_and_says_so()
    {
        using var repository = TestRepository.With(Files);
        CutOff(repository, Both);
        repository.Write("b.txt", "b before\n");
        var outcome = repository.Applied("""{"op":"write","path":"c.txt","content":"c\n"}""");
        outcome.Warnings.ShouldContain(w => w.Contains("cut off"));
        repository.Read("a.txt").ShouldBe("a before\n");
    }

    [Fact]
    public void A_snapshot_before_a_commit_recovers_nothing_and_the_eleventh_takes_the_place_of_the_first()
    {
        using var repository = TestRepository.With(Files);
        CutOff(repository, Both);
        var before = repository.State();
        using var writer = Writer.Open(repository.Root);
        var first = writer.SnapshotBeforeCommit();
        writer.SnapshotBeforeCommit().Id.ShouldBe(first.Id, "nothing has changed since");
        repository.State().ShouldBe(before);
        writer.Status().Pending.Count.ShouldBe(1);
        for (var i = 0; i < 10; i++)
        {
            repository.Write("c.txt", $"{i}\n");
            writer.SnapshotBeforeCommit();
        }

        var kept = writer.Snapshots().ToList();
        (kept.Count, kept.Exists(s => s.Id == first.Id)).ShouldBe((10, false));
    }

    [Fact]
    public void A_journal_that_was_pushed_here_is_reported_and_never_acted_on_I6()
    {
        using var repository = TestRepository.With(Files);
        var applied = repository.Applied(Both);
        repository.Git("update-ref", "refs/writeopt/pending/" + applied.Transaction, applied.After!);
        repository.Git("update-ref", "-d", applied.Ref!);
        repository.Git("update-ref", "refs/writeopt/pending/00000000000000zz", applied.After!);
        Directory.Delete(repository.At(".git/writeopt"), recursive: true);
        repository.Write("b.txt", "b before\n");
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Recover(new RecoverRequest());
        outcome.State.ShouldBe(RecoveryState.Clean);
        outcome.Warnings.Count.ShouldBe(2);
        repository.Read("a.txt").ShouldBe("a after\n");
        writer.Status().Pending.ShouldAllBe(p => !p.Mine);
    }

    [Fact]
    public void A_journal_ref_that_is_left_beside_the_commit_point_undoes_nothing_that_came_later()
    {
        using var repository = TestRepository.With(Files);
        var applied = repository.Applied(Both);
        repository.Git("update-ref", "refs/writeopt/pending/" + applied.Transaction, applied.After!);
        repository.Write("b.txt", "edited after the transaction\n");
        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Clean);
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("a after\n", "edited after the transaction\n"));
        repository.Git("for-each-ref", "--format=%(refname)", "refs/writeopt").ShouldBe(applied.Ref);
    }

    [Fact]
    public void After_a_restart_a_transaction_without_its_last_barrier_is_not_taken_back_for_a_later_edit()
    {
        using var repository = TestRepository.With(Files);
        var applied = repository.Applied(Both, new ApplyOptions { Durability = Durability.Batch });
        Restarted(repository, applied.Transaction!);
        repository.Write("b.txt", "b before\n");
        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Clean);
        repository.Read("a.txt").ShouldBe("a after\n");
        writer.Find("@").Transaction.ShouldBe(applied.Transaction);
    }

    [Fact]
    public void A_file_that_a_power_cut_tore_is_rescued_and_restored()
    {
        using var repository = TestRepository.With(Files);
        var id = CutOff(repository, Both);
        Restarted(repository, id);
        repository.Write("a.txt", new byte[9]);
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Recover(new RecoverRequest());
        outcome.Rescued.Single().Path.ShouldBe("a.txt");
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("a before\n", "b before\n"));
    }

    // As a kill between the last rename and the commit point leaves it.
    private static string CutOff(TestRepository repository, string batch)
    {
        var applied = repository.Applied(batch);
        repository.Git("update-ref", "refs/writeopt/pending/" + applied.Transaction, applied.After!);
        repository.Git("update-ref", "-d", applied.Ref!);
        return applied.Transaction!;
    }

    // The witness names another running system, as after a power cut and a new start.
    private static void Restarted(TestRepository repository, string id)
    {
        var path = repository.At(".git/writeopt/open/" + id);
        File.Exists(path).ShouldBeTrue("the witness stays until a later barrier");
        File.WriteAllText(path, File.ReadAllText(path).Replace(LocalState.BootId, "another-boot", StringComparison.Ordinal));
    }
}
