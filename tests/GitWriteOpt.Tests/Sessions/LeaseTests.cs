using System.Diagnostics;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Sessions;

public sealed class LeaseTests
{
    private const string Write = """{"operations":[{"op":"write","path":"a.txt","content":"CONTENT"}]}""";

    [Fact]
    public void What_another_session_is_writing_is_written_with_a_warning()
    {
        using var repository = Repository();
        Apply(repository, "one", "1").Warnings.ShouldBeEmpty();
        Apply(repository, "one", "2").Warnings.ShouldBeEmpty();

        var other = Apply(repository, "two", "3");

        other.State.ShouldBe(WriteState.Applied);
        other.Warnings.ShouldBe([$"\"a.txt\" is being written by the session one (process {Environment.ProcessId}) too"]);
        repository.Apply(Write.Replace("CONTENT", "4", StringComparison.Ordinal), new ApplyOptions { Durability = Durability.None }).Warnings.ShouldBeEmpty("a person is never held up");
    }

    [Fact]
    public void It_is_refused_where_that_is_wanted()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.lease", "refuse");
        Apply(repository, "one", "1");

        var refused = Apply(repository, "two", "2");

        refused.State.ShouldBe(WriteState.Refused);
        (refused.Error!.Code, refused.Error.Path).ShouldBe(("leased-by-other-session", "a.txt"));
        repository.Read("a.txt").ShouldBe("1");
        repository.Apply(Write.Replace("CONTENT", "2", StringComparison.Ordinal)).State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void Nobody_asks_where_leases_are_off()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.lease", "off");
        Apply(repository, "one", "1");

        Apply(repository, "two", "2").Warnings.ShouldBeEmpty();
        Directory.Exists(repository.At(".git/writeopt/leases")).ShouldBeFalse();
    }

    [Fact]
    public void A_policy_that_is_none_is_a_mistake_that_is_named()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.lease", "always");

        Should.Throw<UsageException>(() => Apply(repository, "one", "1")).Error.Code.ShouldBe("bad-setting");
        repository.Read("a.txt").ShouldBe("a\n");
    }

    [Fact]
    public void Leases_die_with_their_owner_and_are_swept()
    {
        using var repository = Repository();
        using var owner = Process.Start("sleep", "600");
        Apply(repository, "one", "1", owner.Id);
        Apply(repository, "two", "2").Warnings.Count.ShouldBe(1);
        owner.Kill();
        owner.WaitForExit();

        Apply(repository, "three", "3").Warnings.ShouldHaveSingleItem().ShouldContain("the session two");

        Directory.GetFiles(repository.At(".git/writeopt/leases")).Length.ShouldBe(2);
    }

    [Fact]
    public void Leases_end_with_their_session_by_whatever_name_it_wrote()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = writer.StartSession("one", null, Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        Apply(repository, "one", "1");
        Apply(repository, session.Id, "2").Warnings.ShouldBeEmpty();
        writer.Lease(session, [RepoPath.Parse("a.txt")]).Held.ShouldBeEmpty();

        writer.EndSession("one", aborted: false, new CheckpointRequest(CheckpointReason.End, "end"));

        Apply(repository, "two", "3").Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_file_of_leases_counts_for_nothing()
    {
        using var repository = Repository();
        Apply(repository, "one", "1");
        foreach (var text in new[] { "", "x", $"{Environment.ProcessId}\n", "1 2 3 4\n\"\na.txt\n" })
        {
            var file = repository.At(".git/writeopt/leases/0123");
            File.WriteAllText(file, text);

            Apply(repository, "one", text + "!").State.ShouldBe(WriteState.Applied);
            File.Exists(file).ShouldBeFalse(text);
        }
    }

    [Fact]
    public void A_session_holds_no_more_than_the_paths_that_it_wrote_last()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var one = writer.StartSession("one", null, Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        var two = writer.StartSession("two", null, Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        IReadOnlyList<RepoPath> many = [.. Enumerable.Range(0, Leases.MostPaths + 1).Select(i => RepoPath.Parse($"f{i}"))];
        writer.Lease(one, many);

        writer.Lease(two, [many[0]]).Held.ShouldBeEmpty();
        writer.Lease(two, [many[1]]).Held.Count.ShouldBe(1);
    }

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });

    private static WriteOutcome Apply(TestRepository repository, string session, string content, int? owner = null) =>
        repository.Apply(Write.Replace("CONTENT", content.Replace("\n", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal),
            StringComparison.Ordinal), new ApplyOptions { Session = session, SessionOwner = owner, Durability = Durability.None });
}
