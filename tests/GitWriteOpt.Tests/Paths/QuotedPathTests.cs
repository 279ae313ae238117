using CsCheck;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Paths;

public sealed class QuotedPathTests
{
    [Theory]
    [InlineData("plain/path.txt", "plain/path.txt")]
    [InlineData("ünï", "ünï")]
    [InlineData("a b", "a b")]
    [InlineData(" a", "\" a\"")]
    [InlineData("a ", "\"a \"")]
    [InlineData("a\tb\n", "\"a\\tb\\n\"")]
    [InlineData("q\"\\", "\"q\\\"\\\\\"")]
    [InlineData("\u0001\u007f", "\"\\001\\177\"")]
    public void A_path_is_quoted_only_where_a_line_would_lose_it(string path, string quoted)
    {
        QuotedPath.Encode(path).ShouldBe(quoted);
        QuotedPath.Decode(quoted).ShouldBe(path);
    }

    [Fact]
    public void Any_path_comes_back() =>
        Gen.String.Where(s => s.IsNormalized()).Sample(path => QuotedPath.Decode(QuotedPath.Encode(path)) == path);

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\\12\"")]
    [InlineData("\"\\400\"")]
    [InlineData("\"\\377\"")]
    [InlineData("\"a\" b")]
    [InlineData("\"\\")]
    public void What_git_would_not_write_is_an_error(string text) =>
        Should.Throw<FormatException>(() => QuotedPath.Decode(text));

    [Fact]
    public void Git_reads_what_we_write_and_we_read_what_git_writes()
    {
        string[] paths = ["ünï\t.txt", "q\"uote", "back\\slash", "new\nline", " lead", "bell\a\b\v\f\r\u001b\u007f", "\U0001f600"];
        using var repository = Layouts.Repository();
        repository.Git("rm", "-q", "--cached", "seed");
        var blob = TestRepository.RunAny(repository.Root, "git", ["hash-object", "-w", "--stdin"], "x").Output.Trim();
        var input = string.Concat(paths.Select(p => $"100644 {blob}\t{QuotedPath.Encode(p)}\n"));
        TestRepository.RunAny(repository.Root, "git", ["update-index", "--add", "--index-info"], input).ExitCode.ShouldBe(0);
        repository.Git("ls-files", "-z").TrimEnd('\0').Split('\0').ShouldBe(paths, ignoreOrder: true);
        foreach (var quotePath in new[] { "true", "false" })
        {
            repository.Git("-c", $"core.quotePath={quotePath}", "ls-files").Split('\n').Select(QuotedPath.Decode)
                .ShouldBe(paths, ignoreOrder: true);
        }
    }
}
