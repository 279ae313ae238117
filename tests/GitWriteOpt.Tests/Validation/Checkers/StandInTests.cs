using System.Diagnostics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Checkers;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>Programs that are missing, die, hang or flood, and how the answers of those that are not installed here are read.</summary>
public sealed class StandInTests
{
    [Theory]
    [InlineData("gofmt", "a.go", "echo \"$3:3:7: expected ';', found x\" >&2; exit 2", 3, 7, "expected ';', found x")]
    [InlineData("ruby", "a.rb", "for f; do :; done; echo \"$f:4: syntax error, unexpected end\" >&2; exit 1", 4, null, "syntax error, unexpected end")]
    [InlineData("php", "a.php", "for f; do :; done; echo \"PHP Parse error:  syntax error, unexpected token in $f on line 5\" >&2; exit 255", 5, null, "syntax error, unexpected token")]
    [InlineData("luac", "a.lua", "echo \"luac: $2:6: '=' expected near 'x'\" >&2; exit 1", 6, null, "'=' expected near 'x'")]
    [InlineData("zsh", "a.zsh", "echo \"$3:7: parse error near done\" >&2; exit 1", 7, null, "parse error near done")]
    [InlineData("fish", "a.fish", "echo \"$3 (line 8): Missing end\" >&2; exit 127; ", 8, null, "Missing end")]
    public void The_answers_of_programs_are_read(string name, string path, string script, int line, int? column, string words)
    {
        using var repository = TestRepository.Init();
        var checking = new Checking(repository) { Path = Checking.StandIn(repository, name, script) };

        var finding = checking.Run(Checking.Named(name), Checking.File(path, "content\n")).Findings.ShouldHaveSingleItem();

        (finding.Line, finding.Column).ShouldBe((line, column), finding.Message);
        finding.Message.ShouldEndWith(": " + words);
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("echo 'no such option' >&2; exit 64")]
    [InlineData("kill -9 $$")]
    public void A_program_that_says_nothing_of_the_file_says_nothing(string script)
    {
        using var repository = TestRepository.Init();
        var checking = new Checking(repository) { Path = Checking.StandIn(repository, "gofmt", script) };
        checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_program_that_is_not_installed_says_nothing_and_its_files_are_not_counted()
    {
        using var repository = TestRepository.Init();
        var outcome = new Checking(repository) { Path = repository.Outside("nowhere") }.Run(CheckerTable.All, Checking.File("a.go", "x"));
        (outcome.Findings.Count, outcome.Checked).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("sleep 3600")]
    [InlineData("sleep 3600 & sleep 3600; exit 0")]
    [InlineData("while :; do echo flood; done")]
    [InlineData("cat /dev/zero")]
    public void A_program_that_does_not_end_is_stopped_with_what_it_started_and_named_in_a_warning(string script)
    {
        using var repository = TestRepository.Init();
        var checking = new Checking(repository)
        {
            Path = Checking.StandIn(repository, "gofmt", $"echo $$ > {repository.Outside("pid")}; {script}"),
            Each = TimeSpan.FromSeconds(1.5),
        };
        var started = Stopwatch.GetTimestamp();

        var finding = checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x")).Findings.ShouldHaveSingleItem();

        (finding.Severity, finding.Message.Contains("did not end")).ShouldBe((CheckSeverity.Warning, true));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TestRepository.Patience);
        Directory.Exists("/proc/" + File.ReadAllText(repository.Outside("pid")).Trim()).ShouldBeFalse();
    }

    [Fact]
    public void The_overall_time_is_bounded_and_its_end_is_told_once()
    {
        using var repository = TestRepository.Init();
        var checking = new Checking(repository) { Path = Checking.StandIn(repository, "gofmt", "exit 0"), Overall = TimeSpan.Zero };
        var findings = checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x"), Checking.File("b.go", "y")).Findings;
        findings.ShouldHaveSingleItem().Message.ShouldContain("had used up");
    }

    [Fact]
    public void Another_program_in_its_place_is_asked_anew()
    {
        using var repository = TestRepository.Init();
        var checking = new Checking(repository) { Path = Checking.StandIn(repository, "gofmt", "exit 0") };
        checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x")).Findings.ShouldBeEmpty();
        checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x")).Cached.ShouldBe(1);
        Checking.StandIn(repository, "gofmt", "echo \"$3:1: no\" >&2; exit 2");
        checking.Run(Checking.Named("gofmt"), Checking.File("a.go", "x")).Findings.Count.ShouldBe(1);
    }

    [Fact]
    public void A_person_adds_a_checker_by_configuration()
    {
        using var repository = TestRepository.Init();
        Checking.StandIn(repository, "lint it", "[ \"$1\" = '-x y' ] || exit 3; echo \"$2(2,5): error: no tabs\"; exit 1");
        var environment = CallerEnvironment.OfProcess().With(("GIT_CONFIG_COUNT", "2"),
            ("GIT_CONFIG_KEY_0", "writeopt.check.tabs.command"), ("GIT_CONFIG_VALUE_0", $"'{repository.Outside("bin")}/lint it' \"-x y\""),
            ("GIT_CONFIG_KEY_1", "writeopt.check.tabs.glob"), ("GIT_CONFIG_VALUE_1", "*.tf src/*.hcl"));

        var checker = ConfiguredCheckers.Of(GitConfig.Open(Discovery.Open(repository.Root).Layout, environment)).Single(c => c.Info.Name == "tabs");
        var outcome = new Checking(repository).Run(checker, Checking.File("a.tf", "x"), Checking.File("src/b.hcl", "y"), Checking.File("b.hcl", "z"));

        outcome.Findings.Select(f => (f.Path.Value, f.Line, f.Column)).ShouldBe([("a.tf", 2, 5), ("src/b.hcl", 2, 5)]);
    }

    [Theory]
    [InlineData("a b", "a", "b")]
    [InlineData("  a\t'b c' \"d \\\" e\" f\\ g", "a", "b c", "d \" e", "f g")]
    [InlineData("a'b'\"c\" ''", "abc", "")]
    [InlineData("a $HOME *.txt ; rm", "a", "$HOME", "*.txt", ";", "rm")]
    public void A_command_is_split_into_words_and_nothing_else_happens_to_it(string command, params string[] words) =>
        CommandWords.Split(command).ShouldBe(words);

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b\\\"")]
    [InlineData("a \\")]
    public void An_open_quote_is_no_command(string command) => CommandWords.Split(command).ShouldBeNull();
}
