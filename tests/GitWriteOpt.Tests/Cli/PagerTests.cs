using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Cli;

public sealed class PagerTests
{
    [Fact]
    public void What_is_printed_after_paging_began_goes_to_the_pager_and_ends_with_it()
    {
        using var repository = TestRepository.Init();
        var seen = repository.Outside("seen");
        using var output = new MemoryStream();
        using (var screen = new Screen(output, isTerminal: true, () => true))
        {
            screen.Line("before");
            screen.Page(Pager.Run($"cat > '{seen}'")!);
            screen.Line(new Piece("after", Tone.Added));
            screen.Finish();
            screen.Finish();
        }

        (System.Text.Encoding.UTF8.GetString(output.ToArray()), File.ReadAllText(seen))
            .ShouldBe(("before\n", "\u001b[32mafter\u001b[0m\n"));
    }

    [Fact]
    public void Into_a_pager_that_git_started_colour_goes_as_into_a_terminal()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "1\n" });
        using (var writer = Writer.Open(repository.Root))
        {
            writer.TakeSnapshot("one", null, Durability.None);
        }

        string List(string colour) => TestRepository.RunAny(repository.Root, EndToEnd.Writeopt.Binary, ["snapshot", "list"], environment:
            new Dictionary<string, string?> { ["GIT_PAGER_IN_USE"] = "true", ["GIT_CONFIG_COUNT"] = "1", ["GIT_CONFIG_KEY_0"] = "color.ui", ["GIT_CONFIG_VALUE_0"] = colour }).Output;
        List("auto").ShouldContain("\u001b[");
        List("false").ShouldNotContain("\u001b[");
    }

    [Fact]
    public void A_pager_that_was_left_early_is_no_failure()
    {
        using var output = new MemoryStream();
        using var screen = new Screen(output, isTerminal: true, () => false);
        screen.Page(Pager.Run("exit 0")!);
        for (var i = 0; i < 100; i++)
        {
            screen.Line("a short text that fits the buffer");
        }

        screen.Finish();
        output.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("head -n 1 >/dev/null")]
    public void A_long_text_for_a_pager_that_was_left_early_ends_as_for_any_reader_that_went_away(string pager)
    {
        using var output = new MemoryStream();
        using var screen = new Screen(output, isTerminal: true, () => false);
        screen.Page(Pager.Run(pager)!);
        var line = new string('x', 1000);
        var cause = Should.Throw<IOException>(() =>
        {
            // More than any pipe holds: written until the other end is gone.
            for (var i = 0; i < 100_000; i++)
            {
                screen.Line(line);
            }
        });
        Failure.IsBrokenPipe(cause).ShouldBeTrue(cause.ToString());
    }
}
