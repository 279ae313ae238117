using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class RollbackInPartsTests
{
    private const string Before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n";
    private const string After = "ONE\n2\nTHREE\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\nTWENTY";

    [Theory]
    [InlineData("y\nn\n", "1\n2\n3\n", "19\nTWENTY")]
    [InlineData("n\ny\n", "ONE\n2\nTHREE\n", "19\n20\n")]
    [InlineData("a\n", "1\n2\n3\n", "19\n20\n")]
    [InlineData("s\ny\nn\nd\n", "1\n2\nTHREE\n", "19\nTWENTY")]
    [InlineData("j\ny\ny\n", "1\n2\n3\n", "19\n20\n")]
    [InlineData("?\ny\nq\n", "1\n2\n3\n", "19\nTWENTY")]
    public void The_hunks_that_are_chosen_are_undone_as_one_transaction(string keys, string begin, string end)
    {
        using var repository = Changed();

        var (exitCode, output, error) = Writeopt.Feed(repository, keys, "undo", "-p");

        exitCode.ShouldBe(0, error);
        output.ShouldContain("Rolled back");
        repository.Read("a.txt").ShouldStartWith(begin);
        repository.Read("a.txt").ShouldEndWith(end);
        var changed = repository.Read("a.txt");
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new RollbackRequest { Transaction = writer.Log(new LogQuery()).First().Transaction }).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe(After);
        changed.ShouldNotBe(After);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q\n")]
    [InlineData("n\nn\n")]
    public void Where_nothing_is_chosen_nothing_is_changed(string keys)
    {
        using var repository = Changed();

        var (exitCode, output, _) = Writeopt.Feed(repository, keys, "undo", "-p", "--json");

        exitCode.ShouldBe(0);
        output.ShouldContain("\"state\":\"unchanged\"");
        repository.Read("a.txt").ShouldBe(After);
    }

    [Fact]
    public void Files_that_came_or_went_are_asked_about_as_a_whole_and_hunks_are_harmless_to_show()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "\e[31mred\n", ["b.txt"] = "b\n" });
        Apply(repository, """{"op":"write","path":"a.txt","content":"plain\n"}""", """{"op":"delete","path":"b.txt"}""",
            """{"op":"write","path":"c.txt","content":"c\n"}""");

        var (exitCode, _, error) = Writeopt.Feed(repository, "n\ny\ny\n", "undo", "-p");

        exitCode.ShouldBe(0, error);
        error.ShouldContain("Bring the file back");
        error.ShouldContain("Remove the file");
        error.ShouldNotContain("\e");
        repository.Read("a.txt").ShouldBe("plain\n");
        repository.Read("b.txt").ShouldBe("b\n");
        repository.Exists("c.txt").ShouldBeFalse();
    }

    [Fact]
    public void Of_a_session_too_and_everything_chosen_undoes_it_as_a_whole()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = Before });
        repository.Write("new.txt", After);
        Writeopt.Run(repository, "run", "--", "sh", "-c", "cat new.txt > a.txt; rm new.txt").ExitCode.ShouldBe(0);
        var session = Writeopt.Run(repository, "session", "list").Output.Split(' ')[0];

        Writeopt.Feed(repository, "y\nn\nn\n", "undo", "-p", "--session", session).ExitCode.ShouldBe(0);

        repository.Read("a.txt").ShouldBe("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\nTWENTY");
        Writeopt.Run(repository, "log").Output.ShouldContain("run  +0 ~1 -1  standing");
        Writeopt.Feed(repository, "a\na\n", "undo", "-p", "--session", session).ExitCode.ShouldBe(0);
        repository.Read("a.txt").ShouldBe(Before);
        repository.Read("new.txt").ShouldBe(After);
        Writeopt.Run(repository, "log").Output.ShouldContain("run  +0 ~1 -1  undone");
    }

    [Fact]
    public void A_file_that_changes_while_its_hunks_are_chosen_is_refused()
    {
        using var repository = Changed();
        using var writer = Writer.Open(repository.Root);
        var offered = writer.Offer(new RollbackRequest());
        repository.Write("a.txt", After + "more\n");

        var outcome = writer.Rollback(new RollbackRequest
        {
            Hunks = new ChosenHunks([new ChosenFile(offered[0], [0])], true),
        });

        outcome.State.ShouldBe(WriteState.Refused);
        repository.Read("a.txt").ShouldBe(After + "more\n");
    }

    private static TestRepository Changed()
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = Before }, test: "rollback-in-parts");
        Apply(repository, $$"""{"op":"write","path":"a.txt","content":{{System.Text.Json.JsonSerializer.Serialize(After)}}}""");
        return repository;
    }

    private static void Apply(TestRepository repository, params string[] operations) =>
        repository.Applied($$"""{"operations":[{{string.Join(',', operations)}}]}""");
}
