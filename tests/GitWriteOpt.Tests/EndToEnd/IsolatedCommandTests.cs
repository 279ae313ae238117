using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class IsolatedCommandTests
{
    [Fact]
    public void It_runs_in_the_same_subdirectory_with_its_session_and_without_variables_that_bind_git_to_this_worktree()
    {
        using var repository = Repository();
        var (exitCode, output, error) = TestRepository.RunAny(repository.At("dir"), Writeopt.Binary,
            ["run", "--isolated", "--", "sh", "-c", "echo made > made.txt; git rev-parse --show-prefix; test -n \"$WRITEOPT_SESSION\""],
            environment: new Dictionary<string, string?> { ["GIT_DIR"] = repository.At(".git"), ["GIT_WORK_TREE"] = repository.Root });

        exitCode.ShouldBe(0, error);
        output.ShouldBe("dir/\n");
        error.ShouldContain("1 file landed; undo with: git writeopt undo ");
        repository.Read("dir/made.txt").ShouldBe("made\n");
        Alone(repository);
    }

    [Theory]
    [InlineData("rollback", false)]
    [InlineData("keep", true)]
    [InlineData("ask", true)]
    public void Of_a_command_that_fails_nothing_lands_and_its_work_is_kept_where_that_is_asked_for(string policy, bool kept)
    {
        using var repository = Repository();
        var before = repository.State();
        var (exitCode, _, error) = Writeopt.Run(repository, "run", "--isolated", "--on-failure", policy, "--", "sh", "-c",
            "echo x > a.txt; exit 7");

        exitCode.ShouldBe(7);
        repository.State().ShouldBe(before);
        (repository.Git("for-each-ref", "refs/writeopt/kept").Length > 0).ShouldBe(kept);
        error.Contains("apply --resume ", StringComparison.Ordinal).ShouldBe(kept);
        if (kept)
        {
            Resume(repository, error).ExitCode.ShouldBe(0);
            repository.Read("a.txt").ShouldBe("x\n");
        }

        Alone(repository);
    }

    [Fact]
    public void Without_a_policy_a_failure_leaves_nothing()
    {
        using var repository = Repository();
        Writeopt.Run(repository, "run", "--isolated", "--", "sh", "-c", "echo x > a.txt; exit 1").ExitCode.ShouldBe(1);
        repository.Git("for-each-ref", "refs/writeopt/kept", "refs/writeopt/snap").ShouldBeEmpty();
        repository.Git("status", "--porcelain").ShouldBeEmpty();
        Alone(repository);
    }

    [Fact]
    public void A_conflict_is_our_failure_and_the_message_has_the_command_that_goes_on()
    {
        using var repository = Repository();
        var (exitCode, output, error) = Writeopt.Run(repository, "run", "--isolated", "--json", "--", "sh", "-c",
            $"echo theirs > a.txt; echo new > b.txt; echo mine > '{repository.At("a.txt")}'");

        exitCode.ShouldBe(125, error);
        using var answer = System.Text.Json.JsonDocument.Parse(output);
        answer.RootElement.GetProperty("state").GetString().ShouldBe("refused");
        answer.RootElement.GetProperty("ref").GetString().ShouldStartWith("refs/writeopt/kept/");
        (repository.Read("a.txt"), repository.Exists("b.txt")).ShouldBe(("mine\n", false));
        Resume(repository, error, "--merge", "theirs").ExitCode.ShouldBe(0);
        (repository.Read("a.txt"), repository.Read("b.txt")).ShouldBe(("theirs\n", "new\n"));
    }

    [Fact]
    public void Killed_it_leaves_this_worktree_as_it_was_and_the_next_run_sweeps_what_it_left()
    {
        using var repository = Repository();
        var before = repository.State();
        var (exitCode, _, _) = Writeopt.Run(repository, "run", "--isolated", "--", "sh", "-c", "echo x > a.txt; kill -9 $PPID");
        exitCode.ShouldBe(137);
        repository.State().ShouldBe(before);
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(2);

        Writeopt.Run(repository, "run", "--isolated", "--", "sh", "-c", "echo y > a.txt").ExitCode.ShouldBe(0);
        repository.Read("a.txt").ShouldBe("y\n");
        Alone(repository);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n", ["dir/c.txt"] = "c\n" }, "", test);

    // The command that the message has, as a person would copy it.
    private static (int ExitCode, string Output, string Error) Resume(TestRepository repository, string error, params string[] more)
    {
        var words = error[error.IndexOf("apply --resume ", StringComparison.Ordinal)..].Split('\n')[0].Split(' ');
        return Writeopt.Run(repository, [.. words, .. more]);
    }

    private static void Alone(TestRepository repository)
    {
        repository.Git("worktree", "list").Split('\n').Length.ShouldBe(1);
        Directory.GetDirectories(repository.Outside(".")).Select(Path.GetFileName).ShouldBe(["repo"]);
    }
}
