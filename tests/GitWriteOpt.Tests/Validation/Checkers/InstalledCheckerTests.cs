using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>Each checker whose program is on this machine, for real.</summary>
public sealed class InstalledCheckerTests
{
    [Theory]
    [InlineData("node", "node", "a.js", "const a = 1;\nconst b = ;\n", 2, 11)]
    [InlineData("node", "node", "a.mjs", "export default;\n", 1, 15)]
    [InlineData("node", "node", "a.cjs", "import 'x';\n", 1, 1)]
    [InlineData("python", "python3", "a.py", "x = 1\ndef f(:\n    pass\n", 2, 7)]
    [InlineData("python", "python3", "bin/tool", "#!/usr/bin/env python3\nreturn 1\n", 2, 1)]
    [InlineData("bash", "bash", "a.sh", "if true; then\n  echo )\nfi\n", 2, null)]
    [InlineData("bash", "bash", "hooks/check", "#!/bin/bash\nfor\n", 2, null)]
    [InlineData("sh", "sh", "a.sh", "#!/bin/sh\nif true; then\n", null, null)]
    [InlineData("rustfmt", "rustfmt", "a.rs", "mod other;\nfn main() { let x = ; }\n", 2, 21)]
    public void What_the_language_cannot_read_is_an_error_with_its_place(
        string checker, string program, string path, string content, int? line, int? column)
    {
        Checking.Need(program);
        using var repository = TestRepository.Init();

        var outcome = new Checking(repository).Run(Checking.Named(checker), Checking.File(path, content));

        var finding = outcome.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Category).ShouldBe((checker, CheckSeverity.Error, ErrorCategory.Format), finding.Message);
        if (line is not null)
        {
            (finding.Line, finding.Column).ShouldBe((line, column), finding.Message);
        }

        finding.Message.ShouldNotContain("/tmp/");
    }

    [Theory]
    [InlineData("node", "node", "a.js", "import a from 'b';\nexport default await a;\n")]
    [InlineData("node", "node", "a.js", "#!/usr/bin/env node\nwith (a) { b = 010; }\nreturn;\n")]
    [InlineData("node", "node", "component.js", "export default () => <b>no business of node</b>;\n")]
    [InlineData("python", "python3", "a.py", "# -*- coding: latin-1 -*-\nx: int = 1\nasync def f(): await x\n")]
    [InlineData("python", "python3", "old.py", "#!/usr/bin/python2\nprint 'not ours'\n")]
    [InlineData("python", "python3", "{{cookie}}/a.py", "import {{cookie}}\n")]
    [InlineData("bash", "bash", "a.sh", "shopt -s extglob\nrm -f !(*.txt)\n")]
    [InlineData("bash", "bash", "a.sh", "#!/bin/zsh\nfor x (1 2) echo $x\n")]
    [InlineData("sh", "sh", "run", "#!/bin/sh\ndiff <(a) <(b)\n")]
    [InlineData("rustfmt", "rustfmt", "a.rs", "mod   other;\nasync   fn f() {}\nfn g() { let r#gen = 1; }\n")]
    [InlineData("rustfmt", "rustfmt", "old.rs", "fn f(async: u8) -> u8 { async }\n")]
    public void What_its_own_tools_accept_is_no_finding(string checker, string program, string path, string content)
    {
        Checking.Need(program);
        using var repository = TestRepository.Init();
        new Checking(repository).Run(Checking.Named(checker), Checking.File(path, content)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Many_files_are_asked_about_together_and_each_gets_its_own_answer()
    {
        Checking.Need("python3");
        using var repository = TestRepository.Init();

        var outcome = new Checking(repository).Run(Checking.Named("python"), [.. Enumerable.Range(0, 120)
            .Select(i => Checking.File($"m{i}.py", i % 40 == 7 ? $"x{i} = (\n" : $"x{i} = {i}\n"))]);

        outcome.Findings.Select(f => f.Path.Value).ShouldBe(["m47.py", "m7.py", "m87.py"]);
        (outcome.Checked, outcome.Cached).ShouldBe((120, 0));
    }

    [Fact]
    public void A_file_that_kills_the_program_does_not_hide_the_others()
    {
        Checking.Need("python3");
        using var repository = TestRepository.Init();

        var outcome = new Checking(repository).Run(Checking.Named("python"), Checking.File("deep.py", new string('(', 200_000)),
            Checking.File("bad.py", "x = (\n"), Checking.File("good.py", "x = 1\n"));

        outcome.Findings.Select(f => f.Path.Value).ShouldContain("bad.py");
        outcome.Findings.Select(f => f.Path.Value).ShouldNotContain("good.py");
    }

    [Fact]
    public void What_was_broken_before_is_a_warning_and_what_is_known_is_not_asked_again()
    {
        Checking.Need("python3");
        using var repository = TestRepository.Init();
        var checking = new Checking(repository);
        var file = Checking.File("a.py", "x = (\n", before: "y = [\n");

        var first = checking.Run(Checking.Named("python"), file);
        var second = checking.Run(Checking.Named("python"), file);

        first.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            f => f.WasThere.ShouldBeTrue(), f => f.Severity.ShouldBe(CheckSeverity.Warning));
        (second.Checked, second.Cached).ShouldBe((1, 1));
        second.Findings.ShouldBe(first.Findings);
    }

    [Fact]
    public void A_broken_script_is_refused_by_apply_and_nothing_is_written()
    {
        Checking.Need("bash");
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.sh"] = "echo\n" });
        var outcome = repository.Apply("""{"op":"write","path":"a.sh","content":"if true; then\n"}""");
        (outcome.State, outcome.Error!.Code, repository.Read("a.sh")).ShouldBe((WriteState.Refused, "bash", "echo\n"));
    }
}
