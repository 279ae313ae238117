using GitWriteOpt.Planning;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

public sealed class ApplyTests
{
    private const string Everything = """
        {"message":"everything at once","operations":[
          {"op":"write","path":"new/deep/file.txt","content":"made\n"},
          {"op":"edit","path":"a.txt","edits":[{"old":"two","new":"TWO"}]},
          {"op":"insert","path":"b.txt","line":1,"text":"between\n"},
          {"op":"delete","path":"gone/only.txt"},
          {"op":"move","from":"old.txt","to":"moved/new.txt"},
          {"op":"copy","from":"a.txt","to":"copy.txt"},
          {"op":"chmod","path":"run.sh","executable":true},
          {"op":"symlink","path":"link","target":"a.txt"}
        ]}
        """;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["a.txt"] = "one\ntwo\nthree\n",
        ["b.txt"] = "first\nlast\n",
        ["gone/only.txt"] = "last of its directory\n",
        ["old.txt"] = "moves\n",
        ["run.sh"] = "#!/bin/sh\n",
        ["untouched.txt"] = "stays\n",
    };

    [Theory]
    [InlineData("", false)]
    [InlineData("--object-format=sha256", false)]
    [InlineData("", true)]
    public void Every_operation_is_applied_and_the_transaction_is_an_ordinary_commit(string init, bool portable)
    {
        using var repository = TestRepository.With(Files, init);
        using var writer = Writer.Open(repository.Root, null, portable, null);
        var untouched = File.GetLastWriteTimeUtc(repository.At("untouched.txt"));
        var head = repository.Git("rev-parse", "HEAD");
        var index = File.ReadAllBytes(repository.At(".git/index"));

        var outcome = writer.Apply(repository.Batch(Everything), new ApplyOptions());

        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("one\nTWO\nthree\n");
        repository.Read("copy.txt").ShouldBe("one\nTWO\nthree\n");
        repository.Read("b.txt").ShouldBe("first\nbetween\nlast\n");
        repository.Read("moved/new.txt").ShouldBe("moves\n");
        repository.Read("new/deep/file.txt").ShouldBe("made\n");
        repository.Exists("old.txt").ShouldBeFalse();
        Directory.Exists(repository.At("gone")).ShouldBeFalse("a directory that loses its last file goes, as in git");
        new FileInfo(repository.At("link")).LinkTarget.ShouldBe("a.txt");
        File.GetUnixFileMode(repository.At("run.sh")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();

        // I3, I4: nothing unasked.
        repository.Git("rev-parse", "HEAD").ShouldBe(head);
        File.ReadAllBytes(repository.At(".git/index")).ShouldBe(index);
        File.GetLastWriteTimeUtc(repository.At("untouched.txt")).ShouldBe(untouched);

        repository.Git("rev-parse", outcome.Ref!).ShouldBe(outcome.After);
        repository.Git("rev-parse", outcome.Ref + "^").ShouldBe(outcome.Before);
        repository.Git("log", "-1", "--format=%cd|%s", "--date=raw", outcome.Ref!).ShouldBe("1 +0000|everything at once");
        repository.Git("diff-tree", "-r", "-M", "--no-commit-id", "--name-status", outcome.Ref!).Split('\n').Length.ShouldBe(8);
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
        repository.Git("interpret-trailers", "--parse", "--no-divider").ShouldBeEmpty();
        outcome.Files.Single(f => f.Path == "moved/new.txt").Change.ShouldBe(ChangeKind.Renamed);
        Directory.Exists(repository.At(".git/writeopt/stage")).ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/stage")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rollback_restores_every_byte_mode_link_and_directory_and_can_itself_be_rolled_back_I8(bool portable)
    {
        using var repository = TestRepository.With(Files);
        File.SetUnixFileMode(repository.At("b.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.CreateDirectory(repository.At("new"));
        var before = repository.State();
        using var writer = Writer.Open(repository.Root, null, portable, null);
        writer.Apply(repository.Batch(Everything), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        var after = repository.State();

        var undone = writer.Rollback(new());
        undone.Error.ShouldBeNull(undone.Error?.Message);
        repository.State().ShouldBe(before);

        var redone = writer.Redo(null, Durability.Full);
        redone.Error.ShouldBeNull(redone.Error?.Message);
        repository.State().ShouldBe(after);

        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void Files_and_directories_trade_places_in_one_transaction()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["conf"] = "a file\n",
            ["lib/one"] = "1\n",
            ["lib/sub/two"] = "2\n",
            ["alias"] = "x\n",
        });
        var before = repository.State();
        repository.Applied("""
            {"operations":[
              {"op":"delete","path":"conf"},{"op":"write","path":"conf/main.txt","content":"now below\n"},
              {"op":"delete","path":"lib/one"},{"op":"delete","path":"lib/sub/two"},
              {"op":"write","path":"lib","content":"now a file\n"},
              {"op":"delete","path":"alias"},{"op":"symlink","path":"alias","target":"lib"}
            ]}
            """);
        repository.Read("conf/main.txt").ShouldBe("now below\n");
        repository.Read("lib").ShouldBe("now a file\n");
        new FileInfo(repository.At("alias")).LinkTarget.ShouldBe("lib");

        using var writer = Writer.Open(repository.Root);
        var undone = writer.Rollback(new());
        undone.Error.ShouldBeNull(undone.Error?.Message);
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_batch_that_changes_nothing_makes_no_transaction()
    {
        using var repository = TestRepository.With(Files);
        var outcome = repository.Apply("""{"operations":[{"op":"write","path":"a.txt","content":"one\ntwo\nthree\n"}]}""");
        outcome.State.ShouldBe(WriteState.Unchanged);
        outcome.Transaction.ShouldBeNull();
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
    }

    [Fact]
    public void A_dry_run_changes_nothing_at_all()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        repository.Apply(Everything, new ApplyOptions { DryRun = true }).State.ShouldBe(WriteState.Planned);
        repository.State().ShouldBe(before);
        Directory.Exists(repository.At(".git/writeopt")).ShouldBeFalse();
    }

    [Fact]
    public void One_operation_that_cannot_be_done_refuses_the_whole_batch()
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        var outcome = repository.Apply("""
            {"operations":[{"op":"write","path":"x","content":"1"},{"op":"edit","path":"a.txt","edits":[{"old":"absent","new":""}]}]}
            """);
        outcome.State.ShouldBe(WriteState.Refused);
        outcome.Error!.Code.ShouldBe("text-not-found");
        repository.State().ShouldBe(before);
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_dirty_untracked_or_ignored_is_backed_up_before_it_is_overwritten_I2()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "committed\n", [".gitignore"] = "*.log\n" });
        repository.Write("a.txt", "dirty\n");
        repository.Write("new.txt", "untracked\n");
        repository.Write("run.log", "ignored\n");
        var outcome = repository.Applied("""
            {"operations":[{"op":"write","path":"a.txt","content":"1"},{"op":"write","path":"new.txt","content":"2"},
            {"op":"delete","path":"run.log"}]}
            """);
        repository.Git("show", outcome.Before + ":a.txt").ShouldBe("dirty");
        repository.Git("show", outcome.Before + ":new.txt").ShouldBe("untracked");
        repository.Git("show", outcome.Before + ":run.log").ShouldBe("ignored");
    }

    [Fact]
    public void Permission_bits_are_kept_and_new_files_follow_the_umask_I4()
    {
        using var repository = TestRepository.With(Files);
        const UnixFileMode secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(repository.At("a.txt"), secret);
        var outcome = repository.Applied("""
            {"operations":[{"op":"write","path":"a.txt","content":"x\n"},{"op":"chmod","path":"b.txt","executable":true},
            {"op":"write","path":"n.txt","content":""}]}
            """);
        File.GetUnixFileMode(repository.At("a.txt")).ShouldBe(secret);
        repository.Git("show", "-s", "--format=%B", outcome.Before!).ShouldContain("Writeopt-Mode: 100600 a.txt");
        File.WriteAllText(repository.Outside("plain"), "");
        File.GetUnixFileMode(repository.At("n.txt")).ShouldBe(File.GetUnixFileMode(repository.Outside("plain")));
    }

    [Fact]
    public void A_hard_link_is_broken_and_its_other_name_keeps_the_old_content()
    {
        using var repository = TestRepository.With(Files);
        TestRepository.Run(repository.Root, "ln", ["a.txt", "../other-name"]);
        var outcome = repository.Applied("""{"op":"write","path":"a.txt","content":"new\n"}""");
        File.ReadAllText(repository.Outside("other-name")).ShouldBe("one\ntwo\nthree\n");
        outcome.Warnings.ShouldContain(w => w.Contains("link"));
    }

    [Fact]
    public void The_index_is_changed_only_with_stage_and_then_only_for_the_written_paths_I3()
    {
        using var repository = TestRepository.With(Files);
        repository.Write("untouched.txt", "user's edit\n");
        repository.Applied("""
            {"operations":[{"op":"write","path":"a.txt","content":"staged\n"},{"op":"delete","path":"old.txt"},
            {"op":"write","path":"n.txt","content":"new\n"}]}
            """, new ApplyOptions { Stage = true });
        repository.Git("status", "--porcelain").Split('\n').Order().ShouldBe([" M untouched.txt", "A  n.txt", "D  old.txt", "M  a.txt"], ignoreOrder: true);

        using var writer = Writer.Open(repository.Root);
        var undone = writer.Rollback(new());
        undone.Error.ShouldBeNull(undone.Error?.Message);
        repository.Git("status", "--porcelain").ShouldBe(" M untouched.txt");
    }

    [Fact]
    public void A_large_file_is_streamed_and_comes_back()
    {
        using var repository = TestRepository.With(Files);
        var big = new byte[12 << 20];
        new Random(1).NextBytes(big);
        repository.Write("big.bin", big);
        var before = repository.State();
        File.WriteAllBytes(repository.Outside("source"), [.. big.Reverse()]);
        repository.Applied($$"""{"op":"write","path":"big.bin","source":"{{repository.Outside("source")}}"}""");
        File.ReadAllBytes(repository.At("big.bin")).ShouldBe(big.Reverse());
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        }

        repository.State().ShouldBe(before);
        Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/tmp")).ShouldBeEmpty();
    }

    [Fact]
    public void An_unborn_head_and_a_detached_one_work()
    {
        using var unborn = TestRepository.Init();
        unborn.Applied("""{"op":"write","path":"first.txt","content":"x\n"}""");
        using var detached = TestRepository.With(Files);
        detached.Git("checkout", "-q", "--detach");
        detached.Applied("""{"op":"write","path":"first.txt","content":"x\n"}""");
    }

    [Fact]
    public void An_ordinary_cherry_pick_takes_a_transaction_over()
    {
        using var repository = TestRepository.With(Files);
        var outcome = repository.Applied("""{"operations":[{"op":"write","path":"a.txt","content":"picked\n"}]}""");
        repository.Git("stash", "-q", "-u");
        repository.Git("cherry-pick", outcome.Ref!);
        repository.Read("a.txt").ShouldBe("picked\n");
        repository.Git("log", "-1", "--format=%s").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(Durability.Full)]
    [InlineData(Durability.Batch)]
    [InlineData(Durability.None)]
    public void Each_durability_applies_and_rolls_back(Durability durability)
    {
        using var repository = TestRepository.With(Files);
        var before = repository.State();
        repository.Applied(Everything, new ApplyOptions { Durability = durability });
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new() { Durability = durability }).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
    }
}
