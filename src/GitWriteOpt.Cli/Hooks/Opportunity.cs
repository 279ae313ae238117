using GitWriteOpt.Operations;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>Something that could be better about a commit in the making.</summary>
/// <param name="Text">What, in a sentence without its end.</param>
/// <param name="Writes">How many transactions of their own it saves to do it now, as part of this one.</param>
internal sealed record Opportunity(string Text, int Writes)
{
    /// <summary>What can be done at once; null for nothing.</summary>
    public Offer? Offer { get; init; }

    /// <summary>The command that does it, or null.</summary>
    public string? Command { get; init; }
}

/// <summary>What can be done about an opportunity. A closed family.</summary>
/// <param name="Question">Asked in a terminal, without its question mark.</param>
internal abstract record Offer(string Question)
{
    /// <summary>Writes a batch and stages it.</summary>
    /// <param name="Question">The question.</param>
    /// <param name="Batch">The batch.</param>
    internal sealed record Write(string Question, Batch Batch) : Offer(Question);

    /// <summary>Stages files as they are.</summary>
    /// <param name="Question">The question.</param>
    /// <param name="Paths">The files.</param>
    internal sealed record Stage(string Question, IReadOnlyList<string> Paths) : Offer(Question);

    /// <summary>Makes a template of files.</summary>
    /// <param name="Question">The question.</param>
    /// <param name="Files">Paths and texts.</param>
    internal sealed record Extract(string Question, IReadOnlyList<(string Path, string Text)> Files) : Offer(Question);
}
