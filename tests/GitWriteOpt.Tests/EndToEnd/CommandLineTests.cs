using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class CommandLineTests
{
    private static readonly Dictionary<string, string> Some = new() { ["some.txt"] = "1\n" };

    [Fact]
    public void The_version_names_its_commit()
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Run(repository, "--version");
        (exitCode, error).ShouldBe((0, ""));
        output.ShouldMatch(@"^git-writeopt version \d+\.\d+\.\d+( \(commit [0-9a-f]{12}\))?\n$");
    }

    [Theory]
    [InlineData("aply", "apply")]
    [InlineData("roolback", "rollback")]
    public void A_misspelt_command_is_a_usage_error_with_what_was_meant(string typed, string meant)
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Run(repository, typed);
        (exitCode, output).ShouldBe((2, ""));
        error.ShouldContain($"did you mean: {meant}");
    }

    [Theory]
    [InlineData("apply", "--satge")]
    [InlineData("apply", "--format", "yaml")]
    [InlineData("apply", "--merge", "ours")]
    [InlineData("recover", "--forward", "--back")]
    [InlineData("undo", "@", "--to", "@~1")]
    [InlineData("rescue", "drop")]
    [InlineData("install")]
    [InlineData("log", "--session")]
    [InlineData("log", "-n", "x")]
    [InlineData("-C", "/nonexistent", "status")]
    public void With_json_a_usage_error_is_one_document_and_exit_code_2(params string[] arguments)
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Run(repository, ["--json", .. arguments]);
        (exitCode, error).ShouldBe((2, ""));
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("state").GetString().ShouldBe("refused");
        document.RootElement.GetProperty("error").GetProperty("category").GetString().ShouldBe("usage");
        document.RootElement.GetProperty("files").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("there is no command \"frobnicate\"", "frobnicate", "now")]
    [InlineData("--format cannot be \"yaml\", only one of auto, native, tools, apply-patch, diff, "
        + "search-replace, workspace-edit, sarif, ast-grep, comby, transcript", "apply", "--format", "yaml")]
    [InlineData("-n wants a number that is not negative, not \"x\"", "log", "-n", "x")]
    [InlineData("restore wants <id>", "restore")]
    [InlineData("completion wants one of bash, zsh, fish, pwsh", "completion")]
    [InlineData("--message wants a value", "apply", "--message")]
    [InlineData("status takes no further argument \"x\"", "status", "x")]
    [InlineData("--to wants a value", "rollback", "--to")]
    [InlineData("--to wants a value", "recover", "--session", "x", "--to")]
    [InlineData("--agent cannot be \"emacs\", only one of claude, codex, gemini, cursor, opencode", "install", "--agent", "emacs")]
    public void A_usage_error_names_what_was_typed_and_what_is_missing(string message, params string[] arguments)
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Run(repository, arguments);
        (exitCode, output).ShouldBe((2, ""));
        error.ShouldStartWith($"error: {message}\nhint: see: git writeopt ");
    }

    [Fact]
    public void The_help_that_a_usage_error_names_is_there()
    {
        using var repository = TestRepository.With(Some);
        Writeopt.Run(repository, "session", "checkpoint", "--session", "x").Error
            .ShouldBe("error: there is no option \"--session\"\nhint: see: git writeopt session checkpoint -h\n");
        Writeopt.Run(repository, "session", "checkpoint", "-h").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Colour_on_a_pipe_is_for_color_ui_always_alone_and_NO_COLOR_is_stronger()
    {
        using var repository = TestRepository.With(Some);
        Writeopt.Feed(repository, """{"op":"write","path":"a.txt","content":"2\n"}""", "apply").Output.ShouldNotContain('\u001b');
        var always = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_PARAMETERS"] = "'color.ui'='always'",
            ["NO_COLOR"] = null, // a test runner may have set it
        };
        TestRepository.RunAny(repository.Root, Writeopt.Binary, ["log"], environment: always).Output.ShouldContain("\u001b[");
        always["NO_COLOR"] = "1";
        TestRepository.RunAny(repository.Root, Writeopt.Binary, ["log"], environment: always).Output.ShouldNotContain('\u001b');
    }

    [Fact]
    public void What_is_left_out_of_a_partial_batch_is_named_once_with_its_reason()
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Feed(repository, """
            {"op":"delete","path":"gone"}
            {"op":"write","path":"new/a.txt","content":"1\n"}
            """, "apply", "--partial");
        exitCode.ShouldBe(5);
        output.ShouldStartWith("Applied in part ");
        error.ShouldBe("note: left as it is: gone\nerror: operation 1 (delete \"gone\"): there is no file \"gone\" "
            + "(line 1, column 1 of the batch)\nhint: check the path\n");
    }

    [Fact]
    public void The_sequence_of_a_plan_is_that_of_its_document_and_has_the_writes_in_order()
    {
        using var repository = TestRepository.With(Some);
        const string batch = """{"op":"write","path":"a.txt","content":"2\n"}""";
        using var plan = JsonDocument.Parse(Writeopt.Feed(repository, batch, "plan", "--json").Output);
        var sequence = plan.RootElement.GetProperty("sequence").EnumerateArray().ToList();
        sequence.Select(s => s.GetProperty("step").GetString()).ShouldBe(
            ["pre-validation", "backup-creation", "atomic-execution", "post-validation", "cleanup"]);
        sequence[2].GetProperty("writes")[0].GetRawText().ShouldBe("""{"path":"a.txt","change":"added","from":null,"step":"implementation"}""");
        var document = Writeopt.Feed(repository, batch, "plan").Output;
        foreach (var step in sequence)
        {
            document.ShouldContain($":** {step.GetProperty("does").GetString()}\n");
        }
    }

    [Fact]
    public void A_redo_names_what_it_did_again()
    {
        using var repository = TestRepository.With(Some);
        using var applied = JsonDocument.Parse(Writeopt.Feed(repository,
            """{"message":"m","operations":[{"op":"write","path":"a.txt","content":"2\n"}]}""", "apply", "--json").Output);
        Writeopt.Run(repository, "undo", "-q").ExitCode.ShouldBe(0);
        using var redone = JsonDocument.Parse(Writeopt.Run(repository, "redo", "--json").Output);
        redone.RootElement.GetProperty("undone")[0].GetString()
            .ShouldBe(applied.RootElement.GetProperty("transaction").GetString());
        redone.RootElement.GetProperty("message").GetString().ShouldBe("Redo \"m\"");
        Writeopt.Run(repository, "undo", "-q").ExitCode.ShouldBe(0);
        Writeopt.Run(repository, "undo").Error.ShouldContain("hint: git writeopt redo does again what was undone");
        Writeopt.Run(repository, "redo").Output.ShouldContain(" - Redo \"m\"\n");
    }

    [Fact]
    public void Commands_that_share_one_output_write_one_after_the_other()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        using var repository = TestRepository.With(Some);
        var once = Writeopt.Run(repository, "schema").Output;
        var outside = repository.Outside("out");
        TestRepository.RunAny(repository.Root, "sh", ["-c",
            $"{{ echo first; '{Writeopt.Binary}' schema; echo between; '{Writeopt.Binary}' schema; }} > '{outside}'"])
            .ExitCode.ShouldBe(0);
        File.ReadAllText(outside).ShouldBe($"first\n{once}between\n{once}");
    }

    [Fact]
    public void A_reader_that_closes_early_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell");
        using var repository = TestRepository.With(Some);
        TestRepository.RunAny(repository.Root, "bash", ["-c",
            $"set -o pipefail; {{ sleep 0.2; '{Writeopt.Binary}' schema; }} | true"]).ShouldBe((0, "", ""));
    }

    [Fact]
    public void Outside_a_repository_the_exit_code_is_2()
    {
        using var repository = TestRepository.With(Some);
        var outside = Directory.CreateDirectory(repository.Outside("plain")).FullName;
        Writeopt.Run(repository, "-C", outside, "status").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Batches_are_taken_in_order_and_answered_as_json()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        File.WriteAllText(repository.Outside("1.json"),
            """{"message":"first","operations":[{"op":"write","path":"a.txt","content":"two\n"}]}""");
        var (exitCode, output, error) = Writeopt.Feed(repository,
            """{"message":"second","operations":[{"op":"edit","path":"a.txt","edits":[{"old":"two","new":"three"}]}]}""",
            "apply", "--json", repository.Outside("1.json"), "-");
        (exitCode, error).ShouldBe((0, ""));
        repository.Read("a.txt").ShouldBe("three\n");
        using var document = JsonDocument.Parse(output);
        var answer = document.RootElement;
        answer.GetProperty("state").GetString().ShouldBe("applied");
        var id = answer.GetProperty("transaction").GetString()!;
        answer.GetProperty("ref").GetString().ShouldBe($"refs/writeopt/tx/{id}");
        repository.Git("rev-parse", answer.GetProperty("ref").GetString()!).ShouldBe(answer.GetProperty("after").GetString());
        repository.Git("log", "-1", "--format=%B", $"refs/writeopt/tx/{id}").ShouldContain("second");

        using var log = JsonDocument.Parse(Writeopt.Run(repository, "log", "--json").Output);
        log.RootElement[0].EnumerateObject().Select(p => p.Name).Take(10).ShouldBe(["transaction", "kind", "time", "message",
            "session", "files", "added", "modified", "deleted", "standing"]);
        using var status = JsonDocument.Parse(Writeopt.Run(repository, "status", "--json").Output);
        status.RootElement.EnumerateObject().Select(p => p.Name).Take(5).ShouldBe(
            ["pending", "sessions", "rescued", "transactions", "bytes"]);
        using var shown = JsonDocument.Parse(Writeopt.Run(repository, "show", "--json", "@").Output);
        shown.RootElement.GetProperty("files")[0].GetProperty("path").GetString().ShouldBe("a.txt");
    }

    [Fact]
    public void A_batch_that_cannot_be_parsed_is_exit_code_2_with_its_line_and_its_name()
    {
        using var repository = TestRepository.With(Some);
        File.WriteAllText(repository.Outside("bad.json"), "{\"operations\": [\n  {\"op\": }\n]}");
        var (exitCode, _, error) = Writeopt.Run(repository, "apply", repository.Outside("bad.json"));
        exitCode.ShouldBe(2);
        error.ShouldContain("bad.json");
        error.ShouldContain("line 2");
    }

    [Fact]
    public void Paths_are_relative_to_the_current_directory()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["sub/a"] = "1\n", ["b"] = "1\n" });
        Writeopt.Feed(repository, """
            {"op":"write","path":"sub/a","content":"2\n"}
            {"op":"write","path":"b","content":"2\n"}
            """, "apply").ExitCode.ShouldBe(0);
        Writeopt.Run(repository, "-C", "sub", "undo", "--", "a").ExitCode.ShouldBe(0);
        (repository.Read("sub/a"), repository.Read("b")).ShouldBe(("1\n", "2\n"));
        Writeopt.Run(repository, "undo", "--", "../outside").ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_repository_cannot_make_show_run_a_program_I10()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "1\n",
            [".gitattributes"] = "* diff=evil\n",
        });
        var trap = repository.Outside("trap");
        foreach (var key in (string[])["core.pager", "pager.show", "diff.external", "diff.evil.textconv", "diff.evil.command",
            "gpg.program"])
        {
            repository.Git("config", key, $"touch {trap}; true");
        }

        repository.Git("config", "log.showSignature", "true");
        Writeopt.Feed(repository, """{"op":"write","path":"a.txt","content":"2\n"}""", "apply").ExitCode.ShouldBe(0);
        var (exitCode, output, _) = Writeopt.Run(repository, "show");
        exitCode.ShouldBe(0);
        output.ShouldContain("+2");
        File.Exists(trap).ShouldBeFalse();
    }

    [Fact]
    public void A_misspelt_option_is_suggested_also_where_it_looks_like_an_argument()
    {
        using var invocation = new GitWriteOpt.Cli.Commands.Invocation();
        foreach (var (words, meant) in new[] { ("apply --dryrun", "--dry-run"), ("suggest --stagde", "--staged"), ("log --jsno", "--json") })
        {
            var parsed = GitWriteOpt.Cli.Commands.CommandLine.Tree(invocation).Parse(words.Split(' '));
            GitWriteOpt.Cli.Commands.UsageErrors.Find(parsed)!.Error.Suggestion.ShouldNotBeNull().ShouldContain(meant);
        }
    }

    [Fact]
    public void Hooks_are_installed_where_core_hooksPath_says()
    {
        using var repository = TestRepository.With(Some);
        repository.Git("config", "core.hooksPath", "my hooks");
        var (exitCode, output, _) = Writeopt.Run(repository, "install", "--hooks", "--json");
        exitCode.ShouldBe(0);
        JsonDocument.Parse(output).RootElement.GetProperty("state").GetString().ShouldBe("applied");
        repository.Exists("my hooks/pre-commit").ShouldBeTrue();
        repository.Exists("my hooks/post-merge").ShouldBeTrue();
        repository.Exists(".git/hooks/pre-commit").ShouldBeFalse();
        Writeopt.Run(repository, "uninstall").ExitCode.ShouldBe(0);
        repository.Exists("my hooks/pre-commit").ShouldBeFalse();
    }

    [Fact]
    public void A_hook_never_fails_whatever_it_meets()
    {
        using var repository = TestRepository.With(Some);
        var outside = Directory.CreateDirectory(repository.Outside("plain")).FullName;
        Writeopt.Run(repository, "-C", outside, "hook", "pre-commit").ExitCode.ShouldBe(0);
        Writeopt.Run(repository, "hook", "post-merge", "1").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void The_demonstration_holds_and_leaves_nothing_behind()
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, error) = Writeopt.Run(repository, "demo", "--json");
        (exitCode, error).ShouldBe((0, ""));
        using var document = JsonDocument.Parse(output);
        document.RootElement.GetProperty("steps").EnumerateArray().Count(s => s.GetProperty("held").GetBoolean()).ShouldBe(6);
        Directory.Exists(document.RootElement.GetProperty("repository").GetString()).ShouldBeFalse();
    }
}
