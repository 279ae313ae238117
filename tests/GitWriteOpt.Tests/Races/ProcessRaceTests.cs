using System.Text.Json;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Races;

/// <summary>Processes of the built program, and the user's own git, at work in one repository at the same time.</summary>
public sealed class ProcessRaceTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(16)]
    public async Task Overlapping_batches_of_many_processes_end_as_if_they_had_come_one_after_the_other(int writers)
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["lines.txt"] = "end\n",
            ["f0"] = "0\n",
            ["f1"] = "0\n",
            ["f2"] = "0\n",
        });
        var before = repository.State();
        var answers = await Task.WhenAll(Enumerable.Range(1, writers).Select(i => Task.Run(() => Writeopt.Feed(repository, $$"""
            {"message":"{{i}}","operations":[{"op":"insert","path":"lines.txt","line":0,"text":"{{i}}\n"},
            {"op":"write","path":"f{{i % 3}}","content":"{{i}}\n"},{"op":"write","path":"f{{(i + 1) % 3}}","content":"{{i}}\n"},
            {"op":"write","path":"own/{{i}}","content":"{{i}}\n"}]}
            """, "apply", "--json", "--durability", "none"))));
        answers.ShouldAllBe(a => a.ExitCode == 0, string.Join('\n', answers.Select(a => a.Output + a.Error)));

        // The log is an order in which they came; replayed on the simplest model it gives what is there, and none is lost.
        using var log = JsonDocument.Parse(Writeopt.Run(repository, "log", "--json").Output);
        var order = log.RootElement.EnumerateArray().Select(t => int.Parse(t.GetProperty("message").GetString()!)).Reverse().ToList();
        order.Order().ShouldBe(Enumerable.Range(1, writers));
        var model = new Dictionary<string, string> { ["lines.txt"] = "end\n" };
        foreach (var i in order)
        {
            model["lines.txt"] = $"{i}\n{model["lines.txt"]}";
            model[$"f{i % 3}"] = model[$"f{(i + 1) % 3}"] = model[$"own/{i}"] = $"{i}\n";
        }

        model.ShouldAllBe(file => repository.Read(file.Key) == file.Value);
        for (var i = 0; i < writers; i++)
        {
            using var writer = Writer.Open(repository.Root);
            writer.Rollback(new() { Durability = Durability.None }).State.ShouldBe(WriteState.Applied);
        }

        repository.State().ShouldBe(before);
    }

    [Fact]
    public async Task A_writer_that_waits_says_so_and_gives_up_after_a_bounded_time()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["f"] = "0\n" });
        var cancellation = TestContext.Current.CancellationToken;
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var watch = new Watch();
        watch.Once("exchange", "/repo/f", () =>
        {
            inside.Set();
            leave.Wait(cancellation);
        });
        var first = Task.Run(() =>
        {
            using var writer = watch.Open(repository);
            return writer.Apply(repository.Batch("""{"op":"write","path":"f","content":"1\n"}"""), new ApplyOptions());
        }, cancellation);
        inside.Wait(cancellation);
        using (var second = Writer.Open(repository.Root))
        {
            var told = 0;
            (second.LockLimit, second.Waiting) = (TimeSpan.FromMilliseconds(200), () => told++);
            var outcome = second.Apply(repository.Batch("""{"op":"write","path":"f","content":"2\n"}"""), new ApplyOptions());
            (outcome.State, told).ShouldBe((WriteState.Refused, 1));
            outcome.Error!.Message.ShouldContain("lock");
        }

        leave.Set();
        (await first).State.ShouldBe(WriteState.Applied);
        repository.Read("f").ShouldBe("1\n");
    }

    [Fact]
    public async Task While_gc_prunes_in_two_linked_worktrees_every_transaction_can_still_be_undone()
    {
        using var one = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "0\n", ["b.txt"] = "0\n" });
        one.Git("worktree", "add", "-q", one.Outside("second"), "-b", "other");
        using var two = one.Beside("second");
        TestRepository[] both = [one, two];
        var before = both.Select(r => r.State()).ToList();
        using var done = new CancellationTokenSource();
        var collectors = both.Select(r => Task.Run(() =>
        {
            var rounds = 0;
            do
            {
                // Two at once are refused by git itself, which is no failure of ours.
                TestRepository.RunAny(r.Root, "git", ["gc", "-q", "--prune=now"]);
                rounds++;
            }
            while (!done.IsCancellationRequested);
            return rounds;
        })).ToList();
        const int rounds = 3;
        await Task.WhenAll(both.Select(r => Task.Run(() =>
        {
            for (var i = 1; i <= rounds; i++)
            {
                // While git's pack-refs holds its lock for long a batch is refused, which must have written nothing.
                int exitCode;
                string output, error;
                do
                {
                    var state = r.State();
                    (exitCode, output, error) = Writeopt.Feed(r, $$"""
                        {"operations":[{"op":"write","path":"a.txt","content":"{{i}}\n"},{"op":"write","path":"n{{i}}","content":"{{r.Root}}{{i}}\n"}]}
                        """, "apply", "--json");
                    (exitCode == 0 || r.State() == state).ShouldBeTrue(output + error);
                }
                while (exitCode == 1 && output.Contains("\"ref-locked\"", StringComparison.Ordinal));
                exitCode.ShouldBe(0, output + error);
            }
        })));
        await done.CancelAsync();
        (await Task.WhenAll(collectors)).ShouldAllBe(count => count > 0);
        one.Git("gc", "-q", "--prune=now");
        foreach (var (repository, state) in both.Zip(before))
        {
            using var writer = Writer.Open(repository.Root);
            for (var i = 0; i < rounds; i++)
            {
                var outcome = writer.Rollback(new());
                outcome.State.ShouldBe(WriteState.Applied, outcome.Error?.Message);
            }

            repository.State().ShouldBe(state);
        }
    }

    [Theory]
    [InlineData("commit", "-q", "-a", "--allow-empty", "-m", "the user's")]
    [InlineData("checkout", "-q", "other")]
    [InlineData("rebase", "-q", "--autostash", "other")]
    [InlineData("stash", "-q")]
    public void What_the_user_does_with_git_in_the_middle_of_a_swap_is_refused_or_kept_and_nothing_is_lost(params string[] git)
    {
        foreach (var stage in (bool[])[false, true])
        {
            foreach (var moment in (string[])["symlink", "exchange", "move", "read"])
            {
                InTheMiddle(git, stage, moment);
            }
        }
    }

    private static void InTheMiddle(string[] git, bool stage, string moment)
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "a main\n",
            ["b.txt"] = "b main\n",
        }, "", "InTheMiddle");
        repository.Git("checkout", "-q", "-b", "other");
        repository.Write("a.txt", "a other\n");
        repository.Write("c.txt", "c other\n");
        repository.Commit("other");
        repository.Git("checkout", "-q", "main");
        var watch = new Watch();
        var calls = 0;
        watch.Before = (call, _, _) =>
        {
            if (call == moment && calls++ == 0)
            {
                TestRepository.RunAny(repository.Root, "git", git);
            }
        };
        WriteOutcome outcome;
        using (var writer = watch.Open(repository))
        {
            outcome = writer.Apply(repository.Batch("""
                {"operations":[{"op":"write","path":"a.txt","content":"a ours\n"},{"op":"write","path":"b.txt","content":"b ours\n"},
                {"op":"symlink","path":"l","target":"a.txt"},{"op":"write","path":"c.txt","content":"c ours\n"}]}
                """), new ApplyOptions { Stage = stage });
        }

        var all = EditorRaceTests.Everything(repository);
        foreach (var content in (string[])["a main\n", "b main\n", "a other\n", "c other\n"])
        {
            all.ShouldContain(content, $"{moment}: {outcome.Error?.Message}");
        }

        File.Exists(repository.At(".git/index.lock")).ShouldBeFalse(moment);
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
        if (outcome.State == WriteState.Applied)
        {
            all.ShouldContain("a ours\n");
            using var writer = Writer.Open(repository.Root);
            writer.Rollback(new() { Force = true }).State.ShouldBeOneOf(WriteState.Applied, WriteState.Unchanged);
        }
    }
}
