namespace GitWriteOpt.Operations;

/// <summary>The writes to be made together, as a reader understood them.</summary>
/// <param name="Message">What it is for, or null.</param>
/// <param name="Operations">In the order in which they are taken.</param>
public sealed record Batch(string? Message, IReadOnlyList<Operation> Operations)
{
    /// <summary>What the reader noticed and went on with, for people.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The name of the format that it came in, for the log and the transaction's trailers.</summary>
    public string Format { get; init; } = "native";

    /// <summary>What it was read from, in order; empty for one that was made in code.</summary>
    public IReadOnlyList<BatchSource> Sources { get; init; } = [];
}
