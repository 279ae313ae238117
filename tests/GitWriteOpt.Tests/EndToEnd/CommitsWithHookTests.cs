using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Tests.Patterns.Templates;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>Real commits of every kind with our pre-commit hook in place: they are what they would be without it.</summary>
public sealed class CommitsWithHookTests
{
    private static readonly Dictionary<string, string> Some = new() { ["a.txt"] = "1\n", ["b.txt"] = "1\n", ["c.txt"] = "1\n" };

    [Fact]
    public void What_is_staged_in_part_is_committed_in_part_and_the_snapshot_has_the_rest()
    {
        using var repository = Hooked(Some);
        repository.Write("a.txt", "staged\n");
        repository.Git("add", "a.txt");
        repository.Write("a.txt", "not staged\n");
        repository.Write("new.txt", "untracked\n");
        Commit(repository, "-m", "in part");
        repository.Git("show", "HEAD:a.txt").ShouldBe("staged");
        Status(repository).ShouldBe(" M a.txt ?? new.txt");

        using var writer = Writer.Open(repository.Root);
        var saved = writer.Snapshots().Single();
        (repository.Git("show", saved.Commit + ":a.txt"), repository.Git("show", saved.Commit + ":new.txt"))
            .ShouldBe(("not staged", "untracked"));
        repository.Git("show", saved.Commit + "^1:a.txt").ShouldBe("staged");
    }

    [Fact]
    public void Commits_of_everything_of_named_paths_and_amended_ones_are_made_and_leave_no_lock()
    {
        using var repository = Hooked(Some);
        repository.Write("a.txt", "2\n");
        repository.Write("b.txt", "2\n");
        Commit(repository, "-a", "-m", "all");
        Status(repository).ShouldBe("");

        repository.Write("b.txt", "3\n");
        repository.Write("c.txt", "3\n");
        repository.Git("add", "c.txt");
        Commit(repository, "-m", "one", "b.txt");
        repository.Git("show", "--name-only", "--format=", "HEAD").ShouldBe("b.txt");
        Status(repository).ShouldBe("M  c.txt");

        Commit(repository, "--amend", "-m", "two");
        repository.Git("show", "--name-only", "--format=", "HEAD").ShouldBe("b.txt\nc.txt");
        Status(repository).ShouldBe("");
        Directory.GetFiles(repository.At(".git"), "*.lock").ShouldBeEmpty();
    }

    [Fact]
    public void Linked_worktrees_other_indexes_and_a_first_commit_work()
    {
        using var repository = Hooked(Some);
        repository.Git("worktree", "add", "-q", repository.Outside("linked"));
        using var linked = repository.Beside("linked");
        linked.Write("a.txt", "linked\n");
        Commit(linked, "-a", "-m", "linked");
        Status(linked).ShouldBe("");

        var index = new Dictionary<string, string?> { ["GIT_INDEX_FILE"] = repository.Outside("index"), ["PATH"] = SearchPath };
        TestRepository.RunAny(repository.Root, "git", ["read-tree", "HEAD"], environment: index).ExitCode.ShouldBe(0);
        repository.Write("b.txt", "by another index\n");
        TestRepository.RunAny(repository.Root, "git", ["add", "b.txt"], environment: index).ExitCode.ShouldBe(0);
        TestRepository.RunAny(repository.Root, "git", ["commit", "-q", "-m", "other"], environment: index).ExitCode.ShouldBe(0);
        repository.Git("show", "HEAD:b.txt").ShouldBe("by another index");

        repository.Git("checkout", "-q", "--orphan", "fresh");
        Commit(repository, "-m", "a first commit");
        repository.Git("rev-list", "--count", "HEAD").ShouldBe("1");
    }

    [Fact]
    public void A_merge_and_a_rebase_that_stopped_are_brought_to_their_end()
    {
        using var repository = Hooked(Some);
        repository.Git("checkout", "-q", "-b", "other");
        repository.Write("a.txt", "theirs\n");
        Commit(repository, "-a", "-m", "theirs");
        repository.Git("checkout", "-q", "main");
        repository.Write("a.txt", "ours\n");
        Commit(repository, "-a", "-m", "ours");
        Git(repository, "merge", "-q", "other").ExitCode.ShouldNotBe(0);
        repository.Write("a.txt", "both\n");
        Commit(repository, "-a", "-m", "merged");
        repository.Git("rev-list", "--parents", "-n", "1", "HEAD").Split(' ').Length.ShouldBe(3);

        repository.Git("checkout", "-q", "other");
        repository.Write("a.txt", "again\n");
        Commit(repository, "-a", "-m", "again");
        Git(repository, "rebase", "main").ExitCode.ShouldNotBe(0);
        repository.Write("a.txt", "solved\n");
        repository.Git("add", "a.txt");
        Git(repository, "-c", "core.editor=true", "rebase", "--continue").ExitCode.ShouldBe(0);
        repository.Git("show", "HEAD:a.txt").ShouldBe("solved");
        Status(repository).ShouldBe("");
    }

    [Fact]
    public void A_broken_file_is_told_keeps_a_strict_commit_back_and_off_is_silent()
    {
        using var repository = Hooked(Some);
        repository.Write("a.json", "{\"a\": \n");
        repository.Git("add", "a.json");
        repository.Git("config", "writeopt.preCommit", "strict");
        var strict = Git(repository, "commit", "-q", "-m", "strict");
        (strict.ExitCode, strict.Error.Contains("json-syntax", StringComparison.Ordinal)).ShouldBe((1, true), strict.Error);
        repository.Git("config", "writeopt.preCommit", "off");
        Commit(repository, "-m", "off").ShouldBe("");
        repository.Git("config", "writeopt.preCommit", "perhaps");
        repository.Write("b.json", "{\"a\": \n");
        repository.Git("add", "b.json");
        Commit(repository, "-m", "bad value").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        repository.Git("config", "writeopt.preCommit", "tell");
        repository.Git("reset", "-q", "--soft", "HEAD^");
        Commit(repository, "-m", "tell").ShouldContain("b.json line 2: ");
    }

    [Fact]
    public void In_a_terminal_the_rest_of_a_template_is_made_and_is_part_of_the_commit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "plays the terminal with script(1)");
        using var repository = Shop.Make();
        Hook(repository);
        using (var learning = Learning.Open(repository.Root))
        {
            learning.Learn();
        }

        Begin(repository, "Refund", "refund");
        var told = Answer(repository, "y\n", "git commit -q -m refund");
        repository.Git("show", "--name-only", "--format=", "HEAD").ShouldBe("src/RefundHandler.cs\nsrc/Registry.cs\ntests/RefundHandlerTests.cs", told);
        Status(repository).ShouldBe("");
        told.ShouldContain("--index");

        // git holds its lock here, and the index is the lock's file.
        Begin(repository, "Gift", "gift");
        repository.Write("src/RefundHandler.cs", repository.Read("src/RefundHandler.cs") + "// later\n");
        Answer(repository, "y\n", "git commit -q -a -m gift");
        repository.Git("show", "HEAD:tests/GiftHandlerTests.cs").ShouldBe(Shop.Tests("Gift", "gift").TrimEnd('\n'));
        Status(repository).ShouldBe("");

        // What is of named paths alone gets nothing else.
        Begin(repository, "Voucher", "voucher");
        Answer(repository, "y\n", "git commit -q -m voucher src/VoucherHandler.cs");
        repository.Git("show", "--name-only", "--format=", "HEAD").ShouldBe("src/VoucherHandler.cs");
        Status(repository).ShouldBe(" M src/Registry.cs ?? tests/VoucherHandlerTests.cs");

        // No is no.
        Begin(repository, "Loan", "loan");
        Answer(repository, "n\n", "git commit -q -m loan");
        repository.Exists("tests/LoanHandlerTests.cs").ShouldBeFalse();
    }

    private static string SearchPath { get; } =
        $"{Path.GetDirectoryName(Writeopt.Binary)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

    private static void Begin(TestRepository repository, string pascal, string snake)
    {
        repository.Write($"src/{pascal}Handler.cs", Shop.Handler(pascal, snake, "2026-05-06"));
        repository.Git("add", $"src/{pascal}Handler.cs");
    }

    private static string Answer(TestRepository repository, string answers, string command)
    {
        var (exitCode, output, error) = TestRepository.RunAny(repository.Root, "/usr/bin/script", ["-qec", command, "/dev/null"], answers,
            new Dictionary<string, string?> { ["PATH"] = SearchPath });
        exitCode.ShouldBe(0, output + error);
        return output;
    }

    private static TestRepository Hooked(Dictionary<string, string> files, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(files, "", test);
        Hook(repository);
        return repository;
    }

    private static void Hook(TestRepository repository) => HookInstallation.Install(repository.At(".git/hooks"));

    private static (int ExitCode, string Output, string Error) Git(TestRepository repository, params string[] arguments) =>
        TestRepository.RunAny(repository.Root, "git", arguments, environment: new Dictionary<string, string?> { ["PATH"] = SearchPath });

    private static string Commit(TestRepository repository, params string[] arguments)
    {
        var (exitCode, output, error) = Git(repository, ["commit", "-q", .. arguments]);
        exitCode.ShouldBe(0, output + error);
        return error;
    }

    private static string Status(TestRepository repository) => repository.Git("status", "--porcelain").Replace('\n', ' ');
}
