using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class RunTests
{
    [Fact]
    public void A_commands_writes_are_one_transaction_that_undo_takes_back()
    {
        using var repository = Repository();
        var before = repository.State();

        var (exitCode, output, error) = Writeopt.Run(repository, "run", "--", "sh", "-c",
            "echo hello; echo x > a.txt; mkdir d; echo y > d/new; test -n \"$WRITEOPT_SESSION\"");

        exitCode.ShouldBe(0, error);
        output.ShouldBe("hello\n");
        error.ShouldContain("2 files written");
        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);
        repository.State().ShouldBe(before);
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("kill -9 $$", 137)]
    public void A_failed_commands_exit_code_is_kept_and_its_writes_can_be_rolled_back_at_once(string ending, int expected)
    {
        using var repository = Repository();
        var before = repository.State();

        Writeopt.Run(repository, "run", "--on-failure", "rollback", "--", "sh", "-c", "echo x > a.txt; " + ending)
            .ExitCode.ShouldBe(expected);

        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_failed_commands_writes_are_kept_where_nobody_can_be_asked()
    {
        using var repository = Repository();

        Writeopt.Run(repository, "run", "--", "sh", "-c", "echo x > a.txt; exit 1").ExitCode.ShouldBe(1);

        repository.Read("a.txt").ShouldBe("x\n");
    }

    [Theory]
    [InlineData("keep", "applied", "x\n")]
    [InlineData("rollback", "applied", "a\n")]
    public void With_json_the_answer_alone_is_on_standard_output_and_tells_how_it_ended(string policy, string state, string left)
    {
        using var repository = Repository();

        var (exitCode, output, error) = Writeopt.Run(repository, "run", "--json", "--on-failure", policy, "--", "sh", "-c",
            "echo loud; echo x > a.txt; exit 3");

        exitCode.ShouldBe(3);
        error.ShouldContain("loud\n");
        using var answer = System.Text.Json.JsonDocument.Parse(output);
        answer.RootElement.GetProperty("state").GetString().ShouldBe(state);
        answer.RootElement.GetProperty("undone").GetArrayLength().ShouldBe(policy == "keep" ? 0 : 1);
        repository.Read("a.txt").ShouldBe(left);
    }

    [Fact]
    public void A_command_that_does_not_exist_is_127_and_one_that_cannot_be_run_126()
    {
        using var repository = Repository();

        var absent = Writeopt.Run(repository, "run", "--", "no-such-program-anywhere");
        (absent.ExitCode, absent.Error).ShouldBe((127, "note: there is no command \"no-such-program-anywhere\"\nnote: the command wrote nothing\n"));
        var text = Writeopt.Run(repository, "run", "--", "./a.txt");
        (text.ExitCode, text.Error).ShouldBe((126, "note: the command \"./a.txt\" cannot be executed\nnote: the command wrote nothing\n"));
        Writeopt.Run(repository, "run").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_session_is_begun_marked_ended_and_shown_by_the_program()
    {
        using var repository = Repository();
        var id = Writeopt.Run(repository, "session", "start", "--agent", "robot").Output.Trim();
        repository.Write("a.txt", "changed\n");
        Writeopt.Run(repository, "session", "checkpoint", "-m", "half").ExitCode.ShouldBe(0);
        Writeopt.Run(repository, "session", "end").ExitCode.ShouldBe(0);

        Writeopt.Run(repository, "session", "show", id).Output.ShouldContain(" M a.txt  (in the session)");
        Writeopt.Run(repository, "session", "list").Output.ShouldContain("ended");
        Writeopt.Run(repository, "rollback", "--session", id).ExitCode.ShouldBe(0);
        repository.Read("a.txt").ShouldBe("a\n");
    }

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
}
