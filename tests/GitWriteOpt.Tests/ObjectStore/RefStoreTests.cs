using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class RefStoreTests
{
    private const string Tx = "refs/writeopt/tx/";

    [Theory]
    [InlineData("", true)]
    [InlineData("--object-format=sha256", true)]
    [InlineData("", false)]
    public void Refs_that_are_created_moved_and_deleted_are_those_that_git_sees(string format, bool byOwnCode)
    {
        using var repository = TestRepository.Init(format);
        var (first, second) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root) with { RefsAreFiles = byOwnCode });

        refs.Apply(true, new RefUpdate.Create(Tx + "a", first), new RefUpdate.Create("refs/writeopt/pending/b", second));
        ShouldAgree(repository, refs);
        refs.Read(Tx + "a").ShouldBe(first);
        refs.Read(Tx + "missing").ShouldBeNull();
        refs.Read("HEAD").ShouldBe(second);
        refs.ReadHead().ShouldBe(new HeadState("refs/heads/main", second));

        repository.Git("pack-refs", "--all");
        refs.Apply(false, new RefUpdate.Update(Tx + "a", second, first), new RefUpdate.Create(Tx + "c", first),
            new RefUpdate.Delete("refs/writeopt/pending/b", second));
        ShouldAgree(repository, refs);
        refs.List("refs/writeopt/").ShouldBe([new RefEntry(Tx + "a", second), new RefEntry(Tx + "c", first)]);
        refs.Names(Tx).ShouldBe([Tx + "a", Tx + "c"]);

        refs.Apply(true, new RefUpdate.Delete(Tx + "a", second), new RefUpdate.Delete(Tx + "c", null));
        ShouldAgree(repository, refs);
        Directory.EnumerateFiles(repository.At(".git"), "*.lock", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_ref_that_git_packs_before_its_directory_is_synced_is_made_durable_where_it_went()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        using var prepared = refs.Prepare(new RefUpdate.Create(Tx + "a", first));
        prepared.Commit();
        repository.Git("pack-refs", "--all");
        Directory.Exists(repository.At(".git/refs/writeopt/tx")).ShouldBeFalse("git removes what it emptied");

        prepared.SyncDirectories();

        refs.Read(Tx + "a").ShouldBe(first);
    }

    [Fact]
    public void A_directory_that_another_process_empties_and_removes_is_no_failure()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        using var prepared = refs.Prepare(new RefUpdate.Create("refs/writeopt/kept/a", first), new RefUpdate.Delete(Tx + "a", first));
        prepared.Commit();
        Directory.Delete(repository.At(".git/refs/writeopt"), recursive: true);

        Should.NotThrow(prepared.SyncDirectories);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_old_value_that_does_not_hold_changes_nothing(bool byOwnCode)
    {
        using var repository = TestRepository.Init();
        var (first, second) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root) with { RefsAreFiles = byOwnCode });
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        var good = new RefUpdate.Create(Tx + "good", first);
        foreach (var (bad, code) in new (RefUpdate, string)[]
        {
            (new RefUpdate.Create(Tx + "a", second), "ref-exists"),
            (new RefUpdate.Update(Tx + "a", second, second), "ref-changed"),
            (new RefUpdate.Update(Tx + "none", second, first), "ref-changed"),
            (new RefUpdate.Delete(Tx + "a", second), "ref-changed"),
        })
        {
            Should.Throw<StoreException>(() => refs.Apply(false, good, bad)).Error.Code.ShouldBe(code);
            refs.List(Tx).ShouldBe([new RefEntry(Tx + "a", first)]);
        }

        Directory.EnumerateFiles(repository.At(".git"), "*.lock", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("refs/heads/main")]
    [InlineData("HEAD")]
    [InlineData("refs/writeopt/")]
    [InlineData("refs/writeopt/../heads/main")]
    [InlineData("refs/writeopt/a..b")]
    [InlineData("refs/writeopt/a.lock")]
    [InlineData("refs/writeopt/a b")]
    public void Only_well_formed_refs_of_ours_can_be_written_I3(string name) =>
        Should.Throw<ArgumentException>(() => new RefUpdate.Delete(name, null));

    [Fact]
    public void What_is_prepared_is_not_visible_until_it_is_committed_and_an_abort_leaves_nothing()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        using (var prepared = refs.Prepare(new RefUpdate.Create(Tx + "a", first)))
        {
            prepared.FilesToSync.ShouldBe([repository.At(".git/" + Tx + "a.lock")]);
            prepared.DirectoriesToSync.ShouldBe([repository.At(".git/" + Tx.TrimEnd('/')),
                repository.At(".git/refs"), repository.At(".git/refs/writeopt")], ignoreOrder: true);
            refs.List(Tx).ShouldBeEmpty();
            repository.Git("for-each-ref", Tx).ShouldBeEmpty();
        }

        refs.List(Tx).ShouldBeEmpty();
        Directory.EnumerateFiles(repository.At(".git/refs/writeopt"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void A_loose_ref_that_a_power_cut_emptied_is_reported_and_can_be_removed()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        refs.Apply(false, new RefUpdate.Create(Tx + "good", first));
        repository.Write(".git/" + Tx + "empty", "");
        repository.Write(".git/" + Tx + "zeros", new byte[41]);

        var error = Should.Throw<StoreException>(() => refs.Read(Tx + "empty")).Error;
        (error.Code, error.Path).ShouldBe(("damaged-ref", repository.At(".git/" + Tx + "empty")));
        Should.Throw<StoreException>(() => refs.List(Tx)).Error.Code.ShouldBe("damaged-ref");
        var damaged = new List<string>();
        refs.List(Tx, damaged).ShouldBe([new RefEntry(Tx + "good", first)]);
        damaged.ShouldBe([Tx + "empty", Tx + "zeros"], ignoreOrder: true);
        refs.Apply(false, [.. damaged.Select(name => new RefUpdate.Delete(name, null))]);
        refs.List(Tx).Count.ShouldBe(1);
    }

    [Fact]
    public void A_lock_that_git_holds_is_an_error_that_names_it_and_is_never_removed()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root)) { LockWait = TimeSpan.FromMilliseconds(30) };
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        repository.Git("pack-refs", "--all");
        repository.Write(".git/packed-refs.lock", "");
        var error = Should.Throw<StoreException>(() => refs.Apply(false, new RefUpdate.Create(Tx + "b", first),
            new RefUpdate.Delete(Tx + "a", first))).Error;
        error.Code.ShouldBe("ref-locked");
        error.Suggestion.ShouldBe($"if no git process is running: rm \"{repository.At(".git/packed-refs.lock")}\"");
        refs.Names(Tx).ShouldBe([Tx + "a"]);
        File.Delete(repository.At(".git/packed-refs.lock"));
    }

    [Fact]
    public void A_lock_of_ours_whose_owner_was_killed_is_taken_over_and_one_that_is_held_is_not()
    {
        using var repository = TestRepository.Init();
        var (first, second) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root)) { LockWait = TimeSpan.FromMilliseconds(30) };
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        repository.Git("pack-refs", "--all");
        repository.Write(".git/packed-refs.lock", "git writeopt\n");
        repository.Write(".git/packed-refs.new", "half a li");
        repository.Write(".git/" + Tx + "a.lock", first + "\n");
        repository.Write(".git/" + Tx + "b.lock", "");
        refs.Apply(false, new RefUpdate.Delete(Tx + "a", first), new RefUpdate.Create(Tx + "b", first));
        refs.List(Tx).ShouldBe([new RefEntry(Tx + "b", first)]);
        ShouldAgree(repository, refs);
        Directory.EnumerateFiles(repository.At(".git")).ShouldNotContain(file => file.Contains("packed-refs.", StringComparison.Ordinal));

        using var held = refs.Prepare(new RefUpdate.Update(Tx + "b", second, first));
        Should.Throw<StoreException>(() => refs.Apply(false, new RefUpdate.Delete(Tx + "b", null)))
            .Error.Code.ShouldBe("ref-locked");
        held.Commit();
        refs.Read(Tx + "b").ShouldBe(second);
    }

    [Fact]
    public void A_name_that_is_a_directory_of_refs_is_a_conflict_and_an_empty_directory_is_not()
    {
        using var repository = TestRepository.Init();
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        refs.Apply(false, new RefUpdate.Create(Tx + "a/b", first));
        Conflict(Tx + "a");
        repository.Git("pack-refs", "--all");
        Conflict(Tx + "a");
        Conflict(Tx + "a/b/c");
        refs.Apply(false, new RefUpdate.Delete(Tx + "a/b", first));
        Directory.CreateDirectory(repository.At(".git/" + Tx + "a/empty"));
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        ShouldAgree(repository, refs);

        void Conflict(string name) => Should.Throw<StoreException>(
            () => refs.Apply(false, new RefUpdate.Create(name, first))).Error.Code.ShouldBe("ref-conflict");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Thousands_of_packed_refs_with_peeled_tags_among_them_are_all_found(bool sorted)
    {
        using var repository = TestRepository.Init();
        var (first, second) = Commits(repository);
        repository.Git("tag", "-a", "-m", "x", "annotated");
        var commands = string.Concat(Enumerable.Range(0, 3000).Select(i => $"create {Tx}{i * 7:d6} {(i % 2 == 0 ? first : second)}\n"));
        TestRepository.RunAny(repository.Root, "git", ["update-ref", "--stdin"], commands).ExitCode.ShouldBe(0);
        repository.Git("update-ref", Tx + "0zz", repository.Git("rev-parse", "annotated"));
        repository.Git("pack-refs", "--all");
        var file = repository.At(".git/packed-refs");
        if (!sorted)
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(" sorted ", " ", StringComparison.Ordinal));
        }

        var refs = new RefStore(Discovery.Find(repository.Root));
        refs.Apply(false, new RefUpdate.Update(Tx + "000007", first, second), new RefUpdate.Create(Tx + "000008", first));
        ShouldAgree(repository, refs);
        refs.Read(Tx + "000014").ShouldBe(first);
        refs.Read(Tx + "000015").ShouldBeNull();
        refs.Read("refs/tags/annotated").ShouldNotBeNull();
        refs.Read("refs/heads/aaa").ShouldBeNull();
        refs.Read("refs/zzz").ShouldBeNull();
        refs.Apply(false, new RefUpdate.Delete(Tx + "000000", first), new RefUpdate.Delete(Tx + "0zz", null),
            new RefUpdate.Delete(Tx + "000007", first), new RefUpdate.Delete(Tx + "020993", second));
        ShouldAgree(repository, refs);
    }

    [Fact]
    public async Task While_git_packs_refs_none_is_lost_and_none_comes_back()
    {
        using var repository = TestRepository.Init();
        var (first, second) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        using var done = new CancellationTokenSource();
        var packing = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                // It may fail where we hold a lock for a moment: that is git's to say, not an error of ours.
                TestRepository.RunAny(repository.Root, "git", ["pack-refs", "--all", "--prune"]);
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 60; i++)
        {
            var id = $"{i:d4}";
            refs.Apply(false, new RefUpdate.Create("refs/writeopt/pending/" + id, first));
            refs.Read("refs/writeopt/pending/" + id).ShouldBe(first);
            refs.Apply(false, new RefUpdate.Create(Tx + id, second), new RefUpdate.Delete("refs/writeopt/pending/" + id, first));
            refs.Read("refs/writeopt/pending/" + id).ShouldBeNull();
            refs.List(Tx).Count.ShouldBe(i + 1);
        }

        await done.CancelAsync();
        await packing;
        refs.List("refs/writeopt/pending/").ShouldBeEmpty();
        refs.List(Tx).Count.ShouldBe(60);
        ShouldAgree(repository, refs);
    }

    [Fact]
    public void A_shared_repository_gets_the_bits_of_its_group()
    {
        using var repository = TestRepository.Init("--shared=0660");
        var (first, _) = Commits(repository);
        var refs = new RefStore(Discovery.Find(repository.Root));
        refs.Apply(false, new RefUpdate.Create(Tx + "a", first));
        repository.Git("update-ref", "refs/other/x", first.ToString());
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(repository.At(".git/" + Tx + "a"))
                .ShouldBe(File.GetUnixFileMode(repository.At(".git/refs/other/x")));
            File.GetUnixFileMode(repository.At(".git/" + Tx)).ShouldBe(File.GetUnixFileMode(repository.At(".git/refs/other")));
        }
    }

    private static (ObjectId First, ObjectId Second) Commits(TestRepository repository) =>
        (ObjectId.Parse(repository.Commit("first")), ObjectId.Parse(repository.Commit("second")));

    private static void ShouldAgree(TestRepository repository, RefStore refs) =>
        refs.List("refs/").Select(entry => $"{entry.Id} {entry.Name}")
            .ShouldBe(repository.Git("for-each-ref", "--format=%(objectname) %(refname)")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
