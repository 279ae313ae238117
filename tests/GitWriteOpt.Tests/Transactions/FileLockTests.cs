using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Transactions;

public sealed class FileLockTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Whoever_finds_a_lock_taken_waits_and_gets_it_I7()
    {
        using var repository = TestRepository.Init();
        var path = repository.Outside("lock");
        var held = FileLock.Acquire(path, exclusive: true, Long).ShouldNotBeNull();
        FileLock.IsHeld(path).ShouldBeTrue();
        FileLock.Acquire(path, exclusive: true, TimeSpan.Zero).ShouldBeNull();
        var waits = 0;
        using (var next = FileLock.Acquire(path, exclusive: true, Long, () =>
        {
            waits++;
            held.Dispose();
        }))
        {
            (next is not null, waits).ShouldBe((true, 1));
        }

        FileLock.IsHeld(path).ShouldBeFalse();
    }

    [Fact]
    public void Those_who_share_a_lock_do_not_wait_for_each_other()
    {
        using var repository = TestRepository.Init();
        var path = repository.Outside("lock");
        using var one = FileLock.Acquire(path, exclusive: false, Long);
        using var two = FileLock.Acquire(path, exclusive: false, TimeSpan.Zero);
        two.ShouldNotBeNull();
        FileLock.IsHeld(path).ShouldBeFalse();
        FileLock.Acquire(path, exclusive: true, TimeSpan.Zero).ShouldBeNull();
    }

    [Fact]
    public void While_another_writer_works_status_is_answered_and_a_batch_waits_its_turn()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "1\n" });
        repository.Applied("""{"op":"write","path":"a.txt","content":"2\n"}""");
        var held = FileLock.Acquire(repository.At(".git/writeopt/lock"), exclusive: true, Long).ShouldNotBeNull();
        using var writer = Writer.Open(repository.Root);
        writer.Status().Transactions.ShouldBe(1);
        writer.Waiting = held.Dispose;
        writer.Apply(repository.Batch("""{"op":"write","path":"a.txt","content":"3\n"}"""), new ApplyOptions())
            .State.ShouldBe(WriteState.Applied);
        repository.Read("a.txt").ShouldBe("3\n");
    }
}
