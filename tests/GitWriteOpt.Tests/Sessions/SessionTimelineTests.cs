using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

public sealed class SessionTimelineTests
{
    [Fact]
    public void A_timeline_has_checkpoints_and_transactions_in_order_with_who_wrote_what()
    {
        using var agent = TwoTurns(out _, out _);

        var events = agent.Writer.Timeline(agent.Session);

        events.Select(e => e.What).ShouldBe(["start", "prompt", "before-tool", "apply", "after-tool", "stop", "observed",
            "prompt", "before-tool", "after-tool", "stop", "observed"]);
        events.Select(e => e.Id).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        events[4].Files.Select(f => (f.File.Path, f.By)).ShouldBe([("a.txt", Attribution.Transaction), ("b.txt", Attribution.Session)]);
        events.ShouldAllBe(e => e.Fate == Fate.Standing);
        events.Select(e => e.Turn).Distinct().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void What_was_taken_back_is_told_for_every_step_of_it_and_for_no_other()
    {
        using var agent = TwoTurns(out _, out var second);

        agent.Writer.Rollback(new RollbackRequest { Transaction = second }).State.ShouldBe(WriteState.Applied);

        Fates(agent).ShouldBe([("apply", Fate.Standing), ("after-tool", Fate.Standing), ("observed", Fate.Standing),
            ("after-tool", Fate.RolledBack), ("observed", Fate.RolledBack), ("rollback", Fate.Standing)]);
        agent.Writer.Redo(null, Durability.None).State.ShouldBe(WriteState.Applied);
        Fates(agent).Where(f => f.What == "after-tool").ShouldAllBe(f => f.Fate == Fate.Standing);
    }

    [Fact]
    public void A_recovery_to_a_checkpoint_takes_back_what_is_newer_and_one_of_some_paths_takes_a_step_back_in_part()
    {
        using var agent = TwoTurns(out _, out _);
        var point = agent.Writer.Timeline(agent.Session).Last(e => e.What == "prompt").Id;
        agent.Die();

        agent.Recover(point);
        Fates(agent).Where(f => f.What == "after-tool").Select(f => f.Fate).ShouldBe([Fate.Standing, Fate.RolledBack]);
        agent.Recover("start", r => r with { Paths = [GitWriteOpt.Paths.RepoPath.Parse("b.txt")] });

        Fates(agent).Where(f => f.What == "after-tool").Select(f => f.Fate).ShouldBe([Fate.Partly, Fate.RolledBack]);
    }

    [Fact]
    public void Transactions_sessions_checkpoints_and_snapshots_are_found_by_their_ids()
    {
        using var agent = TwoTurns(out var first, out _);
        var snapshot = agent.Writer.TakeSnapshot("s", null, Durability.None).Snapshot;
        var step = agent.Writer.Steps(agent.Session)[3];

        agent.Writer.Locate(first).ShouldBeOfType<Landmark.Transaction>();
        agent.Writer.Locate(agent.Session.Id).ShouldBeOfType<Landmark.Session>().After.ShouldBe(agent.Session.Commit);
        agent.Writer.Locate("host-name").ShouldBeOfType<Landmark.Session>();
        agent.Writer.Locate(snapshot.Id[^6..]).ShouldBeOfType<Landmark.Snapshot>().After.ShouldBe(snapshot.Commit);
        agent.Writer.Locate(step.Checkpoint).ShouldBeOfType<Landmark.Checkpoint>().After.ShouldBe(step.Commit);
        Should.Throw<UsageException>(() => agent.Writer.Locate("nothing-of-the-kind")).Error.Code.ShouldBe("no-such-transaction");
    }

    private static List<(string What, Fate Fate)> Fates(AgentPlay agent) => [.. agent.Writer
        .Timeline(agent.Writer.FindSession(agent.Session.Id)).Where(e => e.Files.Count > 0 && e.What != "found").Select(e => (e.What, e.Fate))];

    private static AgentPlay TwoTurns(out string first, out string second)
    {
        var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("one");
        agent.Tool("Bash", () =>
        {
            agent.Writer.Apply(agent.Repository.Batch("""{"op":"write","path":"a.txt","content":"ours\n"}"""),
                new ApplyOptions { Session = agent.Session.Id });
            agent.Write("b.txt", "shell\n");
        });
        first = agent.Writer.EndTurn(agent.Session.Id, new CheckpointRequest(CheckpointReason.Stop, "one"))!.Transaction!;
        agent.Prompt("two");
        agent.Tool("Write", () => agent.Write("c.txt", "tool\n"), "c.txt");
        second = agent.Writer.EndTurn(agent.Session.Id, new CheckpointRequest(CheckpointReason.Stop, "two"))!.Transaction!;
        agent.Refresh();
        return agent;
    }
}
