using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Validation;

/// <summary>Rules that compare with what was there, over real repositories.</summary>
public sealed class ChangeRuleTests
{
    private static readonly byte[] Latin1 = [(byte)'g', (byte)'r', 0xfc, (byte)'n', (byte)'\n'];

    [Fact]
    public void What_was_broken_before_is_a_warning_and_what_the_change_breaks_is_an_error()
    {
        using var repository = Of(("old.json", "{"), ("new.json", "{}"), ("cs.cs", "class {"), ("ok.cs", "class A;"));
        repository.Write("old.json", "{ ");
        repository.Write("new.json", "{ ");
        repository.Write("cs.cs", "class { ");
        repository.Write("ok.cs", "class A\n{ void M( }");
        Looking.Run(repository).Findings.Where(f => f.Rule is "json-syntax" or "csharp-syntax")
            .Select(f => $"{f.Path} {f.Severity} {f.WasThere}").Distinct().ShouldBe(
            ["cs.cs Warning True", "new.json Error False", "ok.cs Error False", "old.json Warning True"]);
    }

    [Fact]
    public void A_secret_that_was_there_is_a_warning_and_one_more_is_an_error()
    {
        var secret = "ghp_" + "q7Rk2ZvN9xTb4LmW8cYp3JdF6hGs1KnV5uEa";
        using var repository = Of(("a.txt", $"{secret}\n"));
        repository.Write("a.txt", $"{secret}\n{secret}\n");
        Looking.Check(repository).ShouldBe(["a.txt:1:1 Warning secret", "a.txt:2:1 Error secret"]);
    }

    [Fact]
    public void A_conflict_left_unresolved_is_an_error_and_a_heading_is_none()
    {
        using var repository = Of(("a.cs", "class A;\n"), ("b.txt", ""));
        repository.Write("a.cs", "<<<<<<< HEAD\nclass A;\n=======\nclass B;\n>>>>>>> other\n");
        repository.Write("b.txt", "Title\n=======\n<<<<<<<\n");
        Looking.Check(repository).ShouldContain("a.cs:1:1 Error conflict-marker");
        Looking.Check(repository).ShouldNotContain(f => f.StartsWith("b.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_loses_its_encoding_is_found()
    {
        using var repository = Of(("latin", "gr\u00fcn\n"), ("wide", "a\n"), ("nul", "a\n"), ("lost", "gr\u00fcn\n"), ("same", "a\n"));
        repository.Write("latin", Latin1);
        repository.Write("wide", [0xff, 0xfe, (byte)'a', 0, (byte)'\n', 0]);
        repository.Write("nul", [(byte)'a', (byte)'\n', (byte)'b', 0]);
        repository.Write("lost", "gr\ufffdn\n");
        repository.Write("same", "\u00e4\n");
        Looking.Check(repository).Where(f => f.EndsWith("encoding", StringComparison.Ordinal)).ShouldBe(
            ["latin:1:3 Error encoding", "lost:1:3 Warning encoding", "nul:2:2 Warning encoding", "wide:1:1 Error encoding"]);
    }

    [Fact]
    public void Byte_order_marks_and_line_ends_that_flip_are_found_unless_git_converts_them()
    {
        using var repository = Of(("crlf", "a\r\nb\r\n"), ("mixed", "a\r\nb\r\n"), ("lf", "a\nb\n"), ("bom", "\ufeffa\n"), ("free.txt", "a\nb\n"),
            (".gitattributes", "*.txt text\n"));
        repository.Write("crlf", "a\nc\n");
        repository.Write("mixed", "a\r\nb\r\nc\n");
        repository.Write("lf", "a\r\nb\r\n");
        repository.Write("bom", "a\n");
        repository.Write("free.txt", "a\r\nb\r\n");
        Looking.Check(repository).ShouldBe(["bom:1:1 Warning byte-order-mark", "crlf:1: Warning line-ends", "lf:1: Warning line-ends", "mixed:3: Warning line-ends"]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("tab-in-indent,-trailing-space", "")]
    [InlineData("indent-with-non-tab,tabwidth=4", "")]
    [InlineData("-space-before-tab,cr-at-eol", "")]
    [InlineData("", "*.txt whitespace=tab-in-indent\n*.c -whitespace\n")]
    [InlineData("", "* whitespace\n")]
    public void Whitespace_errors_are_those_of_git_diff_check(string configured, string attributes)
    {
        using var repository = Of(("a.txt", "one  \ntwo\n"), ("b.c", "x\n"), (".gitattributes", attributes));
        if (configured.Length > 0)
        {
            repository.Git("config", "core.whitespace", configured);
        }

        repository.Write("a.txt", "one  \n\tt\n        eight\n  \tmixed\ntwo \n    four\n\n\n");
        repository.Write("b.c", "x\ny \n \tz\n");
        repository.Git("add", "-N", ".");
        var (_, output, _) = TestRepository.RunAny(repository.Root, "git", ["diff", "--check"]);
        var expected = output.Split('\n').Where(l => l.Contains(": ", StringComparison.Ordinal) && !l.StartsWith('+')).Select(l => l[..l.IndexOf(": ", StringComparison.Ordinal)]).Distinct();
        Looking.Check(repository).Where(f => f.EndsWith("whitespace", StringComparison.Ordinal)).Select(f => f[..f.LastIndexOf(':')]).Distinct()
            .ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void What_is_new_and_large_binary_or_ignored_is_a_warning()
    {
        using var repository = Of((".gitignore", "*.log\n/out/\n!out/x\n"), ("kept.log", "x"));
        repository.Write("a.bin", [1, 0, 2]);
        repository.Write("a.png", [1, 0, 2]);
        repository.Write("big.txt", [.. Enumerable.Repeat((byte)'a', (5 << 20) + 1)]);
        repository.Write("b.log", "x");
        repository.Write("out/c", "x");
        var all = new GitWriteOpt.Validation.CheckRequest.Files(
            [.. new[] { "a.bin", "a.png", "big.txt", "b.log", "out/c" }.Select(GitWriteOpt.Paths.RepoPath.Parse)]);
        Looking.Check(repository, all).ShouldBe(["a.bin:: Warning binary-file", "b.log:: Warning ignored-file", "big.txt:: Warning large-file", "out/c:: Warning ignored-file"]);
    }

    [Fact]
    public void A_severity_that_is_configured_holds_and_an_unknown_one_is_a_usage_error()
    {
        using var repository = Of(("a.json", "{}"));
        repository.Write("a.json", "{");
        repository.Git("config", "writeopt.check.json-syntax", "warn");
        Looking.Check(repository).ShouldBe(["a.json:1:2 Warning json-syntax"]);
        repository.Git("config", "writeopt.check.json-syntax", "off");
        Looking.Check(repository).ShouldBeEmpty();
        repository.Git("config", "writeopt.check.json-syntax", "fatal");
        Should.Throw<GitWriteOpt.Errors.UsageException>(() => Looking.Check(repository)).Error.Code.ShouldBe("bad-config-value");
    }

    internal static TestRepository Of(params (string Path, string Text)[] files) =>
        TestRepository.With(files.Where(f => f.Text.Length > 0 || f.Path[0] != '.').ToDictionary(f => f.Path, f => f.Text));
}
