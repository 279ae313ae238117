using GitWriteOpt.Cli;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Cli;

public sealed class QuotingTests
{
    [Theory]
    [InlineData("src/a b.cs", "src/a b.cs")]
    [InlineData("ünï.txt", "ünï.txt")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("back\\slash", "\"back\\\\slash\"")]
    [InlineData("tab\there", "\"tab\\there\"")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    [InlineData("\u001b[31mred", "\"\\033[31mred\"")]
    [InlineData("del\u007f", "\"del\\177\"")]
    public void A_path_is_quoted_as_git_quotes_it(string path, string quoted)
    {
        Quoting.Path(path).ShouldBe(quoted);
        using var repository = TestRepository.With(new Dictionary<string, string> { [path] = "x" });
        repository.Git("-c", "core.quotePath=false", "ls-files").ShouldBe(quoted);
    }

    [Fact]
    public void What_controls_or_reorders_a_terminal_is_escaped_in_a_message_and_line_ends_stay() =>
        Quoting.Text("a\u001b]0;title\u0007\n\tb\u009b31m\u202ec\r").ShouldBe("a\\033]0;title\\a\n\tb\\302\\23331m\\342\\200\\256c\\r");

    [Fact]
    public void A_line_has_no_line_end_in_it() => Quoting.Line("a\nb\tc").ShouldBe("a b c");

    [Fact]
    public void Enumerations_are_spelt_in_lower_case_with_hyphens()
    {
        Enum.GetValues<WriteState>().Select(Spelling.Of).ShouldBe(
            ["applied", "unchanged", "planned", "partial", "refused", "rolled-back", "attention"]);
        Spelling.Parse<WriteState>("rolled-back").ShouldBe(WriteState.RolledBack);
    }
}
