using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Validation.Sandbox;

/// <summary>A command decides on a batch in the worktree, after it was written; and what the program makes of both.</summary>
public sealed class VerifyAfterTests
{
    private const string Batch = """{"op":"edit","path":"a.txt","edits":[{"old":"one","new":"ONE"}]}""";

    [Fact]
    public void Where_it_fails_the_batch_is_rolled_back_and_redo_writes_it_again()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var before = repository.State();
        using var writer = Writer.Open(repository.Root);

        var outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions { VerifyAfter = "sh -c 'cat a.txt; false'" });

        (outcome.State, outcome.Transaction, outcome.Error!.Code).ShouldBe((WriteState.RolledBack, null, "verify-failed"));
        outcome.CommandOutput.ShouldBe(["ONE"]);
        repository.State().ShouldBe(before);
        writer.Redo(null, Durability.Full).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("ONE\n");
    }

    [Fact]
    public void What_it_wrote_itself_is_left_and_named()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var outcome = repository.Apply(Batch, new ApplyOptions { VerifyAfter = "sh -c 'echo x > report.xml; false'" });
        outcome.State.ShouldBe(WriteState.RolledBack);
        outcome.Warnings.ShouldContain(w => w.Contains("report.xml"));
        (repository.Read("a.txt"), repository.Exists("report.xml")).ShouldBe(("one\n", true));
    }

    [Fact]
    public void Where_it_changed_the_same_place_a_person_is_told_how_to_go_on()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var outcome = repository.Apply(Batch, new ApplyOptions { VerifyAfter = "sh -c 'echo two > a.txt; false'" });
        (outcome.State, repository.Read("a.txt")).ShouldBe((WriteState.Attention, "two\n"));
        outcome.Error!.Suggestion!.ShouldContain($"git writeopt undo {outcome.Transaction} --force");
    }

    [Fact]
    public void A_refused_batch_from_standard_input_is_kept_and_resumed_once_the_cause_is_mended()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var (exit, _, error) = Writeopt.Feed(repository, Batch, "apply", "--verify", "test -e wanted.txt");
        (exit, error.Contains("nothing was written")).ShouldBe((1, true), error);
        var id = error[(error.IndexOf("--resume ") + "--resume ".Length)..].Split('\n')[0].Trim();
        repository.Write("wanted.txt", "");

        var resumed = Writeopt.Run(repository, "apply", "--resume", id, "--verify", "test -e wanted.txt");

        (resumed.ExitCode, repository.Read("a.txt")).ShouldBe((0, "ONE\n"), resumed.Error);
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldBeEmpty();
    }

    [Fact]
    public void A_batch_with_an_error_is_kept_from_standard_input_and_not_from_a_file()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        const string broken = """{"op":"write","path":"a.json","content":"]"}""";
        File.WriteAllText(repository.Outside("batch.json"), broken);

        Writeopt.Run(repository, "apply", repository.Outside("batch.json")).ExitCode.ShouldBe(1);
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldBeEmpty();

        var (exit, _, error) = Writeopt.Feed(repository, broken, "apply");
        (exit, error.Contains("the batch is kept: git writeopt apply --resume")).ShouldBe((1, true), error);
        var id = repository.Git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/writeopt/kept");
        Writeopt.Run(repository, "apply", "--resume", id).ExitCode.ShouldBe(1);
        repository.Git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/writeopt/kept").ShouldBe(id, "it is not kept twice");
        Writeopt.Run(repository, "apply", "--resume", id, "--no-validate").ExitCode.ShouldBe(0);
        repository.Read("a.json").ShouldBe("]");
    }

    [Fact]
    public void The_program_shows_the_end_of_the_output_and_exits_with_3()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var (exit, output, error) = Writeopt.Feed(repository, Batch, "apply", "--verify-after", "sh -c 'echo went wrong; exit 9'", "--json");
        exit.ShouldBe(3, error);
        output.ShouldContain("\"commandOutput\":[\"went wrong\"]");
        Writeopt.Feed(repository, Batch, "apply", "--verify-after", "sh -c 'echo went wrong; exit 9'").Error.ShouldContain("  | went wrong");
    }

    [Fact]
    public async Task Interrupted_it_kills_the_command_with_all_that_it_started_and_writes_nothing()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var pids = repository.Outside("pids");
        var run = Task.Run(() => Writeopt.Feed(repository, Batch, "apply", "--verify",
            $"sh -c 'sleep 300 & echo $PPID $$ $! > {pids}.new; mv {pids}.new {pids}; wait'"));
        while (!File.Exists(pids))
        {
            run.IsCompleted.ShouldBeFalse();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var numbers = File.ReadAllText(pids).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        TestRepository.Run(repository.Root, "kill", ["-TERM", numbers[0]]);
        var (exit, _, error) = await run;

        (exit, error.Contains("was interrupted")).ShouldBe((1, true), error);
        numbers[1..].Where(pid => Directory.Exists("/proc/" + pid) && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ")).ShouldBeEmpty();
        repository.Read("a.txt").ShouldBe("one\n");
    }

    [Fact]
    public void The_users_own_configuration_has_a_command_and_a_time_limit_which_an_empty_option_leaves_out()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_COUNT"] = "2",
            ["GIT_CONFIG_KEY_0"] = "writeopt.verify",
            ["GIT_CONFIG_VALUE_0"] = "sleep 300",
            ["GIT_CONFIG_KEY_1"] = "writeopt.verify.timeout",
            ["GIT_CONFIG_VALUE_1"] = "0.5",
        };
        var refused = TestRepository.RunAny(repository.Root, Writeopt.Binary, ["apply"], Batch, environment);
        (refused.ExitCode, refused.Error.Contains("did not end within 0.5 s")).ShouldBe((1, true), refused.Error);
        TestRepository.RunAny(repository.Root, Writeopt.Binary, ["apply", "--verify", ""], Batch, environment).ExitCode.ShouldBe(0);
    }
}
