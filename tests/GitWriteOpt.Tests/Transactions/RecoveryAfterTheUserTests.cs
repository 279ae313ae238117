using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Tests.Races;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>
/// A swap is cut off half-way, the user goes on working, then recovery comes: whatever the user did to whichever path
/// stays as it is and is named, and every byte that ever was is in the worktree or under a ref (I2).
/// </summary>
public sealed class RecoveryAfterTheUserTests
{
    private const string Batch = """
        {"operations":[{"op":"write","path":"a.txt","content":"a after\n"},{"op":"write","path":"b.txt","content":"b after\n"},
        {"op":"delete","path":"gone/g.txt"},{"op":"write","path":"made/n.txt","content":"n after\n"},
        {"op":"move","from":"m.txt","to":"moved.txt"},{"op":"write","path":"z.txt","content":"z after\n"}]}
        """;

    private static readonly string[] Paths = ["a.txt", "gone/g.txt", "made/n.txt", "moved.txt", "m.txt", "z.txt"];

    private static readonly string[] Deeds =
        ["edits", "removes", "makes a directory of", "makes a link of", "changes the mode of", "makes a fifo of", "makes a repository of"];

    public static TheoryData<string, string, string?> Interventions
    {
        get
        {
            var data = new TheoryData<string, string, string?>();
            var turn = 0;
            foreach (var deed in Deeds)
            {
                foreach (var path in Paths)
                {
                    data.Add(deed, path, "Back");
                    data.Add(deed, path, turn++ % 2 == 0 ? "Forward" : null);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Interventions))]
    public void What_the_user_did_since_stays_and_is_named_I2(string deed, string path, string? direction)
    {
        using var repository = CutOff(out var contents);
        var index = repository.Git("ls-files", "-s");
        var did = Do(repository, deed, path);
        var mine = Describe(repository, path);
        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest(DryRun: true));
        Describe(repository, path).ShouldBe(mine, "a dry run changes nothing");

        var outcome = writer.Recover(new RecoverRequest(direction is null ? null : Enum.Parse<RecoveryDirection>(direction)));
        outcome.Recovered.Count.ShouldBe(1);
        Settled(repository, writer);
        repository.Git("ls-files", "-s").ShouldBe(index, "I3");
        var everything = EditorRaceTests.Everything(repository);
        foreach (var content in contents.Append(did).OfType<string>())
        {
            everything.ShouldContain(content);
        }

        // What the user did is in the way of one of the two states at least; where it is one of them, there is nothing to keep.
        if (outcome.Rescued.Any(r => r.Path == path))
        {
            Describe(repository, path).ShouldBe(mine, "it was said to be left as it is");
            outcome.State.ShouldBe(RecoveryState.Attention);
        }
        else
        {
            var end = outcome.Recovered[0].Direction;
            Describe(repository, path).ShouldBeOneOf(mine, Expected(path, end), $"{deed} {path}: {end}");
            if (did is not null)
            {
                repository.Read(path).ShouldBe(did, "what the user wrote is never replaced silently");
            }
        }

        // All others are in the state that was decided on.
        foreach (var other in Paths.Append("b.txt").Where(p => p != path && !path.StartsWith(p[..1], StringComparison.Ordinal)))
        {
            Describe(repository, other).ShouldBe(Expected(other, outcome.Recovered[0].Direction), $"{deed} {path}");
        }

        var second = writer.Recover(new RecoverRequest());
        (second.State, second.Rescued.Count, second.Warnings.Count).ShouldBe((RecoveryState.Clean, 0, 0));
    }

    [Fact]
    public void Where_the_next_writer_recovers_it_says_what_it_left_and_the_program_ends_with_4_where_a_person_is_needed()
    {
        using var repository = CutOff(out _);
        repository.Write("a.txt", "the user's\n");
        Directory.Delete(repository.At("gone"), recursive: true);
        var (exitCode, output, _) = EndToEnd.Writeopt.Run(repository, "recover", "--dry-run", "--json");
        exitCode.ShouldBe(0, output);
        Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/stage")).Count().ShouldBe(1);
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Apply(repository.Batch("""{"op":"write","path":"c.txt","content":"c\n"}"""), new ApplyOptions());
        outcome.State.ShouldBe(WriteState.Applied);
        outcome.Warnings.ShouldContain(w => w.Contains("\"a.txt\"") && w.Contains("refs/writeopt/rescue/"));
        repository.Read("a.txt").ShouldBe("the user's\n");
        Settled(repository, writer);
    }

    [Fact]
    public void The_programs_answer_names_what_was_left_with_exit_code_4_and_a_second_one_is_clean()
    {
        using var repository = CutOff(out _);
        repository.Write("a.txt", "the user's\n");
        var (exitCode, output, _) = EndToEnd.Writeopt.Run(repository, "recover", "--json");
        exitCode.ShouldBe(4);
        using var answer = System.Text.Json.JsonDocument.Parse(output);
        answer.RootElement.GetProperty("state").GetString().ShouldBe("attention");
        var rescued = answer.RootElement.GetProperty("rescued")[0];
        rescued.GetProperty("path").GetString().ShouldBe("a.txt");
        repository.Git("show", rescued.GetProperty("ref").GetString() + ":a.txt").ShouldBe("the user's");
        EndToEnd.Writeopt.Run(repository, "recover", "--json").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Entries_that_the_user_staged_since_are_left_as_they_are()
    {
        using var repository = CutOff(out _, new ApplyOptions { Stage = true });
        repository.Write("a.txt", "the user's\n");
        File.Delete(repository.At(".git/index.lock"));
        repository.Git("add", "a.txt");
        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest()).State.ShouldBe(RecoveryState.Attention);
        repository.Git("show", ":a.txt").ShouldBe("the user's");
        repository.Git("diff", "--cached", "--name-only").ShouldBe("a.txt");
    }

    [Fact]
    public void Some_paths_can_be_recovered_first_and_the_rest_stays_pending()
    {
        using var repository = CutOff(out _);
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Recover(new RecoverRequest(RecoveryDirection.Back, Paths: ["a.txt"]));
        outcome.State.ShouldBe(RecoveryState.Attention);
        outcome.Warnings.ShouldContain(w => w.Contains("git writeopt recover"));
        repository.Read("a.txt").ShouldBe("a before\n");
        writer.Status().Pending.Count.ShouldBe(1);
        writer.Recover(new RecoverRequest(RecoveryDirection.Back)).State.ShouldBe(RecoveryState.Recovered);
        Settled(repository, writer);
    }

    [Theory]
    [InlineData(RecoveryDirection.Back)]
    [InlineData(RecoveryDirection.Forward)]
    public void Where_file_modes_mean_nothing_a_mode_is_no_change_of_the_users(RecoveryDirection direction)
    {
        using var repository = CutOff(out _);
        repository.Git("config", "core.fileMode", "false");
        foreach (var path in (string[])["a.txt", "b.txt", "z.txt"])
        {
            File.SetUnixFileMode(repository.At(path), (UnixFileMode)0x1ed);
        }

        using var writer = Writer.Open(repository.Root);
        writer.Recover(new RecoverRequest(direction)).State.ShouldBe(RecoveryState.Recovered);
        repository.Read("a.txt").ShouldBe(direction == RecoveryDirection.Back ? "a before\n" : "a after\n");
        repository.Read("z.txt").ShouldBe(direction == RecoveryDirection.Back ? "z before\n" : "z after\n");
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("link")]
    [InlineData("portable")]
    [InlineData("portable without links")]
    public void Killed_at_any_call_that_changes_a_directory_all_is_before_or_after_by_every_way_I1(string way)
    {
        using var repository = Repository();
        var before = repository.State();
        string? after = null;
        for (var point = 0; ; point++)
        {
            var (calls, watch) = (0, EditorRaceTests.WatchOf(way));
            watch.Before = (call, _, _) =>
            {
                if (call is not ("look" or "read" or "readlink" or "descend" or "touch") && calls++ == point)
                {
                    watch.Die();
                    throw new KilledException();
                }
            };
            WriteOutcome? outcome = null;
            using (var writer = watch.Open(repository, way.StartsWith("portable", StringComparison.Ordinal)))
            {
                try
                {
                    outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions { Durability = Durability.None });
                }
                catch (KilledException)
                {
                    // Before the journal: as a kill would end it.
                }
            }

            using var next = Writer.Open(repository.Root, null, way.StartsWith("portable", StringComparison.Ordinal), null);
            if (calls <= point)
            {
                outcome!.State.ShouldBe(WriteState.Applied);
                point.ShouldBeGreaterThan(10);
                break;
            }

            var recovered = next.Recover(new RecoverRequest());
            recovered.Rescued.ShouldBeEmpty();
            var state = repository.State();
            if (state != before)
            {
                state.ShouldBe(after ??= After(repository), $"killed at change {point}");
                next.Rollback(new()).State.ShouldBe(WriteState.Applied);
            }

            repository.State().ShouldBe(before, $"killed at change {point}");
            Settled(repository, next);
        }
    }

    private static string After(TestRepository repository)
    {
        repository.Read("a.txt").ShouldBe("a after\n");
        Paths.ShouldAllBe(path => Describe(repository, path) == Expected(path, RecoveryDirection.Forward));
        return repository.State();
    }

    private static void Settled(TestRepository repository, Writer writer)
    {
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
        writer.Status().Pending.ShouldBeEmpty();
        Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/stage")).ShouldBeEmpty();
    }

    private static string? Do(TestRepository repository, string deed, string path)
    {
        var at = repository.At(path);
        if (deed == "changes the mode of" && !File.Exists(at))
        {
            return null;
        }

        if (deed is not ("edits" or "changes the mode of"))
        {
            File.Delete(at);
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
        }

        switch (deed)
        {
            case "edits":
                repository.Write(path, "the user's own\n");
                return "the user's own\n";
            case "makes a directory of":
                repository.Write(path + "/inside", "the user's own\n");
                return null;
            case "makes a link of":
                File.CreateSymbolicLink(at, repository.Outside("elsewhere"));
                break;
            case "changes the mode of":
                File.SetUnixFileMode(at, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                break;
            case "makes a fifo of":
                TestRepository.Run(repository.Root, "mkfifo", [at]);
                break;
            case "makes a repository of":
                TestRepository.Run(repository.Root, "git", ["init", "-q", at]);
                break;
        }

        return null;
    }

    private static string Describe(TestRepository repository, string path)
    {
        var at = repository.At(path);
        return new FileInfo(at).LinkTarget is { } target ? "link " + target
            : Directory.Exists(at) ? "directory " + string.Join(' ', Directory.GetFileSystemEntries(at))
            : !File.Exists(at) ? "nothing"
            : (File.GetAttributes(at) & FileAttributes.Device) != 0 || new FileInfo(at).Length == 0 ? "special"
            : "file " + File.ReadAllText(at);
    }

    private static string Expected(string path, RecoveryDirection direction) => (path, direction) switch
    {
        ("made/n.txt" or "moved.txt", RecoveryDirection.Back) => "nothing",
        ("gone/g.txt" or "m.txt", RecoveryDirection.Forward) => "nothing",
        ("moved.txt", _) => "file m before\n",
        (_, RecoveryDirection.Back) => $"file {Path.GetFileName(path)[..1]} before\n",
        _ => $"file {Path.GetFileName(path)[..1]} after\n",
    };

    // Cut off when about half of the paths are in place.
    private static TestRepository CutOff(out IReadOnlyList<string> contents, ApplyOptions? options = null,
        [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = Repository(test);
        var watch = new Watch();
        watch.Once("exchange", "/repo/z.txt", () =>
        {
            watch.Die();
            throw new KilledException();
        });
        using var writer = watch.Open(repository);
        writer.Apply(repository.Batch(Batch), options ?? new ApplyOptions()).State.ShouldBe(WriteState.Attention);
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldNotBeEmpty();
        contents = ["a before\n", "b before\n", "g before\n", "m before\n", "z before\n", "a after\n", "b after\n",
            "n after\n", "z after\n"];
        return repository;
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "a before\n",
            ["b.txt"] = "b before\n",
            ["gone/g.txt"] = "g before\n",
            ["m.txt"] = "m before\n",
            ["z.txt"] = "z before\n",
        }, "", test);
}
