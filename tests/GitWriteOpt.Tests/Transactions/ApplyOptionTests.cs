using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>The ways to apply a batch that does not quite fit: merging, in part, by force, later.</summary>
public sealed class ApplyOptionTests
{
    private const string Lines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    [Fact]
    public void Three_ways_an_operation_for_an_older_version_meets_a_newer_file()
    {
        using var repository = Repository(out var expected);
        repository.Write("f.txt", Lines.Replace("8", "eight"));
        var batch = Write(Lines.Replace("2", "two"), expected);
        repository.Apply(batch).Error!.Code.ShouldBe("expectation-failed");
        var outcome = repository.Applied(batch, new ApplyOptions { ThreeWay = true });
        repository.Read("f.txt").ShouldBe(Lines.Replace("2", "two").Replace("8", "eight"));
        outcome.Warnings.ShouldContain(w => w.Contains("merged"));
        repository.Git("show", outcome.Before + ":f.txt").ShouldContain("eight");
    }

    [Theory]
    [InlineData(MergeFavor.Refuse, null)]
    [InlineData(MergeFavor.Ours, "1\nmine\n3\n4\nfive\n6\n7\neight\n9\n")]
    [InlineData(MergeFavor.Theirs, "1\nyours\n3\n4\nfive\n6\n7\neight\n9\n")]
    [InlineData(MergeFavor.Union, "1\nmine\nyours\n3\n4\nfive\n6\n7\neight\n9\n")]
    public void A_conflict_refuses_unless_a_side_is_favoured(MergeFavor favor, string? merged)
    {
        using var repository = Repository(out var expected);
        repository.Write("f.txt", Lines.Replace("2", "mine").Replace("8", "eight"));
        var before = repository.State();
        var outcome = repository.Apply(Write(Lines.Replace("2", "yours").Replace("5", "five"), expected),
            new ApplyOptions { ThreeWay = true, Favor = favor });
        if (merged is null)
        {
            (outcome.State, outcome.Error!.Code).ShouldBe((WriteState.Refused, "merge-conflict"));
            outcome.Error.Suggestion!.ShouldContain("--merge");
            repository.State().ShouldBe(before);
            return;
        }

        outcome.State.ShouldBe(WriteState.Applied);
        repository.Read("f.txt").ShouldBe(merged);
    }

    [Fact]
    public void A_git_diff_whose_context_has_moved_on_is_merged_by_its_index_line()
    {
        using var repository = Repository(out _);
        repository.Write("f.txt", Lines.Replace("2", "two"));
        var diff = repository.Git("diff", "--full-index") + "\n";
        repository.Write("f.txt", Lines.Replace("4", "four"));
        var batch = $$"""{"op":"patch","diff":{{JsonSerializer.Serialize(diff)}}}""";
        repository.Apply(batch).Error!.Code.ShouldBe("patch-does-not-apply");
        repository.Applied(batch, new ApplyOptions { ThreeWay = true, Favor = MergeFavor.Union });
        repository.Read("f.txt").ShouldBe(Lines.Replace("2", "two").Replace("4", "four"));
    }

    [Fact]
    public void In_part_the_groups_that_fit_are_applied_and_the_others_named_with_exit_code_5()
    {
        using var repository = Repository(out _);
        var (exitCode, output, error) = Writeopt.Feed(repository, """
            {"operations":[{"op":"write","path":"good.txt","content":"1"},
            {"op":"edit","path":"f.txt","edits":[{"old":"absent","new":"x"}]},{"op":"move","from":"f.txt","to":"moved.txt"},
            {"op":"write","path":"also/good.txt","content":"2"}]}
            """, "apply", "--partial", "--json");
        exitCode.ShouldBe(5, output + error);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("state").GetString().ShouldBe("partial");
        answer.RootElement.GetProperty("skipped").EnumerateArray().Count().ShouldBe(2);
        (repository.Read("good.txt"), repository.Read("also/good.txt"), repository.Read("f.txt"), repository.Exists("moved.txt"))
            .ShouldBe(("1", "2", Lines, false));
        Writeopt.Run(repository, "undo").ExitCode.ShouldBe(0);
        (repository.Exists("good.txt"), repository.Exists("also")).ShouldBe((false, false));

        Writeopt.Feed(repository, """{"op":"delete","path":"nowhere"}""", "apply", "--partial").ExitCode
            .ShouldBe(1, "where nothing fits it is refused");
    }

    [Fact]
    public void Force_ignores_an_expectation_saves_what_was_there_and_never_path_safety_I2_I5()
    {
        using var repository = Repository(out var expected);
        repository.Write("f.txt", "theirs\n");
        var outcome = repository.Applied(Write("ours\n", expected), new ApplyOptions { Force = true });
        (repository.Read("f.txt"), repository.Git("show", outcome.Before + ":f.txt")).ShouldBe(("ours\n", "theirs"));
        Should.Throw<WriteException>(() => Refuse(repository.Apply("""{"op":"write","path":".git/x","content":""}""",
            new ApplyOptions { Force = true })));
        Directory.CreateDirectory(repository.Outside("elsewhere"));
        File.CreateSymbolicLink(repository.At("away"), repository.Outside("elsewhere"));
        repository.Apply("""{"op":"write","path":"away/x","content":""}""", new ApplyOptions { Force = true }).Error!.Code
            .ShouldBe("beyond-symlink");
    }

    [Fact]
    public void A_batch_that_was_kept_is_resumed_and_expects_what_was_there()
    {
        using var repository = Repository(out _);
        var before = repository.State();
        var applied = repository.Applied("""
            {"operations":[{"op":"edit","path":"f.txt","edits":[{"old":"2","new":"two"}]},{"op":"write","path":"n/n.txt","content":"n"},
            {"op":"delete","path":"g.txt"},{"op":"symlink","path":"l","target":"f.txt"}]}
            """);
        var after = repository.State();
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.Git("update-ref", "refs/writeopt/kept/" + applied.Transaction, applied.After!);

        repository.Write("f.txt", Lines.Replace("8", "eight"));
        var refused = writer.Resume(applied.Transaction!, new ApplyOptions());
        (refused.State, refused.Error!.Code).ShouldBe((WriteState.Refused, "expectation-failed"));
        repository.Git("for-each-ref", "--format=%(refname)", "refs/writeopt/kept").ShouldNotBeEmpty("it is still kept");

        repository.Write("f.txt", Lines);
        repository.State().ShouldBe(before);
        writer.Resume(applied.Transaction![^6..], new ApplyOptions { DryRun = true }).State.ShouldBe(WriteState.Planned);
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldNotBeEmpty("a dry run drops nothing");
        writer.Resume(applied.Transaction![^6..], new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(after);
        repository.Git("for-each-ref", "refs/writeopt/kept").ShouldBeEmpty();
        Should.Throw<UsageException>(() => writer.Resume(applied.Transaction!, new ApplyOptions())).Error.Code
            .ShouldBe("no-such-batch");
    }

    private static void Refuse(WriteOutcome outcome) => throw new RefusedException(outcome.Error!);

    private static string Write(string content, string expected) =>
        $$"""{"op":"write","path":"f.txt","content":{{JsonSerializer.Serialize(content)}},"expect":"{{expected}}"}""";

    private static TestRepository Repository(out string blob, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = Lines, ["g.txt"] = "g\n" }, "", test);
        blob = repository.Git("rev-parse", "HEAD:f.txt");
        return repository;
    }
}
