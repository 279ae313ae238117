using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>What the machine does not allow is refused before anything is changed, with the way out.</summary>
public sealed class MachineLimitTests
{
    [Theory]
    [InlineData(3000)]
    [InlineData(700)]
    public void A_full_file_system_refuses_and_leaves_all_as_it_was(int kilobytes)
    {
        using var owner = Repository();
        using var disk = SmallDisk.Mount(owner.Outside("disk"));
        TestRepository.Run(disk.Path, "git", ["init", "-q", "tree"]);
        var repository = owner.Beside("disk/tree");
        repository.Write("f.txt", "f\n");
        repository.Commit("first");
        var before = repository.State();
        var noise = new byte[kilobytes << 10];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(owner.Outside("noise"), noise);
        using (var writer = Writer.Open(repository.Root))
        {
            var outcome = writer.Apply(repository.Batch($$"""
                {"operations":[{"op":"write","path":"f.txt","content":"x\n"},{"op":"write","path":"big/1","source":"{{owner.Outside("noise")}}"},
                {"op":"write","path":"big/2","source":"{{owner.Outside("noise")}}"}]}
                """), new ApplyOptions());
            (outcome.State, outcome.Error!.Code).ShouldBe((WriteState.Refused, "no-space"), outcome.Error.Message);
            repository.State().ShouldBe(before);
            writer.Apply(repository.Batch("""{"op":"write","path":"f.txt","content":"small\n"}"""), new ApplyOptions()).State
                .ShouldBe(WriteState.Applied, "what was begun has been cleared away");
        }

        repository.Dispose();
    }

    [Theory]
    [InlineData("read-only-directory", "dir")]
    [InlineData("read-only-file", "dir/f.txt")]
    public void Read_only_files_and_directories_are_refused_by_name(string code, string readOnly)
    {
        using var repository = Repository();
        var mode = File.GetUnixFileMode(repository.At(readOnly));
        File.SetUnixFileMode(repository.At(readOnly), mode & ~(UnixFileMode.UserWrite | UnixFileMode.GroupWrite));
        var before = repository.State();
        var (exitCode, output, error) = Confined.Feed(repository, """
            {"operations":[{"op":"write","path":"g.txt","content":"x"},{"op":"write","path":"dir/f.txt","content":"x"}]}
            """, "apply", "--json");
        exitCode.ShouldBe(1, output + error);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(code);
        answer.RootElement.GetProperty("error").GetProperty("path").GetString().ShouldBe("dir/f.txt");
        answer.RootElement.GetProperty("error").GetProperty("suggestion").GetString().ShouldNotBeNullOrEmpty();
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_lock_that_stays_busy_refuses_after_a_bounded_wait_and_names_its_file_I7()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        writer.Apply(repository.Batch("""{"op":"write","path":"g.txt","content":"1"}"""), new ApplyOptions());
        var state = new LocalState(writer.Layout);
        using var held = WorktreeLock.Acquire(state, TimeSpan.FromSeconds(5), null);
        var waited = 0;
        writer.LockLimit = TimeSpan.FromMilliseconds(50);
        writer.Waiting = () => waited++;
        var outcome = writer.Apply(repository.Batch("""{"op":"write","path":"g.txt","content":"2"}"""), new ApplyOptions());
        (outcome.State, outcome.Error!.Code).ShouldBe((WriteState.Refused, "lock-busy"));
        outcome.Error.Message.ShouldContain(state.Lock);
        (waited, repository.Read("g.txt")).ShouldBe((1, "1"));
    }

    [Fact]
    public void A_lock_that_comes_free_is_waited_for()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var state = new LocalState(writer.Layout);
        var held = WorktreeLock.Acquire(state, TimeSpan.FromSeconds(5), null);
        writer.Waiting = held.Dispose;
        writer.Apply(repository.Batch("""{"op":"write","path":"g.txt","content":"2"}"""), new ApplyOptions()).State
            .ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void The_index_locked_by_git_refuses_a_staged_batch_and_leaves_the_lock()
    {
        using var repository = Repository();
        repository.Write(".git/index.lock", "git's");
        var before = repository.State();
        var outcome = repository.Apply("""{"op":"write","path":"g.txt","content":"1"}""", new ApplyOptions { Stage = true });
        (outcome.State, outcome.Error!.Code).ShouldBe((WriteState.Refused, "index-locked"));
        repository.State().ShouldBe(before);
        repository.Read(".git/index.lock").ShouldBe("git's");
        File.Delete(repository.At(".git/index.lock"));
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["dir/f.txt"] = "f\n", ["g.txt"] = "g\n" }, "", test);

    /// <summary>A file system of 2 MiB in memory.</summary>
    private sealed class SmallDisk : IDisposable
    {
        public required string Path { get; init; }

        public static SmallDisk Mount(string path)
        {
            Assert.SkipUnless(Confined.IsRoot, "only root can mount a small file system");
            Directory.CreateDirectory(path);
            var (exitCode, _, error) = TestRepository.RunAny(path, "mount", ["-t", "tmpfs", "-o", "size=2m", "none", path]);
            Assert.SkipWhen(exitCode != 0, $"this system does not let root mount: {error}");
            return new SmallDisk { Path = path };
        }

        public void Dispose() => TestRepository.Run("/", "umount", ["-l", Path]);
    }
}
