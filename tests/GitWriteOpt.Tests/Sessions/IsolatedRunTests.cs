using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

public sealed class IsolatedRunTests
{
    [Fact]
    public void The_isolated_worktree_has_what_is_here_dirty_staged_untracked_and_private()
    {
        using var repository = Repository();
        repository.Write("a.txt", "dirty\n");
        repository.Write("staged.txt", "staged\n");
        repository.Git("add", "staged.txt");
        repository.Write("staged.txt", "and changed\n");
        repository.Write("new/untracked.txt", "new\n");
        repository.Write(".env", "SECRET=1\n");
        repository.Write("run.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(repository.At("run.sh"), (UnixFileMode)0x1c0);
        File.CreateSymbolicLink(repository.At("link"), "a.txt");
        repository.Git("rm", "-q", "gone.txt");
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "look");

        WorktreeState.Of(run.Root).ShouldBe(repository.State());
        Git(run, "status", "--porcelain").ShouldBe(repository.Git("status", "--porcelain"));
        Git(run, "rev-parse", "HEAD").ShouldBe(repository.Git("rev-parse", "HEAD"));
        TestRepository.RunAny(run.Root, "git", ["symbolic-ref", "-q", "HEAD"]).ExitCode.ShouldBe(1);
        End(writer, run).ShouldBeNull();
    }

    [Fact]
    public void What_the_command_wrote_lands_as_one_transaction_that_can_be_undone_and_nothing_is_left()
    {
        using var repository = Repository();
        repository.Write("dirty.txt", "mine\n");
        var before = repository.State();
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        Write(run, "a.txt", "changed\n");
        Write(run, "made/deep/b.txt", "made\n");
        File.Delete(run.Root + "/gone.txt");
        Write(run, "dirty.txt", "mine\nand more\n");
        repository.State().ShouldBe(before);

        var landed = Land(writer, run);
        landed.State.ShouldBe(WriteState.Applied);
        landed.Files.Select(f => f.Path).Order(StringComparer.Ordinal).ShouldBe(["a.txt", "dirty.txt", "gone.txt", "made/deep/b.txt"]);
        repository.Read("made/deep/b.txt").ShouldBe("made\n");
        repository.Exists("gone.txt").ShouldBeFalse();
        writer.Find("@").Kind.ShouldBe(TransactionKind.Run);
        Directory.Exists(run.Root).ShouldBeFalse();
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(1);
        writer.Snapshots().ShouldBeEmpty();
        writer.Rollback(new RollbackRequest()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void What_changed_here_meanwhile_is_merged_and_is_not_counted_as_the_commands()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        Write(run, "long.txt", Long.Replace("line 2\n", "line two\n", StringComparison.Ordinal));
        repository.Write("long.txt", Long.Replace("line 18\n", "line eighteen\n", StringComparison.Ordinal));
        repository.Write("other.txt", "a person's\n");

        Land(writer, run).State.ShouldBe(WriteState.Applied);
        repository.Read("long.txt").ShouldBe(Long.Replace("line 2\n", "line two\n", StringComparison.Ordinal)
            .Replace("line 18\n", "line eighteen\n", StringComparison.Ordinal));
        writer.Rollback(new RollbackRequest { Session = run.Session.Id }).State.ShouldBe(WriteState.Applied);
        repository.Read("other.txt").ShouldBe("a person's\n");
        repository.Read("long.txt").ShouldBe(Long.Replace("line 18\n", "line eighteen\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_conflict_refuses_all_changes_nothing_and_keeps_the_work_whole()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        Write(run, "a.txt", "the command's\n");
        Write(run, "b.txt", "made by it\n");
        repository.Write("a.txt", "a person's\n");
        var before = repository.State();

        var refused = Land(writer, run);
        (refused.State, refused.Error!.Code, refused.Error.Path).ShouldBe((WriteState.Refused, "changed-since", "a.txt"));
        repository.State().ShouldBe(before);
        var kept = refused.Ref!["refs/writeopt/kept/".Length..];
        repository.Git("show", refused.Ref + ":b.txt").ShouldBe("made by it");
        writer.Resume(kept, new ApplyOptions { ThreeWay = true, Favor = MergeFavor.Theirs }).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("the command's\n");
        repository.Read("b.txt").ShouldBe("made by it\n");
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldBeEmpty();
    }

    [Fact]
    public void Work_that_validation_objects_to_does_not_land()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        Write(run, "data.json", "{ \"broken\": \n");

        var refused = Land(writer, run);
        refused.State.ShouldBe(WriteState.Refused);
        refused.Findings.ShouldNotBeEmpty();
        repository.Exists("data.json").ShouldBeFalse();
        refused.Ref.ShouldNotBeNull();
    }

    [Fact]
    public void Two_runs_at_once_land_one_after_the_other()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using var first = writer.Isolate("test", "first");
        using var second = writer.Isolate("test", "second");
        Write(first, "a.txt", "first\n");
        Write(second, "b.txt", "second\n");

        Land(writer, first).State.ShouldBe(WriteState.Applied);
        Land(writer, second).State.ShouldBe(WriteState.Applied);
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("first\n", "second\n"));
    }

    [Fact]
    public void Commits_made_inside_move_no_branch_and_are_held_by_a_ref()
    {
        using var repository = Repository();
        var head = repository.Git("rev-parse", "HEAD");
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        Write(run, "a.txt", "committed\n");
        Git(run, "commit", "-qam", "inside");
        var made = Git(run, "rev-parse", "HEAD");

        Land(writer, run).State.ShouldBe(WriteState.Applied);
        repository.Git("rev-parse", "HEAD").ShouldBe(head);
        (run.Commits, repository.Git("rev-parse", run.CommitRef!)).ShouldBe((1, made));
        repository.Read("a.txt").ShouldBe("committed\n");
        repository.Git("status", "--porcelain").ShouldBe(" M a.txt");
    }

    [Fact]
    public void A_directory_that_is_configured_is_linked_in_and_what_is_ignored_does_not_land()
    {
        using var repository = Repository();
        repository.Write(".gitignore", "node_modules/\n*.log\n");
        repository.Write("node_modules/pkg/index.js", "x\n");
        repository.Git("config", "writeopt.isolated.link", "node_modules");
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        File.ReadAllText(run.Root + "/node_modules/pkg/index.js").ShouldBe("x\n");
        Write(run, "node_modules/other/index.js", "y\n");
        Write(run, "build.log", "z\n");
        Git(run, "status", "--porcelain").ShouldBe(" M .gitignore");

        Land(writer, run).State.ShouldBe(WriteState.Unchanged);
        run.Ignored.ShouldBe(1);
        repository.Exists("node_modules/other").ShouldBeFalse();
        repository.Read("node_modules/pkg/index.js").ShouldBe("x\n");
    }

    [Fact]
    public void Files_are_copied_raw_whatever_attributes_and_filters_say()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\ntwo\n", ["f.bin"] = "plain\n" });
        repository.Write(".gitattributes", "*.txt text eol=crlf\n*.bin filter=shout\n");
        repository.Git("config", "filter.shout.clean", "tr a-z A-Z");
        repository.Git("config", "filter.shout.smudge", "tr A-Z a-z");
        repository.Write("a.txt", "one\r\ntwo\r\n");
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");

        WorktreeState.Of(run.Root).ShouldBe(repository.State());
        Write(run, "a.txt", "one\r\ntwo\r\nthree\r\n");
        Land(writer, run).Files.Single().Path.ShouldBe("a.txt");
        repository.Read("a.txt").ShouldBe("one\r\ntwo\r\nthree\r\n");
    }

    [Theory]
    [InlineData("--object-format=sha256")]
    [InlineData("")]
    public void A_sparse_checkout_stays_sparse_and_a_submodule_an_empty_directory(string format)
    {
        using var repository = TestRepository.With(
            new Dictionary<string, string> { ["in/a.txt"] = "a\n", ["out/b.txt"] = "b\n", ["top.txt"] = "t\n" }, format);
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{repository.Git("rev-parse", "HEAD")},sub");
        repository.Git("commit", "-qm", "submodule");
        repository.Git("sparse-checkout", "set", "in");
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");

        Directory.Exists(run.Root + "/out").ShouldBeFalse();
        Git(run, "status", "--porcelain").ShouldBeEmpty();
        Write(run, "in/a.txt", "changed\n");
        Land(writer, run).Files.Single().Path.ShouldBe("in/a.txt");
    }

    [Fact]
    public void A_linked_worktree_can_have_isolated_runs_of_its_own()
    {
        using var repository = Repository();
        repository.Git("worktree", "add", "-q", repository.Outside("linked"));
        using var linked = repository.Beside("linked");
        linked.Write("a.txt", "dirty in the linked one\n");
        using var writer = Writer.Open(linked.Root);
        using var run = writer.Isolate("test", "work");
        File.ReadAllText(run.Root + "/a.txt").ShouldBe("dirty in the linked one\n");
        Write(run, "b.txt", "b\n");

        Land(writer, run).State.ShouldBe(WriteState.Applied);
        linked.Read("b.txt").ShouldBe("b\n");
        repository.Exists("b.txt").ShouldBeFalse();
    }

    [Fact]
    public void What_a_killed_run_left_is_swept_by_the_next_and_a_living_one_is_not()
    {
        using var repository = Repository();
        var left = repository.Outside("left");
        repository.Git("worktree", "add", "-q", "--detach", "--lock", "--reason",
            $"git writeopt run --isolated: 999999 1 other-boot {Environment.MachineName}", left);
        Directory.CreateDirectory(left + "/closed");
        File.SetUnixFileMode(left + "/closed", UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var writer = Writer.Open(repository.Root);
        using var first = writer.Isolate("test", "first");
        Directory.Exists(left).ShouldBeFalse();
        using var second = writer.Isolate("test", "second");
        Directory.Exists(first.Root).ShouldBeTrue();
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(3);
        End(writer, first);
        End(writer, second);
    }

    [Fact]
    public void A_worktree_that_is_kept_is_the_users_from_then_on()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using var run = writer.Isolate("test", "work");
        writer.LookAt(run, "work");
        writer.EndIsolation(run, landed: false, keepWorktree: true, "work").ShouldBeNull();

        repository.Git("worktree", "list", "--porcelain").ShouldNotContain("locked");
        repository.Git("worktree", "remove", "--force", run.Root);
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public void Without_a_commit_there_is_nothing_to_stand_on()
    {
        using var repository = TestRepository.Init();
        using var writer = Writer.Open(repository.Root);
        Should.Throw<RefusedException>(() => writer.Isolate("test", "work")).Error.Code.ShouldBe("no-commit");
        writer.OpenSessions().ShouldBeEmpty();
    }

    private static readonly string Long = string.Concat(Enumerable.Range(1, 20).Select(i => $"line {i}\n"));

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "one\n",
            ["gone.txt"] = "gone\n",
            ["long.txt"] = Long,
            [".gitignore"] = "",
        }, "", test);

    private static void Write(IsolatedRun run, string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(run.Root + "/" + path)!);
        File.WriteAllText(run.Root + "/" + path, content);
    }

    private static string Git(IsolatedRun run, params string[] arguments) =>
        TestRepository.Run(run.Root, "git", arguments).TrimEnd('\n');

    private static WriteOutcome Land(Writer writer, IsolatedRun run)
    {
        writer.LookAt(run, "work");
        var outcome = writer.Land(run, validate: true);
        writer.EndIsolation(run, outcome.Error is null, keepWorktree: false, "work").ShouldBeNull();
        return outcome;
    }

    private static string? End(Writer writer, IsolatedRun run) => writer.EndIsolation(run, landed: false, keepWorktree: false, "end");
}
