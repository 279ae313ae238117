using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>What undoing and redoing mean where more than one transaction, or a person, was at work.</summary>
public sealed class RollbackTests
{
    private const string Lines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    [Fact]
    public void Undoing_twice_undoes_two_and_redoing_twice_redoes_both_in_turn()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var states = new List<string> { repository.State() };
        for (var i = 1; i <= 3; i++)
        {
            Write(repository, "f.txt", $"{i}\n");
            states.Add(repository.State());
        }

        foreach (var i in new[] { 2, 1, 0 })
        {
            Step(writer.Rollback(new()));
            repository.State().ShouldBe(states[i]);
        }

        Should.Throw<UsageException>(() => writer.Rollback(new())).Error.Code.ShouldBe("no-such-transaction");
        foreach (var i in new[] { 1, 2, 3 })
        {
            Step(writer.Redo(null, Durability.None));
            repository.State().ShouldBe(states[i]);
        }

        Should.Throw<UsageException>(() => writer.Redo(null, Durability.None)).Error.Code.ShouldBe("nothing-to-redo");
        Step(writer.Rollback(new()));
        Step(writer.Rollback(new()));
        repository.State().ShouldBe(states[1]);
        Step(writer.Redo(null, Durability.None));
        Step(writer.Rollback(new()));
        Step(writer.Rollback(new()));
        repository.State().ShouldBe(states[0]);
        Should.Throw<UsageException>(() => writer.Rollback(new()));
    }

    [Fact]
    public void A_rollback_can_itself_be_rolled_back_I8()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var before = repository.State();
        var id = Write(repository, "f.txt", "new\n");
        var after = repository.State();
        var back = Step(writer.Rollback(new()));
        Step(writer.Rollback(new() { Transaction = back }));
        repository.State().ShouldBe(after);
        writer.Find("@").Transaction.ShouldBe(id);
        Step(writer.Rollback(new()));
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void Transactions_are_named_by_id_prefix_suffix_ref_and_at_signs()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var first = Write(repository, "a.txt", "1\n");
        var second = Write(repository, "b.txt", "1\n");
        foreach (var name in new[] { second, second[..15], second[^6..], "@", "refs/writeopt/tx/" + second })
        {
            writer.Find(name).Transaction.ShouldBe(second, name);
        }

        writer.Find("@~1").Transaction.ShouldBe(first);
        Should.Throw<UsageException>(() => writer.Find("@~2")).Error.Code.ShouldBe("no-such-transaction");
        Should.Throw<UsageException>(() => writer.Find("@~x"));
        Should.Throw<UsageException>(() => writer.Find(first[..4])).Error.Code.ShouldBe("ambiguous-id");
        Should.Throw<UsageException>(() => writer.Find("")).Error.Code.ShouldBe("no-such-transaction");

        Step(writer.Rollback(new() { Transaction = "@~1" }));
        (repository.Exists("a.txt"), repository.Exists("b.txt")).ShouldBe((false, true));
        writer.Find("@").Transaction.ShouldBe(second, "a rollback is not what @ means");
        Should.Throw<UsageException>(() => writer.Rollback(new() { Transaction = first })).Error.Code
            .ShouldBe("already-rolled-back");
    }

    [Fact]
    public void To_an_id_undoes_all_that_is_newer_as_one_transaction()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var kept = Write(repository, "f.txt", "kept\n");
        var state = repository.State();
        Write(repository, "f.txt", "later\n");
        Write(repository, "deep/new.txt", "1\n");
        Write(repository, "deep/new.txt", "2\n");
        var last = repository.State();
        var all = writer.Rollback(new() { To = kept });
        Step(all);
        all.Undone.Count.ShouldBe(3);
        repository.State().ShouldBe(state);
        Should.Throw<UsageException>(() => writer.Rollback(new() { To = kept }));
        Step(writer.Redo(null, Durability.None));
        repository.State().ShouldBe(last);
    }

    [Fact]
    public void One_of_several_that_were_undone_together_is_redone_alone_by_its_id()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var kept = Write(repository, "z.txt", "kept\n");
        Write(repository, "a.txt", "1\n");
        var wanted = Write(repository, "b.txt", "1\n");
        Step(writer.Rollback(new() { To = kept }));
        Step(writer.Redo(wanted, Durability.None));
        (repository.Exists("a.txt"), repository.Exists("b.txt")).ShouldBe((false, true));
        Step(writer.Rollback(new()));
        (repository.Exists("a.txt"), repository.Exists("b.txt"), repository.Exists("z.txt")).ShouldBe((false, false, true));
    }

    [Fact]
    public void A_session_is_undone_without_what_others_did_between()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Write(repository, "mine.txt", "1\n", "s1");
        Write(repository, "other.txt", "1\n", "s2");
        Write(repository, "mine.txt", "2\n", "s1");
        Step(writer.Rollback(new() { Session = "s1" }));
        (repository.Exists("mine.txt"), repository.Exists("other.txt")).ShouldBe((false, true));
        Should.Throw<UsageException>(() => writer.Rollback(new() { Session = "s1" }));
    }

    [Fact]
    public void Named_paths_alone_are_undone_and_the_rest_can_follow()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var before = repository.State();
        repository.Applied("""
            {"operations":[{"op":"write","path":"dir/a","content":"1"},{"op":"write","path":"dir/b","content":"1"},
            {"op":"write","path":"f.txt","content":"changed\n"}]}
            """);
        Step(writer.Rollback(new() { Paths = [RepoPath.Parse("dir")] }));
        (repository.Exists("dir"), repository.Read("f.txt")).ShouldBe((false, "changed\n"));
        Should.Throw<UsageException>(() => writer.Rollback(new() { Paths = [RepoPath.Parse("nowhere")] })).Error.Code
            .ShouldBe("no-such-path");
        Step(writer.Rollback(new()));
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void Later_edits_elsewhere_in_a_file_are_merged_and_said_I9()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Edit(repository, "2", "two");
        repository.Write("f.txt", repository.Read("f.txt").Replace("8", "eight"));
        repository.Write("bystander.txt", "mine\n");
        var outcome = writer.Rollback(new());
        Step(outcome);
        repository.Read("f.txt").ShouldBe(Lines.Replace("8", "eight"));
        repository.Read("bystander.txt").ShouldBe("mine\n");
        outcome.Warnings.ShouldContain(w => w.Contains("\"f.txt\"") && w.Contains("merged"));
    }

    [Fact]
    public void A_transaction_between_others_is_undone_where_they_do_not_overlap_and_refused_where_they_do()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var first = Edit(repository, "2", "two");
        Edit(repository, "8", "eight");
        Step(writer.Rollback(new() { Transaction = first }));
        repository.Read("f.txt").ShouldBe(Lines.Replace("8", "eight"));
        var third = Edit(repository, "5", "five");
        Edit(repository, "five", "FIVE");
        var refused = writer.Rollback(new() { Transaction = third });
        (refused.State, refused.Error!.Code, refused.Error.Path).ShouldBe((WriteState.Refused, "changed-since", "f.txt"));
        repository.Read("f.txt").ShouldContain("FIVE");
    }

    [Theory]
    [InlineData("edited")]
    [InlineData("deleted")]
    [InlineData("made anew")]
    [InlineData("made a link")]
    [InlineData("made a directory")]
    public void Later_work_in_the_same_place_refuses_naming_it_and_force_saves_it_first_I9_I2(string how)
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var before = repository.State();
        repository.Applied("""
            {"operations":[{"op":"write","path":"new.txt","content":"ours\n"},
            {"op":"edit","path":"f.txt","edits":[{"old":"5","new":"five"}]},{"op":"delete","path":"g.txt"}]}
            """);
        var (path, theirs) = how switch
        {
            "edited" => ("f.txt", Lines.Replace("5", "theirs")),
            "made anew" => ("g.txt", "theirs\n"),
            _ => ("f.txt", ""),
        };
        if (how == "deleted" || how.StartsWith("made a ", StringComparison.Ordinal))
        {
            File.Delete(repository.At("f.txt"));
            if (how == "made a link")
            {
                File.CreateSymbolicLink(repository.At("f.txt"), "elsewhere");
            }
            else if (how == "made a directory")
            {
                repository.Write("f.txt/inner", "theirs\n");
            }
        }
        else
        {
            repository.Write(path, theirs);
        }

        var now = repository.State();
        var refused = writer.Rollback(new());
        (refused.State, refused.Transaction).ShouldBe((WriteState.Refused, null));
        refused.Error!.Path.ShouldNotBeNull().ShouldStartWith(path);
        repository.State().ShouldBe(now);

        var forced = writer.Rollback(new() { Force = true });
        if (how == "made a directory")
        {
            forced.State.ShouldBe(WriteState.Refused, "a directory is never overwritten");
            repository.State().ShouldBe(now);
            return;
        }

        Step(forced);
        repository.State().ShouldBe(before);
        if (theirs.Length > 0)
        {
            (repository.Git("show", $"{forced.Before}:{path}") + "\n").ShouldBe(theirs);
        }

        Step(writer.Rollback(new() { Transaction = forced.Transaction }));
        repository.State().ShouldBe(now);
    }

    [Fact]
    public void A_file_that_the_batch_made_and_somebody_removed_needs_no_undoing()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        repository.Applied("""
            {"operations":[{"op":"write","path":"new.txt","content":"ours\n"},{"op":"write","path":"h.txt","content":"x"}]}
            """);
        File.Delete(repository.At("new.txt"));
        Step(writer.Rollback(new()));
        (repository.Exists("new.txt"), repository.Exists("h.txt")).ShouldBe((false, false));
    }

    [Fact]
    public void Where_nothing_is_left_to_undo_it_is_said_and_the_next_one_named()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        Write(repository, "new.txt", "ours\n");
        File.Delete(repository.At("new.txt"));
        var outcome = writer.Rollback(new());
        (outcome.State, outcome.Transaction).ShouldBe((WriteState.Unchanged, null));
        outcome.Warnings.ShouldHaveSingleItem().ShouldContain("@~1");
    }

    [Fact]
    public void An_edit_of_the_users_to_a_file_made_and_edited_by_two_transactions_is_not_lost_by_undoing_both_I9()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var kept = Write(repository, "z.txt", "kept\n");
        Write(repository, "n.txt", Lines);
        repository.Applied("""{"op":"edit","path":"n.txt","edits":[{"old":"2","new":"two"}]}""");
        repository.Write("n.txt", repository.Read("n.txt").Replace("8", "theirs"));
        var refused = writer.Rollback(new() { To = kept });
        (refused.State, refused.Error!.Path).ShouldBe((WriteState.Refused, "n.txt"));
        repository.Read("n.txt").ShouldContain("theirs");
    }

    [Fact]
    public void Index_entries_of_several_staged_transactions_go_back_and_come_again_together()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var kept = Write(repository, "z.txt", "kept\n");
        var index = repository.Git("ls-files", "--stage");
        foreach (var text in new[] { "1\n", "2\n", "3\n" })
        {
            repository.Applied($$"""{"op":"write","path":"f.txt","content":{{System.Text.Json.JsonSerializer.Serialize(text)}}}""",
                new ApplyOptions { Stage = true });
        }

        Step(writer.Rollback(new() { To = kept }));
        repository.Git("ls-files", "--stage").ShouldBe(index);
        Step(writer.Redo(null, Durability.None));
        repository.Git("diff", "--name-only", "--", "f.txt").ShouldBeEmpty("the entries come back with the redo");
        repository.Git("diff", "--cached", "--name-only").ShouldBe("f.txt");
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["f.txt"] = Lines, ["g.txt"] = "g\n" }, "", test);

    private static string Write(TestRepository repository, string path, string content, string? session = null) =>
        repository.Applied($$"""{"op":"write","path":"{{path}}","content":{{System.Text.Json.JsonSerializer.Serialize(content)}}}""",
            new ApplyOptions { Session = session, Durability = Durability.None }).Transaction!;

    private static string Edit(TestRepository repository, string old, string @new) => repository.Applied(
        $$"""{"op":"edit","path":"f.txt","edits":[{"old":"{{old}}","new":"{{@new}}"}]}""").Transaction!;

    private static string Step(WriteOutcome outcome)
    {
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
        return outcome.Transaction!;
    }
}
