using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Tests.Validation.Checkers;

namespace GitWriteOpt.Tests.Validation.Sandbox;

/// <summary>A command decides on a batch in the sandbox, before anything is written.</summary>
public sealed class VerifyTests
{
    private const string Batch = """
        {"op":"edit","path":"a.txt","edits":[{"old":"one","new":"ONE"}]}
        {"op":"write","path":"new/b.sh","content":"#!/bin/sh\necho ran\n","mode":"100755"}
        {"op":"delete","path":"gone.txt"}
        {"op":"symlink","path":"link","target":"a.txt"}
        """;

    [Fact]
    public void The_command_sees_the_worktree_as_it_is_with_the_batch_and_the_worktree_is_not_touched_where_it_fails()
    {
        using var repository = Repository();
        repository.Write("dirty.txt", "changed\n");
        repository.Write("untracked.txt", "new\n");
        repository.Write("ignored.log", "x\n");
        var before = repository.State();
        var (head, index) = (repository.Git("rev-parse", "HEAD"), File.ReadAllBytes(repository.At(".git/index")));
        var seen = repository.Outside("seen");
        Checking.Script(repository.Outside("verify"), $"exec > {seen}; pwd; cat a.txt dirty.txt untracked.txt link; ./new/b.sh; "
            + "ls -A | tr '\\n' ' '; git status --short; git rev-parse HEAD; echo \"to a person\" >&2; exit 3");

        var outcome = repository.Apply(Batch, new ApplyOptions { Verify = repository.Outside("verify") });

        (outcome.State, outcome.Error!.Code, outcome.Error.Category).ShouldBe((WriteState.Refused, "verify-failed", ErrorCategory.Format));
        outcome.Error.Message.ShouldContain("ended with 3");
        outcome.CommandOutput.ShouldBe(["to a person"]);
        var log = outcome.Error.Message[(outcome.Error.Message.IndexOf("is in ") + 6)..];
        File.ReadAllText(log).ShouldBe("to a person\n");
        repository.State().ShouldBe(before);
        repository.Git("rev-parse", "HEAD").ShouldBe(head);
        File.ReadAllBytes(repository.At(".git/index")).ShouldBe(index);
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(1);
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
        var lines = File.ReadAllLines(seen);
        lines[0].ShouldBe(repository.At(".git/writeopt/sandbox/tree"));
        lines[1..6].ShouldBe(["ONE", "changed", "new", "ONE", "ran"]);
        lines[6].ShouldStartWith(".git .gitignore a.txt dirty.txt link new untracked.txt");
        lines[6..].ShouldContain(l => l.EndsWith(" D gone.txt"));
        lines.ShouldContain(" M dirty.txt");
        lines[^1].ShouldBe(head);
    }

    [Fact]
    public void Where_it_passes_the_batch_is_written_and_no_output_is_left()
    {
        using var repository = Repository();
        var outcome = repository.Applied(Batch, new ApplyOptions { Verify = "grep -q ONE a.txt" });
        repository.Read("a.txt").ShouldBe("ONE\n");
        outcome.CommandOutput.ShouldBeEmpty();
        Directory.GetFiles(repository.At(".git/writeopt/verify")).ShouldBeEmpty();
    }

    [Fact]
    public void The_sandbox_moves_forward_by_difference_and_keeps_what_an_incremental_build_needs()
    {
        using var repository = Repository();
        repository.Apply("""{"op":"write","path":"dirty.txt","content":"2\n"}""",
            new ApplyOptions { Verify = "sh -c 'echo built > out.log; echo stray > stray.txt; rm gone.txt; ln -s /etc etc; exit 1'" });
        var tree = repository.At(".git/writeopt/sandbox/tree/");
        var kept = File.GetLastWriteTimeUtc(tree + "a.txt");
        var source = File.GetLastWriteTimeUtc(tree + "dirty.txt");

        repository.Apply("""{"op":"write","path":"etc/x","content":"3\n"}""", new ApplyOptions { Verify = "sh -c 'cat dirty.txt gone.txt; false'" })
            .CommandOutput.ShouldBe(["dirty", "gone"]);

        File.GetLastWriteTimeUtc(tree + "a.txt").ShouldBe(kept);
        File.GetLastWriteTimeUtc(tree + "dirty.txt").ShouldBeGreaterThan(source);
        File.ReadAllText(tree + "out.log").ShouldBe("built\n");
        File.Exists(tree + "stray.txt").ShouldBeFalse("a file that is not ignored would count as a source");
        (File.ReadAllText(tree + "etc/x"), File.Exists("/etc/x")).ShouldBe(("3\n", false));
    }

    [Fact]
    public void A_damaged_or_lost_list_means_a_new_sandbox()
    {
        using var repository = Repository();
        const string see = "sh -c 'ls; false'";
        var first = repository.Apply(Batch, new ApplyOptions { Verify = see }).CommandOutput;
        File.WriteAllText(repository.At(".git/writeopt/sandbox/manifest"), "nonsense");
        File.WriteAllText(repository.At(".git/writeopt/sandbox/tree/left.log"), "x");
        repository.Apply(Batch, new ApplyOptions { Verify = see }).CommandOutput.ShouldBe(first);
    }

    [Fact]
    public void Ignored_package_directories_are_linked_never_copied()
    {
        using var repository = Repository();
        repository.Write("node_modules/p/index.js", "1\n");
        repository.Write("vendor/tracked.txt", "t\n");
        repository.Git("add", "-f", "vendor/tracked.txt");

        var outcome = repository.Apply(Batch, new ApplyOptions { Verify = "sh -c 'cat node_modules/p/index.js; readlink node_modules; readlink vendor; cat vendor/tracked.txt; false'" });

        outcome.CommandOutput.ShouldBe(["1", repository.At("node_modules"), "t"]);
    }

    [Fact]
    public void Whatever_the_command_does_with_git_nothing_of_the_users_moves_I3()
    {
        using var repository = Repository();
        repository.Git("branch", "other");
        var refs = repository.Git("for-each-ref");
        var index = File.ReadAllBytes(repository.At(".git/index"));
        var config = repository.Read(".git/config");

        repository.Applied(Batch, new ApplyOptions
        {
            Verify = "sh -ec 'git add -A; git commit -qm evil; git tag evil; git branch evil2; git config a.b c; git checkout -q -b third'",
        });

        repository.Git("for-each-ref", "refs/heads", "refs/tags").ShouldBe(refs);
        File.ReadAllBytes(repository.At(".git/index")).ShouldBe(index);
        repository.Read(".git/config").ShouldBe(config);
        repository.Git("symbolic-ref", "HEAD").ShouldBe("refs/heads/main");
    }

    [Fact]
    public void A_sha256_repository_has_a_sandbox_too()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" }, "--object-format=sha256");
        repository.Applied("""{"op":"write","path":"b.txt","content":"b\n"}""",
            new ApplyOptions { Verify = "sh -ec 'git cat-file -p HEAD:a.txt; test \"$(git status --short)\" = \"?? b.txt\"'" });
    }

    [Fact]
    public void A_repository_without_a_commit_has_a_sandbox_too()
    {
        using var repository = TestRepository.Init();
        repository.Applied("""{"op":"write","path":"b.txt","content":"b\n"}""", new ApplyOptions { Verify = "git status" });
    }

    [Theory]
    [InlineData("nosuchprogram --x", "verify-not-started")]
    [InlineData("./missing.sh", "verify-not-started")]
    public void A_command_that_cannot_be_run_is_a_refusal(string command, string code)
    {
        using var repository = Repository();
        var outcome = repository.Apply(Batch, new ApplyOptions { Verify = command });
        (outcome.State, outcome.Error!.Code).ShouldBe((WriteState.Refused, code));
    }

    [Fact]
    public void A_command_that_cannot_be_split_is_a_usage_error()
    {
        using var repository = Repository();
        Should.Throw<UsageException>(() => repository.Apply(Batch, new ApplyOptions { Verify = "sh -c 'open" })).Error.Code.ShouldBe("bad-command");
    }

    [Fact]
    public void The_batch_is_verified_anew_where_its_files_change_meanwhile()
    {
        using var repository = Repository();
        var file = repository.At("a.txt");
        Checking.Script(repository.Outside("verify"), $"echo x >> {repository.Outside("runs")}; [ -e {repository.Outside("done")} ] && exit 0; "
            + $"touch {repository.Outside("done")}; echo more >> {file}");

        repository.Applied("""{"op":"edit","path":"a.txt","edits":[{"old":"one","new":"ONE"}]}""", new ApplyOptions { Verify = repository.Outside("verify") });

        (repository.Read("a.txt"), File.ReadAllLines(repository.Outside("runs")).Length).ShouldBe(("ONE\nmore\n", 2));
    }

    [Fact]
    public void Group_by_group_the_first_that_breaks_is_named()
    {
        using var repository = Repository();
        const string batch = """
            {"op":"write","path":"x/one.txt","content":"1\n"}
            {"op":"write","path":"y/two.txt","content":"2\n"}
            {"op":"write","path":"z/three.txt","content":"3\n"}
            """;
        using var writer = Writer.Open(repository.Root);
        var groups = writer.Plan(repository.Batch(batch), new ApplyOptions()).Groups;
        groups.Count.ShouldBe(3);
        var breaking = groups[1].Paths[0].Value;

        var outcome = writer.Apply(repository.Batch(batch), new ApplyOptions
        {
            Verify = $"sh -c 'echo x >> {repository.Outside("runs")}; test ! -e {breaking}'",
            VerifyEachGroup = true,
        });

        (outcome.State, outcome.Error!.Path, File.ReadAllLines(repository.Outside("runs")).Length).ShouldBe((WriteState.Refused, breaking, 2));
        outcome.Error.Message.ShouldContain("up to 2 of 3");
    }

    [Fact]
    public void A_dry_run_verifies_where_it_is_asked_to_and_writes_nothing()
    {
        using var repository = Repository();
        var before = repository.State();
        repository.Apply(Batch, new ApplyOptions { DryRun = true, Verify = "true" }).State.ShouldBe(WriteState.Planned);
        repository.Apply(Batch, new ApplyOptions { DryRun = true, Verify = "false" }).Error!.Code.ShouldBe("verify-failed");
        repository.State().ShouldBe(before);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "one\n",
            ["dirty.txt"] = "dirty\n",
            ["gone.txt"] = "gone\n",
            [".gitignore"] = "*.log\nnode_modules/\nvendor/\n",
        }, test: test);
}
