using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

public sealed class SessionRecoveryTests
{
    [Fact]
    public void A_session_goes_back_to_its_start_and_that_can_be_undone()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"), ("gone.txt", "old\n"));
        var before = agent.Repository.State();
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        agent.Tool("Bash", () =>
        {
            agent.Write("made/by-bash.txt", "bash\n");
            File.Delete(agent.Repository.At("gone.txt"));
        });
        agent.Die();
        var after = agent.Repository.State();

        var outcome = agent.Recover("start");

        outcome.State.ShouldBe(WriteState.Applied);
        agent.Repository.State().ShouldBe(before);
        agent.Writer.Find(outcome.Transaction!).Kind.ShouldBe(TransactionKind.Recover);
        agent.Writer.OpenSessions().ShouldBeEmpty();
        agent.Writer.FindSession(agent.Session.Id).State.ShouldBe(SessionState.Aborted);
        agent.Writer.Rollback(new RollbackRequest()).State.ShouldBe(WriteState.Applied);
        agent.Repository.State().ShouldBe(after);
    }

    [Fact]
    public void What_a_shell_wrote_before_it_died_goes_back_too()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Begin("Bash");
        agent.Write("half.txt", "half\n");
        agent.Die();

        var account = agent.Writer.Account(agent.Session, null);
        account.Files.ShouldHaveSingleItem().ShouldBe(new SessionPath("half.txt", ChangeKind.Added, Attribution.Session, false));
        agent.Recover("start", r => r with { DryRun = true }).State.ShouldBe(WriteState.Planned);
        agent.Repository.Exists("half.txt").ShouldBeTrue();
        agent.Recover("start").State.ShouldBe(WriteState.Applied);

        agent.Repository.Exists("half.txt").ShouldBeFalse();
    }

    [Fact]
    public void It_goes_back_to_any_checkpoint()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "first\n"), "a.txt");
        var point = agent.Writer.Steps(agent.Writer.FindSession(agent.Session.Id))[^1].Checkpoint;
        agent.Tool("Write", () => agent.Write("a.txt", "second\n"), "a.txt");
        agent.Die();

        agent.Recover(point[^6..]).State.ShouldBe(WriteState.Applied);

        agent.Repository.Read("a.txt").ShouldBe("first\n");
        Should.Throw<UsageException>(() => agent.Recover("nowhere")).Error.Code.ShouldBe("no-such-checkpoint");
    }

    [Fact]
    public void Only_the_paths_that_are_named_go_back_and_the_rest_can_follow_later()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"), ("b.txt", "b\n"));
        agent.Prompt("go");
        agent.Tool("Bash", () =>
        {
            agent.Write("a.txt", "agent\n");
            agent.Write("b.txt", "agent\n");
        });
        agent.Die();

        agent.Recover("start", r => r with { Paths = [RepoPath.Parse("a.txt")] }).Files.ShouldHaveSingleItem();
        agent.Repository.Read("b.txt").ShouldBe("agent\n");
        agent.Recover("start").State.ShouldBe(WriteState.Applied);

        agent.Repository.Read("b.txt").ShouldBe("b\n");
    }

    [Fact]
    public void Keeping_changes_nothing_and_the_session_is_not_offered_again()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        agent.Die();

        agent.Recover(null).State.ShouldBe(WriteState.Unchanged);

        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Writer.MarkAbandoned(_ => null).ShouldBeEmpty();
        agent.Writer.FindSession(agent.Session.Id).State.ShouldBe(SessionState.Ended);
    }

    [Fact]
    public void What_a_person_did_after_the_agent_died_is_merged_or_kept_and_named()
    {
        using var agent = AgentPlay.In(("merge.txt", AgentPlay.Lines("one", "two")), ("clash.txt", "a\n"), ("plain.txt", "p\n"));
        agent.Prompt("go");
        agent.Tool("Bash", () =>
        {
            agent.Write("merge.txt", AgentPlay.Lines("AGENT", "two"));
            agent.Write("clash.txt", "agent\n");
            agent.Write("plain.txt", "agent\n");
        });
        agent.Die();
        agent.Write("merge.txt", AgentPlay.Lines("AGENT", "PERSON"));
        agent.Write("clash.txt", "person\n");
        agent.Write("mine.txt", "mine\n");

        var outcome = agent.Recover("start");

        outcome.State.ShouldBe(WriteState.Applied);
        agent.Repository.Read("merge.txt").ShouldBe(AgentPlay.Lines("one", "PERSON"));
        agent.Repository.Read("clash.txt").ShouldBe("person\n");
        agent.Repository.Read("mine.txt").ShouldBe("mine\n");
        agent.Repository.Read("plain.txt").ShouldBe("p\n");
        outcome.Skipped.ShouldHaveSingleItem().Path.Value.ShouldBe("clash.txt");
        outcome.Warnings.ShouldContain(w => w.Contains("merge.txt"));
        outcome.Warnings.ShouldContain(w => w.Contains("mine.txt"));
    }

    [Fact]
    public void What_is_not_attributed_goes_back_only_where_that_is_chosen()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        agent.Die();
        agent.Write("other.txt", "other\n");

        agent.Recover("start", r => r with { WithUnattributed = true });

        agent.Repository.Exists("other.txt").ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_was_ignored_when_the_session_began_is_never_deleted()
    {
        using var agent = AgentPlay.In(("precious.log", "mine\n"), (".gitignore", "*.log\n"));
        agent.Write(".gitignore", "");
        agent.Die();

        var outcome = agent.Recover("start", r => r with { WithUnattributed = true });

        outcome.State.ShouldBe(WriteState.Applied);
        agent.Repository.Read("precious.log").ShouldBe("mine\n");
        agent.Repository.Read(".gitignore").ShouldBe("*.log\n");
        outcome.Warnings.ShouldContain(w => w.Contains("precious.log"));
    }

    [Fact]
    public void A_file_that_was_too_large_for_the_snapshot_is_never_deleted()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Die();
        agent.Recover(null);
        agent.Repository.Git("config", "writeopt.snapshot.maxFileSize", "10");
        agent.Write("large.bin", "more than ten bytes\n");
        using var writer = Writer.Open(agent.Repository.Root);
        var session = writer.StartSession("second", null, Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        agent.Write("large.bin", "few\n");
        agent.Write("a.txt", "agent\n");

        writer.RecoverSession(new SessionRecoveryRequest { Session = session.Id, To = "start" }).State.ShouldBe(WriteState.Applied);

        agent.Repository.Read("large.bin").ShouldBe("few\n");
        agent.Repository.Read("a.txt").ShouldBe("a\n");
    }

    [Fact]
    public void A_sessions_transactions_count_as_undone_only_as_far_as_it_went_back()
    {
        using var agent = AgentPlay.In(("a.txt", "a\n"), ("b.txt", "b\n"));
        agent.Prompt("one");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        var first = agent.Writer.EndTurn(agent.Session.Id, new CheckpointRequest(CheckpointReason.Stop, "one"))!;
        agent.Prompt("two");
        var point = agent.Writer.Steps(agent.Writer.FindSession(agent.Session.Id))[^1].Checkpoint;
        agent.Tool("Write", () => agent.Write("b.txt", "agent\n"), "b.txt");
        var second = agent.Writer.EndTurn(agent.Session.Id, new CheckpointRequest(CheckpointReason.Stop, "two"))!;
        agent.Die();

        agent.Recover(point);

        agent.Writer.Find(first.Transaction!).Standing.ShouldBeTrue();
        agent.Writer.Find(second.Transaction!).Standing.ShouldBeFalse();
        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Repository.Read("b.txt").ShouldBe("b\n");
    }
}
