using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.ObjectStore.IndexFixture;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class IndexStagingTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["a.txt"] = "a\n",
        ["b/c.txt"] = "c\n",
        ["b/d.txt"] = "d\n",
        ["gone.txt"] = "gone\n",
        ["dir/x.txt"] = "x\n",
        ["was-file"] = "f\n",
    };

    [Theory]
    [InlineData("", "plain")]
    [InlineData("--object-format=sha256", "plain")]
    [InlineData("", "version 4")]
    [InlineData("", "split")]
    [InlineData("", "linked")]
    [InlineData("", "linked split")]
    [InlineData("", "shared")]
    [InlineData("", "always split")]
    public void What_is_staged_is_what_git_add_would_stage_in_every_form_of_index(string init, string form)
    {
        using var first = TestRepository.With(Files, init);
        var repository = first;
        if (form.StartsWith("linked", StringComparison.Ordinal))
        {
            first.Git("worktree", "add", "-q", "../linked", "-b", "side");
            repository = first.Beside("linked");
        }

        if (form.Contains("split", StringComparison.Ordinal))
        {
            repository.Git("update-index", "--split-index");
        }

        if (form == "always split")
        {
            repository.Git("config", "core.splitIndex", "true");
        }

        if (form == "version 4")
        {
            repository.Git("update-index", "--index-version", "4");
        }

        if (form == "shared")
        {
            repository.Git("config", "core.sharedRepository", "group");
        }

        var before = repository.Listing();
        StagedPath[] batch =
        [
            repository.Staged("a.txt", "a2\n"), repository.Staged("b/c.txt", "c\n", 0x81ed),
            repository.Staged("new/ü.txt", "new\n"), repository.Staged("l", "a.txt", 0xa000), Removed("gone.txt"),
            Removed("never.txt"), repository.Staged("dir", "now a file\n"), Removed("dir/x.txt"), Removed("was-file"),
            repository.Staged("was-file/y.txt", "now a directory\n"),
        ];
        using var prepared = repository.Staging().Prepare(batch);
        repository.Listing().ShouldBe(before, "the user's index before the commit");
        prepared.Commit();

        var staged = repository.Listing();
        repository.Git("reset", "-q");
        Write(repository, batch);
        repository.Git("add", "-A");
        staged.ShouldBe(repository.Listing());
        prepared.Recorded.Count.ShouldBe(9);
        File.Exists(prepared.LockFile).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(repository.Layout().GitDirectory + "/writeopt/tmp").ShouldBeEmpty();
    }

    [Fact]
    public void An_unborn_repository_without_an_index_is_staged_into()
    {
        using var repository = TestRepository.Init();
        repository.Stage(repository.Staged("a/b.txt", "b\n"));
        repository.Git("ls-files", "--stage").ShouldEndWith("\ta/b.txt");
        repository.Git("commit", "-q", "-m", "first");
    }

    [Fact]
    public void The_index_mode_follows_sharedRepository_and_the_old_index_is_not_written_into()
    {
        using var repository = TestRepository.With(Files);
        repository.Git("config", "core.sharedRepository", "0660");
        repository.Stage(repository.Staged("a.txt", "a2\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(repository.Layout().IndexFile).ShouldBe((UnixFileMode)0x1b0);
        }
    }

    [Fact]
    public void A_batch_that_changes_no_entry_takes_no_lock()
    {
        using var repository = TestRepository.With(Files);
        using var prepared = repository.Staging().Prepare([repository.Staged("a.txt", "a\n"), Removed("none")]);
        (prepared.LockHash, prepared.Recorded.Count, File.Exists(prepared.LockFile)).ShouldBe((null, 0, false));
        prepared.Commit();
    }

    [Fact]
    public void Bits_of_the_user_survive_and_intent_to_add_elsewhere_is_left_alone()
    {
        using var repository = TestRepository.With(Files);
        repository.Write("intended.txt", "soon\n");
        repository.Write("intended-too.txt", "soon\n");
        repository.Git("add", "-N", "intended.txt", "intended-too.txt");
        repository.Git("update-index", "--assume-unchanged", "a.txt", "gone.txt");
        repository.Git("update-index", "--skip-worktree", "b/c.txt");
        repository.Stage(repository.Staged("a.txt", "a2\n"), repository.Staged("b/c.txt", "c2\n"),
            repository.Staged("intended-too.txt", "now\n"));

        var index = IndexReader.Open(repository.Layout());
        index.Find(At("a.txt"))!.Flags.ShouldBe(IndexFlags.AssumeUnchanged);
        index.Find(At("gone.txt"))!.Flags.ShouldBe(IndexFlags.AssumeUnchanged);
        index.Find(At("b/c.txt"))!.Flags.ShouldBe(IndexFlags.SkipWorktree);
        index.Find(At("intended.txt"))!.Flags.ShouldBe(IndexFlags.IntentToAdd);
        index.Find(At("intended-too.txt"))!.Flags.ShouldBe(IndexFlags.None);
        repository.Git("diff", "--cached", "--name-only").ShouldBe("a.txt\nb/c.txt\nintended-too.txt");
    }

    [Fact]
    public void A_revert_restores_entries_with_their_bits_and_leaves_what_others_staged_since_I9()
    {
        using var repository = TestRepository.With(Files);
        repository.Write("intended.txt", "soon\n");
        repository.Git("add", "-N", "intended.txt");
        repository.Git("update-index", "--assume-unchanged", "a.txt");
        var before = IndexReader.Open(repository.Layout()).Listing();
        IReadOnlyList<RecordedEntry> recorded;
        using (var prepared = repository.Staging().Prepare([
            repository.Staged("a.txt", "a2\n"), repository.Staged("b/c.txt", "c2\n"), Removed("gone.txt"),
            repository.Staged("intended.txt", "now\n"), repository.Staged("new.txt", "n\n"),
            repository.Staged("dir", "file\n")]))
        {
            prepared.Commit();
            recorded = prepared.Recorded;
        }

        repository.Write("b/c.txt", "the user's\n");
        repository.Git("add", "b/c.txt");
        var users = IndexReader.Open(repository.Layout()).Find(At("b/c.txt"))!.Id;
        var reverted = repository.Staging().Revert(recorded);

        reverted.Left.Select(p => p.Value).ShouldBe(["b/c.txt"]);
        var after = IndexReader.Open(repository.Layout());
        after.Find(At("b/c.txt"))!.Id.ShouldBe(users);
        after.Find(At("intended.txt"))!.Flags.ShouldBe(IndexFlags.IntentToAdd);
        repository.Git("reset", "-q", "--", "b/c.txt");
        IndexReader.Open(repository.Layout()).Listing().ShouldBe(before);
        repository.Staging().Revert(recorded).Restored.ShouldBeEmpty("a second revert finds nothing of ours (I6)");
    }

    [Fact]
    public void Unmerged_paths_and_paths_in_submodules_are_refused_together_and_named()
    {
        using var inner = TestRepository.With(new Dictionary<string, string> { ["x"] = "x\n" });
        using var repository = TestRepository.With(Files);
        repository.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Root, "sub");
        repository.Commit("second");
        repository.Conflict("a.txt");
        var before = File.ReadAllBytes(repository.Layout().IndexFile);

        var refused = Should.Throw<RefusedException>(() => repository.Stage(
            repository.Staged("a.txt", "x\n"), repository.Staged("sub/x", "y\n"), repository.Staged("sub", "y\n")));

        refused.All.Select(e => (e.Code, e.Path)).ShouldBe(
            [("unmerged-path", "a.txt"), ("inside-submodule", "sub/x"), ("inside-submodule", "sub")]);
        File.ReadAllBytes(repository.Layout().IndexFile).ShouldBe(before);
        repository.Stage(repository.Staged("b/c.txt", "beside the conflict\n"));
        IndexReader.Open(repository.Layout()).HasUnmerged(At("a.txt")).ShouldBeTrue("the merge goes on");
    }

    [Fact]
    public void A_sparse_index_takes_paths_inside_and_outside_the_cone_and_stays_sparse()
    {
        using var repository = IndexReaderTests.Sparse();
        StagedPath[] batch =
        [
            repository.Staged("in/i.txt", "i2\n"), repository.Staged("out/deep/o.txt", "o2\n"),
            repository.Staged("out/new.txt", "n\n"),
        ];
        repository.Stage(batch);
        repository.Git("ls-files", "--stage", "--sparse").ShouldContain("040000 ");
        var staged = repository.Listing();
        repository.Git("reset", "-q");
        Write(repository, batch);
        repository.Git("add", "--sparse", "in/i.txt", "out/deep/o.txt", "out/new.txt");
        staged.ShouldBe(repository.Listing());
        repository.Git("status", "--porcelain").ShouldBe("M  in/i.txt\nM  out/deep/o.txt\nA  out/new.txt");
    }

    [Fact]
    public void A_full_index_of_a_sparse_checkout_keeps_the_bits_of_what_is_outside()
    {
        using var repository = IndexReaderTests.Sparse();
        repository.Git("sparse-checkout", "reapply", "--no-sparse-index");
        repository.Stage(repository.Staged("in/i.txt", "i2\n"), Removed("other/x.txt"));
        repository.Git("ls-files", "-t").ShouldBe("H in/i.txt\nS out/deep/o.txt\nS out/o.txt\nH root.txt");
    }

    internal static void Write(TestRepository repository, IEnumerable<StagedPath> batch)
    {
        foreach (var path in batch.Where(p => p.After is null).Select(p => repository.At(p.Path.Value)))
        {
            File.Delete(path);
            var parent = Path.GetDirectoryName(path)!;
            if (Directory.Exists(parent) && !Directory.EnumerateFileSystemEntries(parent).Any())
            {
                Directory.Delete(parent);
            }
        }

        foreach (var (path, after) in batch.Where(p => p.After is not null).Select(p => (p.Path.Value, p.After!)))
        {
            var bytes = after.Content.ToMemory().ToArray();
            if (after.Mode == 0xa000)
            {
                File.CreateSymbolicLink(repository.At(path), Encoding.UTF8.GetString(bytes));
                continue;
            }

            repository.Write(path, bytes);
            if (after.Mode == 0x81ed)
            {
                repository.MakeExecutable(path);
            }
        }
    }
}
