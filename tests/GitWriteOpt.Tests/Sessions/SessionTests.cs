using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sessions;

public sealed class SessionTests
{
    [Fact]
    public void A_session_is_a_chain_of_checkpoints_that_ordinary_git_can_read()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = Start(writer);
        repository.Write("a.txt", "agent\n");
        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.Asked, "half-way"));
        var ended = writer.EndSession(null, aborted: false, new CheckpointRequest(CheckpointReason.End, "done"));

        ended.State.ShouldBe(SessionState.Ended);
        repository.Git("show", ended.Ref + ":a.txt").ShouldBe("agent");
        repository.Git("log", "--format=%s", $"{ended.Ref}^2").Split('\n')[0].ShouldBe("half-way");
        writer.Steps(writer.FindSession(session.Id)).Select(s => (s.Reason, s.Files.Count))
            .ShouldBe([(CheckpointReason.Start, 0), (CheckpointReason.Asked, 1), (CheckpointReason.End, 0)]);
        writer.OpenSessions().ShouldBeEmpty();
        Should.Throw<UsageException>(() => writer.Checkpoint(session.Id, new CheckpointRequest(CheckpointReason.Asked, "late")))
            .Error.Code.ShouldBe("session-over");
    }

    [Fact]
    public void A_checkpoint_that_finds_nothing_changed_is_not_taken_where_only_changes_are_wanted()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Start(writer);

        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.BeforeTool, "x") { OnlyIfChanged = true }).Taken
            .ShouldBeFalse();
        repository.Write("a.txt", "other\n");
        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.BeforeTool, "x") { OnlyIfChanged = true }).Taken
            .ShouldBeTrue();
    }

    [Fact]
    public void A_session_whose_owner_is_gone_is_abandoned_and_can_still_be_rolled_back()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        using (var owner = System.Diagnostics.Process.Start("sleep", "600"))
        {
            writer.StartSession("s", "agent", owner.Id, new CheckpointRequest(CheckpointReason.Start, "start"));
            writer.OpenSessions().Single().State.ShouldBe(SessionState.Open);
            owner.Kill();
            owner.WaitForExit();
        }

        repository.Write("a.txt", "agent\n");
        writer.OpenSessions().Single().State.ShouldBe(SessionState.Abandoned);
        writer.Checkpoint("s", new CheckpointRequest(CheckpointReason.Asked, "found"));
        writer.Rollback(new RollbackRequest { Session = "s" }).State.ShouldBe(WriteState.Applied);

        repository.Read("a.txt").ShouldBe("a\n");
    }

    [Fact]
    public void A_turn_becomes_one_transaction_and_undo_undoes_it()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Start(writer);
        var before = repository.State();
        Prompt(writer, "make it better");
        Tool(writer, "Write", () => repository.Write("a.txt", "agent\n"), "a.txt");
        Tool(writer, "Bash", () => repository.Write("made/by-bash.txt", "bash\n"));

        var turn = writer.EndTurn(null, new CheckpointRequest(CheckpointReason.Stop, "make it better"));

        turn!.Files.Select(f => f.Path).ShouldBe(["a.txt", "made/by-bash.txt"]);
        writer.Find("@").Kind.ShouldBe(TransactionKind.Observed);
        writer.Rollback(new RollbackRequest()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
        writer.Redo(null, Durability.None).State.ShouldBe(WriteState.Applied);
        repository.Read("made/by-bash.txt").ShouldBe("bash\n");
    }

    [Fact]
    public void What_a_person_changed_between_two_tools_is_not_the_turns_and_survives_its_undo()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Start(writer);
        Prompt(writer, "go");
        Tool(writer, "Write", () => repository.Write("a.txt", "agent\n"), "a.txt");
        repository.Write("person.txt", "mine\n");
        Tool(writer, "Write", () => repository.Write("b.txt", "agent\n"), "b.txt");
        writer.EndTurn(null, new CheckpointRequest(CheckpointReason.Stop, "go"))!.Files.Select(f => f.Path)
            .ShouldBe(["a.txt", "b.txt"]);

        writer.Rollback(new RollbackRequest());

        repository.Read("a.txt").ShouldBe("a\n");
        repository.Exists("b.txt").ShouldBeFalse();
        repository.Read("person.txt").ShouldBe("mine\n");
    }

    [Fact]
    public void Rolling_a_session_back_merges_what_a_person_did_in_between_and_names_what_it_keeps()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = Lines("one", "two", "three") });
        using var writer = Writer.Open(repository.Root);
        var session = Start(writer);
        Prompt(writer, "go");
        Tool(writer, "Edit", () => repository.Write("a.txt", Lines("AGENT", "two", "three")), "a.txt");
        repository.Write("a.txt", Lines("AGENT", "two", "PERSON"));
        repository.Write("note.txt", "mine\n");
        Tool(writer, "Write", () => repository.Write("new.txt", "agent\n"), "new.txt");

        var outcome = writer.Rollback(new RollbackRequest { Session = session.Id });

        outcome.State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe(Lines("one", "two", "PERSON"));
        repository.Exists("new.txt").ShouldBeFalse();
        repository.Read("note.txt").ShouldBe("mine\n");
        outcome.Warnings.ShouldContain(w => w.Contains("note.txt"));
        writer.Rollback(new RollbackRequest { Transaction = outcome.Transaction }).State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe(Lines("AGENT", "two", "PERSON"));
    }

    [Fact]
    public void A_sessions_own_transactions_are_told_apart_from_its_other_writes()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = Start(writer);
        Prompt(writer, "go");
        Tool(writer, "Bash", () =>
        {
            writer.Apply(repository.Batch("""{"op":"write","path":"b.txt","content":"ours\n"}"""),
                new ApplyOptions { Session = session.Id });
            repository.Write("c.txt", "shell\n");
        });
        var turn = writer.EndTurn(null, new CheckpointRequest(CheckpointReason.Stop, "go"));

        writer.Steps(writer.FindSession(session.Id)).SelectMany(s => s.Files).Select(f => (f.File.Path, f.By))
            .ShouldBe([("b.txt", Attribution.Transaction), ("c.txt", Attribution.Session)]);
        writer.Rollback(new RollbackRequest()).Undone.Count.ShouldBe(2);
        repository.Exists("b.txt").ShouldBeFalse();
        Should.Throw<UsageException>(() => writer.Rollback(new RollbackRequest())).Error.Code.ShouldBe("no-such-transaction");
        turn.ShouldNotBeNull();
    }

    private static string Lines(params string[] lines) => string.Join("\n\n\n\n", lines) + "\n";

    private static SessionSummary Start(Writer writer) => writer.StartSession("host-name", "agent", Environment.ProcessId,
        new CheckpointRequest(CheckpointReason.Start, "start"));

    private static void Prompt(Writer writer, string text) =>
        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.Prompt, text));

    private static void Tool(Writer writer, string tool, Action write, params string[] declared)
    {
        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.BeforeTool, tool) { Tool = tool, OnlyIfChanged = true });
        write();
        writer.Checkpoint(null, new CheckpointRequest(CheckpointReason.AfterTool, tool)
        {
            Tool = tool,
            Declared = declared,
            OnlyIfChanged = true,
        });
    }

    private static TestRepository Repository() =>
        TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n", [".gitignore"] = "*.log\n" });
}
