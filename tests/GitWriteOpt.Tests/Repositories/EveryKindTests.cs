using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>The same behaviours in every kind of repository; ordinary git is the judge.</summary>
public sealed class EveryKindTests
{
    public static TheoryData<string> Kind => Kinds.Names;

    [Theory]
    [MemberData(nameof(Kind))]
    public void A_batch_is_applied_rolled_back_redone_and_restored_and_git_sees_what_is_said(string kind)
    {
        using var any = Kinds.Make(kind, "apply");
        var repository = any.Repository;
        var (before, view, ids) = (repository.State(), any.View(), any.RawIds());
        var (head, index) = (any.Head(), any.Index());
        using var writer = any.Open();

        var applied = writer.Apply(repository.Batch(any.Everything), new ApplyOptions());
        applied.Error.ShouldBeNull(applied.Error?.Message);
        applied.State.ShouldBe(WriteState.Applied);
        var after = repository.State();
        after.ShouldNotBe(before);
        any.IdsIn(applied.Before!).ShouldBe(ids, "the backup holds the raw bytes that were there");
        any.IdsIn(applied.After!).ShouldBe(any.RawIds(), "the transaction holds the raw bytes that are there");
        repository.Read("a.txt").ReplaceLineEndings("\n").ShouldBe("one\nTWO\nthree\n");
        repository.Read("b.txt").ReplaceLineEndings("\n").ShouldBe("first\nbetween\nlast\n");
        repository.Read("patched.txt").ReplaceLineEndings("\n").ShouldBe("1\n2\nIII\n4\n5\n");
        repository.Exists("old.txt").ShouldBeFalse();
        Directory.Exists(repository.At("gone")).ShouldBeFalse();
        File.GetUnixFileMode(repository.At("run.sh")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        (any.Head(), any.Index()).ShouldBe((head, index), "I3");

        Step(writer.Rollback(new()));
        repository.State().ShouldBe(before);
        any.View().ShouldBe(view);
        Step(writer.Redo(null, Durability.Full));
        repository.State().ShouldBe(after);
        Step(writer.Restore(new() { Transaction = applied.Transaction!, Before = true }));
        repository.State().ShouldBe(before);
        Step(writer.Restore(new() { Transaction = applied.Transaction! }));
        repository.State().ShouldBe(after);

        writer.Log(new()).Take(5).Select(t => t.Kind).ShouldBe([TransactionKind.Restore, TransactionKind.Restore,
            TransactionKind.Redo, TransactionKind.Rollback, TransactionKind.Apply]);
        var status = writer.Status();
        (status.Pending.Count, status.Rescued.Count).ShouldBe((0, 0));
        NothingOfOursIsLeft(writer);
    }

    [Theory]
    [MemberData(nameof(Kind))]
    public void Staged_entries_are_what_git_add_would_have_made_of_the_same_files_and_go_with_a_rollback(string kind)
    {
        using var any = Kinds.Make(kind, "stage");
        var repository = any.Repository;
        var (before, view) = (repository.State(), any.View());
        using var writer = any.Open();
        var applied = writer.Apply(repository.Batch(any.Everything), new ApplyOptions { Stage = true });
        applied.Error.ShouldBeNull(applied.Error?.Message);

        var staged = repository.Git("ls-files", "--stage");
        repository.Git(["--no-optional-locks", "diff", "--name-only", "--", .. any.Touched]).ShouldBeEmpty();
        AsGitAddDoes(any, staged);

        Step(writer.Rollback(new()));
        repository.State().ShouldBe(before);
        any.View().ShouldBe(view);
    }

    [Theory]
    [MemberData(nameof(Kind))]
    public void A_transaction_that_was_cut_off_half_way_is_brought_back_or_to_its_end_I1(string kind)
    {
        using var any = Kinds.Make(kind, "killed");
        var repository = any.Repository;
        var before = repository.State();
        using var writer = any.Open();
        foreach (var direction in new[] { RecoveryDirection.Back, RecoveryDirection.Forward })
        {
            var old = (File.ReadAllBytes(repository.At("a.txt")), File.ReadAllBytes(repository.At("old.txt")));
            var applied = writer.Apply(repository.Batch(any.Everything), new ApplyOptions());
            applied.Error.ShouldBeNull(applied.Error?.Message);
            var after = repository.State();
            repository.Git("update-ref", RefNames.Pending + applied.Transaction, applied.After!);
            repository.Git("update-ref", "-d", applied.Ref!);
            File.WriteAllBytes(repository.At("a.txt"), old.Item1);
            File.WriteAllBytes(repository.At("old.txt"), old.Item2);
            File.Delete(repository.At("copy.txt"));
            writer.Status().Pending.Count.ShouldBe(1);

            var recovered = writer.Recover(new RecoverRequest { Direction = direction });
            recovered.State.ShouldBe(RecoveryState.Recovered);
            recovered.Recovered.Single().Direction.ShouldBe(direction);
            recovered.Rescued.ShouldBeEmpty();
            repository.State().ShouldBe(direction == RecoveryDirection.Back ? before : after);
            writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Clean);
            NothingOfOursIsLeft(writer);
        }
    }

    private static void Step(WriteOutcome outcome)
    {
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
    }

    private static void AsGitAddDoes(AnyRepository any, string staged)
    {
        var index = any.Repository.Outside("index-of-git");
        var own = any.Repository.Git("rev-parse", "--path-format=absolute", "--git-path", "index");
        if (any.IsBorn)
        {
            File.Copy(own, index, overwrite: true);
        }

        var environment = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = index };
        if (any.IsBorn)
        {
            TestRepository.RunAny(any.Repository.Root, "git", ["reset", "-q", "HEAD", "--", .. any.Touched], null, environment);
        }

        TestRepository.RunAny(any.Repository.Root, "git", ["add", "-A", "--", .. any.Touched.Where(any.Repository.Exists)],
            null, environment).ExitCode.ShouldBe(0);
        TestRepository.RunAny(any.Repository.Root, "git", ["rm", "-q", "--cached", "--ignore-unmatch", "--",
            .. any.Touched.Where(p => !any.Repository.Exists(p))], null, environment).ExitCode.ShouldBe(0);
        TestRepository.RunAny(any.Repository.Root, "git", ["update-index", "--chmod=+x", "run.sh"], null, environment)
            .ExitCode.ShouldBe(0);
        TestRepository.RunAny(any.Repository.Root, "git", ["ls-files", "--stage"], null, environment).Output.TrimEnd('\n')
            .ShouldBe(staged);
    }

    private static void NothingOfOursIsLeft(Writer writer)
    {
        Directory.EnumerateFileSystemEntries(writer.Layout.GitDirectory + "/writeopt/stage").ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(writer.Layout.WorktreeRoot, ".writeopt-*", SearchOption.AllDirectories)
            .ShouldBeEmpty();
    }
}
