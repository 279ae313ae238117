using GitWriteOpt.Tests.Cli;

namespace GitWriteOpt.Tests.Replay;

/// <summary>
/// Real input. <c>REPLAY_REPOSITORY</c> and <c>REPLAY_RANGE</c> (arguments of <c>git rev-list</c>) replay any other
/// history; <c>REPLAY_DURABILITY</c> is full, batch or none.
/// </summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const string OwnRange = "-n 12 HEAD";

    [Fact]
    public void The_last_commits_of_a_history_are_replayed_in_both_forms_and_rolled_back()
    {
        var repository = Setting("REPLAY_REPOSITORY", SourceTree.Root);
        Assert.SkipUnless(repository != SourceTree.Root || Path.Exists(Path.Combine(repository, ".git")),
            "these sources are not in a git repository");
        var durability = Enum.Parse<Durability>(Setting("REPLAY_DURABILITY", nameof(Durability.Full)), ignoreCase: true);
        var counts = HistoryReplay.Run(repository, Setting("REPLAY_RANGE", OwnRange), durability);
        output.WriteLine(counts.ToString());
        counts.Failures.ShouldBeEmpty(counts.ToString());
        counts.Commits.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void A_history_of_all_that_is_rare_is_replayed_in_both_forms_and_rolled_back(string initArguments)
    {
        using var repository = SyntheticHistory.Make(initArguments);
        var counts = HistoryReplay.Run(repository.Root, "--all");
        output.WriteLine(counts.ToString());
        counts.Failures.ShouldBeEmpty(counts.ToString());
        counts.Commits.ShouldBe(23);
        counts.Empty.ShouldBe(1);
        counts.Renames.ShouldBeGreaterThan(8);
        counts.ModeChanges.ShouldBeGreaterThan(2);
        counts.TypeChanges.ShouldBeGreaterThan(1);
        counts.Links.ShouldBeGreaterThan(5);
        counts.Crlf.ShouldBeGreaterThan(3);
    }

    private static string Setting(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
}
