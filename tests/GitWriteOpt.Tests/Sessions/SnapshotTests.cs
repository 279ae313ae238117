using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void A_snapshot_holds_tracked_and_untracked_files_and_leaves_ignored_ones_alone(string initArguments)
    {
        using var repository = Repository(initArguments);
        var index = File.ReadAllBytes(repository.At(".git/index"));

        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("before the storm", "s1", Durability.Full);

        repository.Git("ls-tree", "-r", "--name-only", taken.Snapshot.Ref).Split('\n').Order(StringComparer.Ordinal)
            .ShouldBe([".env.local", ".gitignore", "a.txt", "dir/b.txt", "dir/new.txt", "link", "run.sh"]);
        repository.Git("show", taken.Snapshot.Ref + ":a.txt").ShouldBe("changed");
        repository.Git("ls-tree", taken.Snapshot.Ref, "link").ShouldStartWith("120000");
        repository.Git("ls-tree", taken.Snapshot.Ref, "run.sh").ShouldStartWith("100755");
        repository.Git("rev-parse", taken.Snapshot.Ref + "^1^{tree}").ShouldBe(repository.Git("write-tree"));
        File.ReadAllBytes(repository.At(".git/index")).ShouldBe(index);
        taken.Snapshot.Private.ShouldBe([".env.local"]);
        writer.Snapshots().Single().Message.ShouldBe("before the storm");
    }

    [Fact]
    public void A_restore_brings_back_everything_that_differs_and_can_be_undone()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var before = repository.State();
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot.Id;
        repository.Write("a.txt", "worse\n");
        File.Delete(repository.At("dir/b.txt"));
        Directory.Delete(repository.At("dir"), recursive: true);
        repository.Write("dir", "a file now\n");
        repository.Write("made/later.txt", "x\n");
        File.Delete(repository.At("link"));
        File.SetUnixFileMode(repository.At("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        repository.Write("ignored.log", "still here\n");
        var worse = repository.State();

        var outcome = writer.Restore(new RestoreRequest { Transaction = taken });

        outcome.State.ShouldBe(WriteState.Applied);
        repository.Read("ignored.log").ShouldBe("still here\n");
        repository.Write("ignored.log", "ignored\n");
        repository.State().ShouldBe(before);
        repository.Write("ignored.log", "still here\n");
        writer.Rollback(new RollbackRequest()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(worse);
    }

    [Fact]
    public void A_restore_of_some_paths_touches_no_other()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot.Id;
        repository.Write("a.txt", "worse\n");
        repository.Write("dir/b.txt", "worse\n");

        writer.Restore(new RestoreRequest { Transaction = taken, Paths = [RepoPath.Parse("dir")] });

        repository.Read("a.txt").ShouldBe("worse\n");
        repository.Read("dir/b.txt").ShouldBe("b\n");
    }

    [Fact]
    public void A_second_snapshot_reads_only_what_changed_since()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Age(repository);
        writer.TakeSnapshot("first", null, Durability.None);

        writer.TakeSnapshot("second", null, Durability.None).Hashed.ShouldBe(0);
        repository.Write("dir/new.txt", "other\n");
        writer.TakeSnapshot("third", null, Durability.None).Hashed.ShouldBe(1);
    }

    [Fact]
    public void A_snapshot_whose_predecessor_is_gone_with_its_objects_is_whole()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Age(repository);
        var first = writer.TakeSnapshot("first", null, Durability.None);
        writer.DropSnapshot(first.Snapshot.Id);
        repository.Git("gc", "-q", "--prune=now");

        using var again = Writer.Open(repository.Root);
        var second = again.TakeSnapshot("second", null, Durability.None);

        repository.Git("show", second.Snapshot.Ref + ":dir/new.txt").ShouldBe("new");
    }

    [Fact]
    public void A_blob_that_nothing_holds_is_stored_again()
    {
        using var repository = Repository();
        var id = repository.Git("hash-object", "-w", "dir/new.txt");
        using var writer = Writer.Open(repository.Root);

        writer.TakeSnapshot("x", null, Durability.None);

        File.Delete(repository.At($".git/objects/{id[..2]}/{id[2..]}"));
        repository.Git("cat-file", "-p", id).ShouldBe("new");
    }

    [Fact]
    public void A_large_untracked_file_is_left_out_named_and_never_deleted()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.snapshot.maxFileSize", "1k");
        repository.Write("large.bin", new byte[2000]);
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        taken.LeftOut.Select(l => (l.Path, l.Bytes, l.Reason)).ShouldBe([("large.bin", 2000, "larger-than-limit")]);
        repository.Write("large.bin", "small now\n");
        repository.Write("a.txt", "worse\n");

        var outcome = writer.Restore(new RestoreRequest { Transaction = taken.Id });

        repository.Read("a.txt").ShouldBe("changed\n");
        repository.Read("large.bin").ShouldBe("small now\n");
        outcome.Warnings.ShouldContain(w => w.Contains("large.bin") && w.Contains("cannot be brought back"));
    }

    [Fact]
    public void Line_ends_that_git_would_convert_come_back_as_they_were()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitattributes"] = "*.txt text eol=crlf\n",
            ["plain.md"] = "x\n",
        });
        repository.Write("dos.txt", "one\r\ntwo\r\n");
        repository.Commit("dos");
        Age(repository);
        repository.Git("status");
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        repository.Write("dos.txt", "gone\n");

        writer.Restore(new RestoreRequest { Transaction = taken.Id });

        repository.Read("dos.txt").ShouldBe("one\r\ntwo\r\n");
        repository.Git("status", "--porcelain").ShouldBe("");
    }

    [Fact]
    public void A_large_file_that_a_filter_keeps_elsewhere_is_not_stored_again_and_its_pointer_is_never_written()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { [".gitattributes"] = "*.bin filter=tr\n" });
        repository.Git("config", "filter.tr.clean", "head -c 3");
        repository.Git("config", "writeopt.snapshot.maxFileSize", "10");
        repository.Write("large.bin", "0123456789abcdef\n");
        repository.Write("small.bin", "01234\n");
        repository.Commit("filtered");
        Age(repository);
        repository.Git("add", "--renormalize", ".");
        repository.Git("update-index", "-q", "--really-refresh");
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        repository.Write("large.bin", "changed by somebody\n");
        repository.Write("small.bin", "changed\n");

        var outcome = writer.Restore(new RestoreRequest { Transaction = taken.Id });

        taken.LeftOut.Select(l => l.Path).ShouldBe(["large.bin"]);
        repository.Read("small.bin").ShouldBe("01234\n");
        repository.Read("large.bin").ShouldBe("changed by somebody\n");
        outcome.Warnings.ShouldContain(w => w.Contains("large.bin"));
    }

    [Fact]
    public void A_file_that_was_ignored_then_and_is_not_now_is_not_removed()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root, log: null, portable: false, new LaterClock());
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        repository.Write(".gitignore", "\n");

        var outcome = writer.Restore(new RestoreRequest { Transaction = taken.Id });

        repository.Exists("ignored.log").ShouldBeTrue();
        outcome.Warnings.ShouldContain(w => w.Contains("ignored.log"));
    }

    [Fact]
    public void The_index_comes_back_with_the_worktree_where_that_is_asked_for()
    {
        using var repository = Repository();
        repository.Write("a.txt", "staged\n");
        repository.Git("add", "a.txt");
        var staged = repository.Git("ls-files", "-s");
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        repository.Git("reset", "-q", "--hard");

        writer.Restore(new RestoreRequest { Transaction = taken.Id, Index = true }).State.ShouldBe(WriteState.Applied);

        repository.Git("ls-files", "-s").ShouldBe(staged);
        repository.Read("a.txt").ShouldBe("staged\n");
    }

    [Fact]
    public void A_forgotten_path_is_gone_from_snapshot_and_index_and_a_restore_leaves_the_file()
    {
        using var repository = Repository();
        repository.Git("add", "dir/new.txt");
        using var writer = Writer.Open(repository.Root);
        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;
        writer.Forget(new GitWriteOpt.Retention.ForgetRequest { Paths = [RepoPath.Parse("dir/new.txt")] });

        writer.Restore(new RestoreRequest { Transaction = taken.Id }).Warnings.ShouldContain(w => w.Contains("dir/new.txt"));

        repository.Read("dir/new.txt").ShouldBe("new\n");
        repository.Git("log", "--format=%H", taken.Ref).Split('\n')
            .ShouldAllBe(c => !repository.Git("ls-tree", "-r", "--name-only", c).Contains("new.txt"));
    }

    [Fact]
    public void Nested_repositories_are_named_and_left_alone()
    {
        using var repository = Repository();
        TestRepository.Run(repository.Root, "git", ["init", "-q", "nested"]);
        repository.Write("nested/own.txt", "own\n");
        using var writer = Writer.Open(repository.Root);

        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;

        taken.Nested.ShouldBe(["nested"]);
        repository.Git("ls-tree", "-r", "--name-only", taken.Ref).ShouldNotContain("own.txt");
    }

    [Fact]
    public void What_lies_behind_a_link_that_took_a_directorys_place_is_not_in_the_snapshot()
    {
        using var repository = Repository();
        Directory.Move(repository.At("dir"), repository.Outside("elsewhere"));
        File.CreateSymbolicLink(repository.At("dir"), repository.Outside("elsewhere"));
        using var writer = Writer.Open(repository.Root);

        var taken = writer.TakeSnapshot("x", null, Durability.None).Snapshot;

        repository.Git("ls-tree", "-r", taken.Ref).Split('\n').Where(l => l.Contains("\tdir", StringComparison.Ordinal))
            .Single().ShouldStartWith("120000");
    }

    private static TestRepository Repository(string initArguments = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitignore"] = "*.log\n.env*\n",
            ["a.txt"] = "a\n",
            ["dir/b.txt"] = "b\n",
            ["run.sh"] = "#!/bin/sh\n",
        }, initArguments);
        File.SetUnixFileMode(repository.At("run.sh"), (UnixFileMode)0x1ed);
        File.CreateSymbolicLink(repository.At("link"), "a.txt");
        repository.Commit("more");
        repository.Write("a.txt", "changed\n");
        repository.Write("dir/new.txt", "new\n");
        repository.Write("ignored.log", "ignored\n");
        repository.Write(".env.local", "SECRET=1\n");
        return repository;
    }

    private sealed class LaterClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(1);
    }

    // What was written this very moment is read again by the next survey, rightly.
    private static void Age(TestRepository repository)
    {
        foreach (var file in Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/.git/", StringComparison.Ordinal)))
        {
            if (new FileInfo(file).LinkTarget is null)
            {
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));
            }
        }
    }
}
