using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Transactions;

public sealed class KeepFileTests
{
    private const string Batch = """{"operations":[{"op":"write","path":"a.txt","content":"b\n"}]}""";

    [Fact]
    public void A_pack_is_kept_from_gc_until_the_transactions_own_ref_stands()
    {
        using var repository = Repository();
        var watch = new Watch();
        var (kept, pending) = (0, 0);
        watch.Once("exchange", "a.txt", () =>
        {
            kept = Keeps(repository).Length;
            pending = repository.Git("for-each-ref", RefNames.Pending).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        });
        using (var writer = watch.Open(repository))
        {
            writer.Apply(repository.Batch(Batch), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        }

        (kept, pending).ShouldBe((1, 1));
        Keeps(repository).ShouldBeEmpty();
    }

    [Fact]
    public void A_swap_that_is_taken_back_lets_its_pack_go()
    {
        using var repository = Repository();
        var watch = new Watch();
        watch.Once("exchange", "a.txt", () => throw new IOException("the disk is tired"));
        using var writer = watch.Open(repository);

        writer.Apply(repository.Batch(Batch), new ApplyOptions()).State.ShouldBe(WriteState.RolledBack);

        Keeps(repository).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Durability.Full)]
    [InlineData(Durability.None)]
    public void A_keep_file_that_a_kill_behind_the_commit_point_leaves_goes_with_the_next_transaction(Durability durability)
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        writer.Apply(repository.Batch(Batch), new ApplyOptions { Durability = durability });
        var state = new LocalState(writer.Layout);
        var pack = Witness.All(state).Single().Witness!.Pack;
        File.WriteAllText(repository.At($".git/objects/pack/{pack}.keep"), $"{WrittenPack.KeepReason} {state.Token()}\n");

        writer.Apply(repository.Batch("""{"op":"write","path":"c","content":"c"}"""), new ApplyOptions { Durability = durability });

        Keeps(repository).ShouldBeEmpty();
    }

    private static string[] Keeps(TestRepository repository) =>
        Directory.GetFiles(repository.At(".git/objects/pack"), "*.keep");

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
}
