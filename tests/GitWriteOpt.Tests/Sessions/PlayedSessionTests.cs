using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

/// <summary>
/// Sessions that are played from seeds: an agent works by our tools, by a shell and by git, a person beside it, the agent
/// may die; afterwards every file is what it must be. <c>SESSION_SEEDS</c> says how many are played (200 in a sweep).
/// </summary>
public sealed class PlayedSessionTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("SESSION_SEEDS"), out var seeds) ? seeds : 16;

    [Fact]
    public void What_an_agent_did_goes_and_what_a_person_did_stays()
    {
        var died = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            died += Play(seed) ? 1 : 0;
        }

        died.ShouldBeInRange(1, Seeds - 1, "the script no longer plays both ends");
    }

    private static bool Play(int seed)
    {
        using var repository = TestRepository.Init();
        using var writer = Writer.Open(repository.Root);
        var agent = new PlayedAgent(repository, writer, seed);
        agent.Prepare();
        agent.Play();
        writer.Checkpoint("played", new CheckpointRequest(CheckpointReason.BeforeTool, "found"));
        var played = repository.State();
        Differences(Files(repository), agent.Disk).ShouldBeEmpty("the script lost count: " + agent.Story);

        var outcome = writer.Rollback(new RollbackRequest { Session = "played", WithUnattributed = agent.DiedInATool, Durability = Durability.None });

        outcome.Error.ShouldBeNull(agent.Story);
        Differences(Files(repository), agent.DiedInATool ? agent.AtStart : agent.WithoutAgent).ShouldBeEmpty(agent.Story);
        if (outcome.State == WriteState.Applied)
        {
            writer.Rollback(new RollbackRequest { Transaction = outcome.Transaction, Durability = Durability.None }).State
                .ShouldBe(WriteState.Applied, agent.Story);
            repository.State().ShouldBe(played, agent.Story);
        }

        return agent.DiedInATool;
    }

    private static List<string> Differences(SortedDictionary<string, string> actual, SortedDictionary<string, string> expected) =>
        [.. actual.Keys.Union(expected.Keys).Where(path => actual.GetValueOrDefault(path) != expected.GetValueOrDefault(path))
            .Select(path => $"{path}: {actual.GetValueOrDefault(path)?.ReplaceLineEndings("|") ?? "absent"} instead of "
                + (expected.GetValueOrDefault(path)?.ReplaceLineEndings("|") ?? "absent"))];

    private static SortedDictionary<string, string> Files(TestRepository repository) => new(
        Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(repository.Root, f)).Where(f => !f.StartsWith(".git/", StringComparison.Ordinal))
            .ToDictionary(f => f, repository.Read), StringComparer.Ordinal);
}
