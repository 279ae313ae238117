using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>Applies native batches in a test repository, in process.</summary>
internal static class BatchFixtures
{
    public static Batch Batch(this TestRepository repository, string json) => BatchReader.Read(
        Encoding.UTF8.GetBytes(json), BatchFormat.Auto, new BatchContext(repository.Root, repository.Root));

    public static WriteOutcome Apply(this TestRepository repository, string json, ApplyOptions? options = null)
    {
        using var writer = Writer.Open(repository.Root);
        return writer.Apply(repository.Batch(json), options ?? new ApplyOptions());
    }

    /// <summary>Applies a batch that must succeed.</summary>
    public static WriteOutcome Applied(this TestRepository repository, string json, ApplyOptions? options = null)
    {
        var outcome = repository.Apply(json, options);
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        outcome.State.ShouldBe(WriteState.Applied);
        return outcome;
    }
}
