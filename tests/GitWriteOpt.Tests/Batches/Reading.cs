using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Tests.Batches;

/// <summary>Shorthands to read a batch from a text.</summary>
internal static class Reading
{
    public static readonly BatchContext Context = new("/home/tree", "/home/elsewhere");

    public static Batch Read(string text, BatchFormat format = BatchFormat.Auto) =>
        BatchReader.Read(Encoding.UTF8.GetBytes(text), format, Context);

    public static Operation One(string text, BatchFormat format = BatchFormat.Auto) =>
        Read(text, format).Operations.ShouldHaveSingleItem();

    public static T One<T>(string text, BatchFormat format = BatchFormat.Auto)
        where T : Operation => One(text, format).ShouldBeOfType<T>();

    public static WriteError Fault(string text, BatchFormat format = BatchFormat.Auto) =>
        Should.Throw<UsageException>(() => Read(text, format)).Error;

    public static string TextOf(Operation operation) =>
        Encoding.UTF8.GetString(operation.ShouldBeOfType<Operation.Write>().Content.ToMemory().Span);
}
