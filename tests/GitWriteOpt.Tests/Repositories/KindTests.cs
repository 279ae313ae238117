using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>What is special in one kind of repository.</summary>
public sealed class KindTests
{
    [Fact]
    public void Linked_worktrees_have_their_own_state_locks_and_undo()
    {
        using var main = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "0\n" });
        main.Git("worktree", "add", "-q", "../linked", "-b", "side");
        using var linked = main.Beside("linked");
        using var here = Writer.Open(main.Root);
        using var there = Writer.Open(linked.Root);
        Applied(here, main, "here");
        using (WorktreeLock.Acquire(new LocalState(here.Layout), TimeSpan.Zero, null))
        {
            Applied(there, linked, "there");
        }

        here.Find("@").Message.ShouldBe("here");
        there.Find("@").Message.ShouldBe("there");
        (here.Log(new()).Count(), here.Log(new(AllWorktrees: true)).Count()).ShouldBe((1, 2));
        Should.Throw<Errors.UsageException>(() => here.Rollback(new() { Transaction = there.Find("@").Transaction }))
            .Error.Code.ShouldBe("other-worktree");
        here.Rollback(new()).State.ShouldBe(WriteState.Applied);
        (main.Read("f.txt"), linked.Read("f.txt")).ShouldBe(("0\n", "there\n"));
        Should.Throw<Errors.UsageException>(() => here.Rollback(new()));
        there.Rollback(new()).State.ShouldBe(WriteState.Applied);
        Directory.Exists(main.At(".git/worktrees/linked/writeopt")).ShouldBeTrue();
    }

    [Fact]
    public void A_transaction_that_another_worktree_left_open_is_reported_and_not_touched_I6()
    {
        using var main = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "0\n" });
        main.Git("worktree", "add", "-q", "../linked", "-b", "side");
        using var linked = main.Beside("linked");
        using var here = Writer.Open(main.Root);
        using var there = Writer.Open(linked.Root);
        var open = Applied(there, linked, "there");
        main.Git("update-ref", "refs/writeopt/pending/" + open.Transaction, open.After!);
        main.Git("update-ref", "-d", open.Ref!);
        var outcome = here.Recover(new RecoverRequest());
        (outcome.State, outcome.Recovered.Count).ShouldBe((RecoveryState.Clean, 0));
        outcome.Warnings.ShouldHaveSingleItem().ShouldContain(open.Transaction!);
        linked.Read("f.txt").ShouldBe("there\n");
        there.Recover(new RecoverRequest { Direction = RecoveryDirection.Back }).State.ShouldBe(RecoveryState.Recovered);
        linked.Read("f.txt").ShouldBe("0\n");
    }

    [Theory]
    [InlineData("sparse checkout")]
    [InlineData("sparse index")]
    public void A_path_outside_the_cone_is_written_and_taken_back_and_its_neighbours_stay_away(string kind)
    {
        using var any = Kinds.Make(kind, "out of cone");
        var repository = any.Repository;
        var (before, view) = (repository.State(), any.View());
        using var writer = any.Open();
        var outcome = writer.Apply(repository.Batch("""
            {"operations":[{"op":"write","path":"far/below/too.txt","content":"new\n"},{"op":"write","path":"far/new.txt","content":"new\n"}]}
            """), new ApplyOptions { Stage = true });
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        repository.Git("diff", "--cached", "--name-status").Split('\n').ShouldBe(["M\tfar/below/too.txt", "A\tfar/new.txt"]);
        repository.Exists("far/away.txt").ShouldBeFalse();
        repository.Git("ls-files", "far/away.txt").ShouldBe("far/away.txt");
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
        any.View().ShouldBe(view);
    }

    [Fact]
    public void A_filter_never_runs_raw_bytes_are_kept_and_its_paths_are_not_staged_I11()
    {
        using var any = Kinds.Make("filters", "raw");
        var repository = any.Repository;
        var trap = repository.Outside("trap");
        File.Delete(trap);
        const string batch = """{"operations":[{"op":"write","path":"big.bin","content":"smudged\r\n"},{"op":"write","path":"new.bin","content":"2"}]}""";
        var applied = repository.Applied(batch);
        repository.Git("cat-file", "-p", applied.After + ":big.bin").ShouldBe("smudged\r");
        using var writer = any.Open();
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        var refused = repository.Apply(batch, new ApplyOptions { Stage = true });
        (refused.State, refused.Error!.Code).ShouldBe((WriteState.Refused, "filtered-path"));
        repository.Read("big.bin").ShouldBe("pointer\n");
        File.Exists(trap).ShouldBeFalse("no filter was run");
    }

    [Fact]
    public void Where_case_is_ignored_a_case_only_rename_works_and_a_collision_is_refused()
    {
        using var any = Kinds.Make("ignore case", "case");
        var repository = any.Repository;
        var before = repository.State();
        repository.Applied("""{"op":"move","from":"a.txt","to":"A.txt"}""");
        Directory.GetFiles(repository.Root).Select(Path.GetFileName).ShouldContain("A.txt");
        using var writer = any.Open();
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
        foreach (var path in new[] { "B.TXT", "DIR/new.txt" })
        {
            var refused = repository.Apply($$"""{"op":"write","path":"{{path}}","content":"x"}""");
            (refused.State, refused.Error!.Code).ShouldBe((WriteState.Refused, "path-collision"));
        }

        repository.State().ShouldBe(before);
    }

    [Fact]
    public void Where_links_cannot_be_made_a_link_is_refused()
    {
        using var any = Kinds.Make("no symlinks", "link");
        var outcome = any.Repository.Apply("""{"op":"symlink","path":"l","target":"a.txt"}""");
        outcome.State.ShouldBe(WriteState.Refused);
        outcome.Error!.Message.ShouldContain("link");
    }

    [Fact]
    public void Where_file_modes_mean_nothing_they_are_neither_staged_nor_in_the_way_of_a_rollback()
    {
        using var any = Kinds.Make("no file mode", "noise");
        var repository = any.Repository;
        const UnixFileMode all = (UnixFileMode)0x1ff;
        File.SetUnixFileMode(repository.At("b.txt"), all);
        repository.Applied("""
            {"operations":[{"op":"write","path":"b.txt","content":"x\n"},{"op":"write","path":"n.txt","content":"x\n"}]}
            """, new ApplyOptions { Stage = true });
        repository.Git("ls-files", "--stage", "b.txt").ShouldStartWith("100644 ");
        File.SetUnixFileMode(repository.At("n.txt"), all);
        using var writer = any.Open();
        var undone = writer.Rollback(new());
        undone.Error.ShouldBeNull(undone.Error?.Message);
        (repository.Exists("n.txt"), repository.Read("b.txt")).ShouldBe((false, "first\nlast\n"));
        repository.Git("status", "--porcelain").ShouldBeEmpty();
    }

    [Fact]
    public void In_a_shared_repository_the_group_can_use_what_we_write()
    {
        using var any = Kinds.Make("shared by a group", "group");
        var repository = any.Repository;
        repository.Applied("""{"op":"write","path":"a.txt","content":"x\n"}""");
        foreach (var path in Directory.EnumerateFiles(repository.At(".git/objects/pack"))
            .Concat(Directory.EnumerateFiles(repository.At(".git/refs/writeopt/tx"))))
        {
            File.GetUnixFileMode(path).HasFlag(UnixFileMode.GroupRead).ShouldBeTrue(path);
        }

        File.GetUnixFileMode(repository.At(".git/refs/writeopt/tx")).HasFlag(UnixFileMode.GroupWrite).ShouldBeTrue();
    }

    [Fact]
    public void A_merge_in_progress_keeps_its_conflicts_and_they_are_not_staged_away()
    {
        using var any = Kinds.Make("merge in progress", "clash");
        var repository = any.Repository;
        var unmerged = repository.Git("ls-files", "--unmerged");
        const string resolve = """{"op":"write","path":"clash.txt","content":"both\n"}""";
        var refused = repository.Apply(resolve, new ApplyOptions { Stage = true });
        (refused.State, refused.Error!.Code).ShouldBe((WriteState.Refused, "unmerged-path"));
        repository.Applied(resolve);
        repository.Git("ls-files", "--unmerged").ShouldBe(unmerged);
        repository.Exists(".git/MERGE_HEAD").ShouldBeTrue();
    }

    [Fact]
    public void New_files_take_the_group_of_a_set_group_id_directory()
    {
        Assert.SkipUnless(Confined.IsRoot, "only root can give a directory to a group that it is not in");
        using var any = Kinds.Make("set-group-id directories", "group");
        var repository = any.Repository;
        TestRepository.Run(repository.Root, "chgrp", ["12345", "dir"]);
        File.SetUnixFileMode(repository.At("dir"), File.GetUnixFileMode(repository.At("dir")) | UnixFileMode.SetGroup);
        repository.Applied("""{"operations":[{"op":"write","path":"dir/n.txt","content":"1"},{"op":"write","path":"dir/sub/n.txt","content":"1"}]}""");
        TestRepository.Run(repository.Root, "stat", ["-c", "%g", "dir/n.txt", "dir/sub", "dir/sub/n.txt"])
            .ShouldBe("12345\n12345\n12345\n");
    }

    [Fact]
    public void Default_access_lists_reach_new_files_as_if_they_had_been_made_in_place()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["dir/f.txt"] = "1\n" });
        if (!XAttributes.TrySet(repository.At("dir"), "system.posix_acl_default", XAttributes.AccessList))
        {
            Assert.Skip("this file system has no access control lists");
        }

        File.WriteAllText(repository.At("dir/model.txt"), "made in place");
        repository.Applied("""{"op":"write","path":"dir/n.txt","content":"1"}""");
        XAttributes.Get(repository.At("dir/n.txt"), "system.posix_acl_access")
            .ShouldBe(XAttributes.Get(repository.At("dir/model.txt"), "system.posix_acl_access"));
        File.GetUnixFileMode(repository.At("dir/n.txt")).ShouldBe(File.GetUnixFileMode(repository.At("dir/model.txt")));
    }

    [Fact]
    public void Extended_attributes_and_access_lists_of_touched_files_are_kept_I4()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "1\n" });
        if (!XAttributes.TrySet(repository.At("f.txt"), "user.origin", "somewhere"u8)
            || !XAttributes.TrySet(repository.At("f.txt"), "system.posix_acl_access", XAttributes.AccessList))
        {
            Assert.Skip("this file system has no extended attributes or access control lists");
        }

        var mode = File.GetUnixFileMode(repository.At("f.txt"));
        using var writer = Writer.Open(repository.Root);
        Applied(writer, repository, "changed");
        Kept();
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        Kept();

        void Kept()
        {
            XAttributes.Get(repository.At("f.txt"), "user.origin").ShouldBe("somewhere"u8.ToArray());
            XAttributes.Get(repository.At("f.txt"), "system.posix_acl_access").ShouldBe(XAttributes.AccessList.ToArray());
            File.GetUnixFileMode(repository.At("f.txt")).ShouldBe(mode);
        }
    }

    private static WriteOutcome Applied(Writer writer, TestRepository repository, string text)
    {
        var outcome = writer.Apply(repository.Batch($$"""
            {"message":"{{text}}","operations":[{"op":"write","path":"f.txt","content":"{{text}}\n"}]}
            """), new ApplyOptions());
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        return outcome;
    }
}
