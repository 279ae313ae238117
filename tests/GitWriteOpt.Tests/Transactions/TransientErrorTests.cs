using System.Diagnostics;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Transactions;

/// <summary>What passes by itself is tried again where that is safe, and not for ever.</summary>
public sealed class TransientErrorTests
{
    private const int Busy = 16;
    private const int Stale = 116;
    private const int NoSpace = 28;

    [Theory]
    [InlineData("read", "/a.txt", Busy)]
    [InlineData("read", "/a.txt", Stale)]
    [InlineData("create", "/0", Busy)]
    public void A_file_that_is_busy_for_a_moment_is_read_and_staged_all_the_same(string call, string path, int errno)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var times = 0;
        var watch = new Watch
        {
            Before = (name, from, _) => times += name == call && from.EndsWith(path, StringComparison.Ordinal) && times < 2 ? throw Failure(ref times, errno) : 0,
        };
        using var writer = watch.Open(repository);

        var outcome = writer.Apply(repository.Batch("""{"op":"edit","path":"a.txt","edits":[{"old":"one","new":"two"}]}"""), new ApplyOptions());

        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        (repository.Read("a.txt"), times).ShouldBe(("two\n", 2));
    }

    [Fact]
    public void A_file_that_stays_busy_is_a_refusal_after_two_seconds_at_the_most()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var before = repository.State();
        var times = 0;
        var watch = new Watch { Before = (name, _, _) => _ = name == "create" ? throw Failure(ref times, Busy) : 0 };
        using var writer = watch.Open(repository);
        var started = Stopwatch.GetTimestamp();

        var outcome = writer.Apply(repository.Batch("""{"op":"write","path":"a.txt","content":"two\n"}"""), new ApplyOptions());

        (outcome.State, outcome.Error!.Code, times).ShouldBe((WriteState.Refused, "busy", 6));
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TestRepository.Patience, "bounded, on a machine however busy");
        repository.State().ShouldBe(before);
    }

    [Fact]
    public void A_full_disk_is_told_at_once()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var times = 0;
        var watch = new Watch { Before = (name, _, _) => _ = name == "create" ? throw Failure(ref times, NoSpace) : 0 };
        using var writer = watch.Open(repository);

        writer.Apply(repository.Batch("""{"op":"write","path":"a.txt","content":"two\n"}"""), new ApplyOptions()).Error!.Code.ShouldBe("no-space");

        times.ShouldBe(1);
    }

    [Fact]
    public void A_step_of_the_swap_is_never_made_twice()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var before = repository.State();
        var times = 0;
        var watch = new Watch { Before = (name, _, _) => _ = name is "exchange" or "over" && times == 0 ? throw Failure(ref times, Busy) : 0 };
        using var writer = watch.Open(repository);

        var outcome = writer.Apply(repository.Batch("""{"op":"write","path":"a.txt","content":"two\n"}"""), new ApplyOptions());

        (outcome.State, outcome.Error!.Code, times).ShouldBe((WriteState.RolledBack, "busy", 1));
        outcome.Error.Suggestion!.ShouldContain("git writeopt apply --resume");
        repository.State().ShouldBe(before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(16)]
    [InlineData(26)]
    [InlineData(116)]
    public void These_pass_by_themselves(int errno) => Transient.Passes(Errno.Exception(errno, "write", "x")).ShouldBe(OperatingSystem.IsLinux());

    private static StoreException Failure(ref int times, int errno)
    {
        times++;
        return Errno.Exception(errno, "use", "a file");
    }
}
