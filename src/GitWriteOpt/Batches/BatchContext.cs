namespace GitWriteOpt.Batches;

/// <summary>What the names in a batch are relative to.</summary>
/// <param name="WorktreeRoot">Absolute, no trailing slash: absolute paths must lie below it.</param>
/// <param name="SourceDirectory">Absolute: where relative <c>"source"</c> files are looked up (the caller's directory).</param>
public sealed record BatchContext(string WorktreeRoot, string SourceDirectory)
{
    /// <summary>
    /// The event of a transcript from which on its writes are taken, itself included: an id, a line number, or a time; null
    /// for all. Other formats have no events, and refuse it.
    /// </summary>
    public string? Since { get; init; }

    /// <summary>Whether <c>"source"</c> may name files to copy from; not where a batch comes from a model alone.</summary>
    public bool TakesSources { get; init; } = true;

    /// <summary>Absolute: what relative paths are relative to instead of the root, where a call says so; or null.</summary>
    internal string? RelativeTo { get; init; }
}
