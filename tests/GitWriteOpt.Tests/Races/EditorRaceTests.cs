using System.Text;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Races;

/// <summary>
/// An editor that saves at the worst moment, by each way of swapping: exchange, a second name and a rename, and .NET's
/// own calls. Its bytes are in the worktree or under a ref afterwards, always (I2).
/// </summary>
public sealed class EditorRaceTests
{
    private const string Theirs = "what the editor saved\n";

    private const string Batch = """
        {"operations":[{"op":"write","path":"a.txt","content":"ours\n"},{"op":"write","path":"dir/b.txt","content":"ours\n"},
        {"op":"delete","path":"dir/gone.txt"},{"op":"write","path":"new.txt","content":"ours\n"}]}
        """;

    public static TheoryData<string, string, string, bool> Moments
    {
        get
        {
            var data = new TheoryData<string, string, string, bool>();
            foreach (var way in (string[])["exchange", "link", "portable", "portable without links"])
            {
                foreach (var path in (string[])["a.txt", "dir/b.txt", "dir/gone.txt", "new.txt"])
                {
                    data.Add(way, path, "in place", false);
                    data.Add(way, path, "by rename", false);
                    data.Add(way, path, "in place", true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void What_an_editor_saves_between_the_last_look_and_the_swap_survives_I2(
        string way, string path, string how, bool afterwards)
    {
        using var repository = Repository();
        var watch = WatchOf(way);

        var (placed, saved) = (0, false);
        var target = path is "a.txt" or "new.txt" ? "/repo/" + path : path;
        watch.Before = (call, from, to) =>
        {
            var there = call is "exchange" or "over" or "link" or "move"
                && (from.EndsWith(target, StringComparison.Ordinal) || to?.EndsWith(target, StringComparison.Ordinal) == true);
            if (there && placed++ == 0 && !afterwards)
            {
                Save(repository, path, how);
            }
            else if (afterwards && !saved && placed > 0 && call == "read"
                && (path == "dir/gone.txt" || from.EndsWith(target, StringComparison.Ordinal)))
            {
                saved = true;
                Save(repository, path, how);
            }
        };
        using var writer = watch.Open(repository, way.StartsWith("portable", StringComparison.Ordinal));
        var outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions());
        placed.ShouldBeGreaterThan(0);
        Everything(repository).ShouldContain(Theirs, $"{outcome.State}: {outcome.Error?.Message}");
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
        outcome.State.ShouldBeOneOf(WriteState.RolledBack, WriteState.Attention, WriteState.Applied);
        if (outcome.State == WriteState.RolledBack)
        {
            repository.Read(path).ShouldBe(Theirs, "it was saved last");
            foreach (var other in (string[])["a.txt", "dir/b.txt", "dir/gone.txt"])
            {
                repository.Read(other).ShouldBe(other == path ? Theirs : "before\n");
            }
        }
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("link")]
    [InlineData("portable")]
    public void A_write_through_a_descriptor_that_was_open_all_the_time_is_rescued(string way)
    {
        using var repository = Repository();
        var watch = WatchOf(way);
        using var open = new FileStream(repository.At("a.txt"), FileMode.Open, FileAccess.Write,
            FileShare.ReadWrite | FileShare.Delete);
        var written = false;
        watch.Before = (call, from, _) =>
        {
            if (!written && call == "look" && from.Contains("/stage/", StringComparison.Ordinal)
                && repository.Git("for-each-ref", "refs/writeopt/tx").Length > 0)
            {
                written = true;
                open.Write("late and longer than before\n"u8);
                open.Flush();
            }
        };
        using var writer = watch.Open(repository, way == "portable");
        var outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions());
        (outcome.State, written).ShouldBe((WriteState.Applied, true));
        outcome.Warnings.ShouldContain(w => w.Contains("open descriptor"));
        Everything(repository).ShouldContain("late and longer than before\n");
    }

    [Fact]
    public void Without_exchange_and_second_names_a_large_file_still_comes_back_from_the_object_store()
    {
        using var repository = Repository();
        var large = new byte[9 << 20];
        new Random(3).NextBytes(large);
        repository.Write("a.txt", large);
        var watch = new Watch { NoExchange = true, NoLinks = true };
        watch.Once("move", "/repo/dir/b.txt", () => throw new IOException("somebody pulled the plug"));
        using var writer = watch.Open(repository);
        var outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions());
        outcome.State.ShouldBe(WriteState.RolledBack, outcome.Error?.Message);
        File.ReadAllBytes(repository.At("a.txt")).ShouldBe(large);
        repository.Read("dir/b.txt").ShouldBe("before\n");
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("move")]
    [InlineData("rmdir")]
    public void An_exception_that_nobody_foresaw_is_walked_back_at_once_I1(string call)
    {
        using var repository = Repository();
        var before = repository.State();
        var watch = new Watch();
        watch.Before = (name, from, to) =>
        {
            // Not in the area, where a failure after the commit point is no more than a temp that is left.
            if (name == call && $"{from} {to}".Contains("/repo/dir", StringComparison.Ordinal))
            {
                watch.Before = (_, _, _) => { };
                throw new InvalidOperationException("a defect");
            }
        };
        using var writer = watch.Open(repository);
        var outcome = writer.Apply(repository.Batch(call == "rmdir"
            ? """{"operations":[{"op":"delete","path":"dir/b.txt"},{"op":"delete","path":"dir/gone.txt"}]}"""
            : Batch), new ApplyOptions());
        (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.RolledBack, "defect"));
        repository.State().ShouldBe(before);
        repository.Git("for-each-ref", "--format=%(refname)", "refs/writeopt").ShouldStartWith("refs/writeopt/kept/");
    }

    internal static Watch WatchOf(string way) => new()
    {
        NoExchange = way != "exchange",
        NoLinks = way == "portable without links",
    };

    /// <summary>The contents of all files of the worktree and of all blobs that a ref reaches.</summary>
    internal static List<string> Everything(TestRepository repository)
    {
        var found = Directory.EnumerateFiles(repository.Root, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/.git/", StringComparison.Ordinal) && new FileInfo(f) is { LinkTarget: null, Length: > 0 })
            .Select(File.ReadAllText).ToList();
        var ids = repository.Git("rev-list", "--all", "--objects", "--no-object-names");

        // "<id> <type> <length>", a line end, the bytes, a line end: a character a byte, since lengths count bytes.
        var (exitCode, output, error) = TestRepository.RunAny(repository.Root, "git", ["cat-file", "--batch"], ids + "\n",
            encoding: Encoding.Latin1);
        exitCode.ShouldBe(0, error);
        for (var at = 0; at < output.Length;)
        {
            var end = output.IndexOf('\n', at);
            var header = output[at..end].Split(' ');
            var length = int.Parse(header[2]);
            if (header[1] == "blob")
            {
                found.Add(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(output.Substring(end + 1, length))));
            }

            at = end + length + 2;
        }

        return found;
    }

    private static void Save(TestRepository repository, string path, string how)
    {
        if (how == "in place")
        {
            repository.Write(path, Theirs);
            return;
        }

        File.WriteAllText(repository.Outside("editor"), Theirs);
        File.Move(repository.Outside("editor"), repository.At(path), overwrite: true);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["a.txt"] = "before\n",
            ["dir/b.txt"] = "before\n",
            ["dir/gone.txt"] = "before\n",
        }, "", test);
}
