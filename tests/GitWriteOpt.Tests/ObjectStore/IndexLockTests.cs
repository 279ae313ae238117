using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class IndexLockTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    private static readonly Dictionary<string, string> Files = new() { ["a.txt"] = "a\n" };

    [Fact]
    public void A_lock_that_stays_is_named_with_the_way_to_go_on_and_never_removed()
    {
        using var repository = TestRepository.With(Files);
        var held = repository.Layout().IndexFile + ".lock";
        File.WriteAllText(held, "somebody else's");
        var staging = new IndexStaging(repository.Layout(), new AttributeSettings(), durable: false) { LockWait = Short };
        var error = Should.Throw<StoreException>(() => staging.Prepare([repository.Staged("a.txt", "b\n")])).Error;
        (error.Code, error.Path).ShouldBe(("index-locked", held));
        error.Suggestion.ShouldNotBeNull().ShouldContain(held);
        File.ReadAllText(held).ShouldBe("somebody else's");
        repository.Staging().RemoveOrphanedLock().ShouldBeFalse();
        File.Exists(held).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lock_that_goes_away_is_waited_for_and_what_its_holder_wrote_is_kept()
    {
        using var repository = TestRepository.With(Files);
        repository.Write("other.txt", "o\n");
        var layout = repository.Layout();
        File.Copy(layout.IndexFile, layout.IndexFile + ".lock");
        var staged = repository.Staged("a.txt", "b\n");
        var holder = Task.Run(() =>
        {
            Thread.Sleep(100);
            File.Delete(layout.IndexFile + ".lock");
        }, TestContext.Current.CancellationToken);
        using (var prepared = new IndexStaging(layout, new AttributeSettings(), durable: false) { LockWait = TimeSpan.FromMinutes(20) }
            .Prepare([staged]))
        {
            prepared.Commit();
        }

        await holder;
        repository.Git("diff", "--cached", "--name-only").ShouldBe("a.txt");
    }

    [Fact]
    public void While_it_is_prepared_git_cannot_write_the_index_and_after_an_abort_it_can()
    {
        using var repository = TestRepository.With(Files);
        var before = File.ReadAllBytes(repository.Layout().IndexFile);
        using (var prepared = repository.Staging().Prepare([repository.Staged("a.txt", "b\n")]))
        {
            repository.Write("a.txt", "c\n");
            TestRepository.RunAny(repository.Root, "git", ["add", "a.txt"]).ExitCode.ShouldBe(128);
        }

        File.ReadAllBytes(repository.Layout().IndexFile).ShouldBe(before);
        repository.Git("add", "a.txt");
    }

    [Fact]
    public void An_index_that_changed_in_spite_of_the_lock_is_not_overwritten()
    {
        using var repository = TestRepository.With(Files);
        var layout = repository.Layout();
        using var prepared = repository.Staging().Prepare([repository.Staged("a.txt", "b\n")]);
        repository.Write("users.txt", "u\n");
        File.Move(prepared.LockFile, repository.Outside("aside"));
        repository.Git("add", "users.txt");
        File.Move(repository.Outside("aside"), prepared.LockFile);
        Should.Throw<StoreException>(prepared.Commit).Error.Code.ShouldBe("index-changed");
        prepared.Abort();
        File.Exists(layout.IndexFile + ".lock").ShouldBeFalse();
        repository.Git("diff", "--cached", "--name-only").ShouldBe("users.txt");
    }

    [Fact]
    public void After_a_kill_a_lock_is_removed_by_its_recorded_bytes_alone()
    {
        using var repository = TestRepository.With(Files);
        var prepared = repository.Staging().Prepare([repository.Staged("a.txt", "b\n")]);
        var hash = prepared.LockHash.ShouldNotBeNull();
        repository.Staging().RemoveOwnLock(new string('0', 64)).ShouldBeFalse();
        File.Exists(prepared.LockFile).ShouldBeTrue();
        repository.Staging().RemoveOwnLock(hash).ShouldBeTrue();
        File.Exists(prepared.LockFile).ShouldBeFalse();
        repository.Staging().RemoveOwnLock(hash).ShouldBeFalse();
        prepared.Dispose();
    }

    [Fact]
    public void After_a_kill_before_the_journal_a_lock_is_known_by_the_private_copy_beside_it()
    {
        using var repository = TestRepository.With(Files);
        var prepared = repository.Staging().Prepare([repository.Staged("a.txt", "b\n")]);
        repository.Staging().RemoveOrphanedLock().ShouldBeTrue();
        File.Exists(prepared.LockFile).ShouldBeFalse();
        PrivateDirectory.Left(repository.Layout()).ShouldBeEmpty();
        repository.Git("add", "-A");
        prepared.Dispose();
    }

    [Fact]
    public void Where_the_lock_cannot_be_linked_it_is_made_as_git_makes_it()
    {
        if (!Directory.Exists("/dev/shm"))
        {
            return;
        }

        using var repository = TestRepository.With(Files);
        var elsewhere = Directory.CreateDirectory("/dev/shm/writeopt-" + Guid.NewGuid().ToString("N")).FullName;
        try
        {
            var layout = repository.Layout() with { IndexFile = elsewhere + "/index" };
            File.Copy(repository.Layout().IndexFile, layout.IndexFile);
            var staging = new IndexStaging(layout, new AttributeSettings(), durable: true) { LockWait = Short };
            var staged = repository.Staged("a.txt", "b\n");
            File.WriteAllText(layout.IndexFile + ".lock", "");
            Should.Throw<StoreException>(() => staging.Prepare([staged])).Error.Code.ShouldBe("index-locked");
            File.Delete(layout.IndexFile + ".lock");
            using var prepared = staging.Prepare([staged]);
            prepared.Commit();
            IndexReader.Open(layout).Find(IndexFixture.At("a.txt"))!.Id.ShouldBe(staged.After!.Id);
            Directory.GetFiles(elsewhere).ShouldBe([layout.IndexFile]);
            repository.Git("diff", "--cached", "--name-only").ShouldBe("", "the default index was not asked for");
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void A_durable_staging_stages_the_same()
    {
        using var repository = TestRepository.With(Files);
        using var prepared = new IndexStaging(repository.Layout(), new AttributeSettings(), durable: true)
            .Prepare([repository.Staged("a.txt", "b\n")]);
        prepared.Commit();
        repository.Git("diff", "--cached", "--name-only").ShouldBe("a.txt");
    }
}
