namespace GitWriteOpt.Metrics;

/// <summary>What an earlier transaction took: material for the estimate, and for what the planner goes by.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Milliseconds">Wall time.</param>
public sealed record RecordedFigure(int Files, long Bytes, double Milliseconds)
{
    /// <summary>The plan's strategy (<c>atomic</c>, <c>batch</c>, <c>template</c>, <c>incremental</c>); empty where it was not recorded.</summary>
    public string Strategy { get; init; } = "";

    /// <summary>The number of groups.</summary>
    public int Groups { get; init; }

    /// <summary>The number of files in the largest group.</summary>
    public int LargestGroup { get; init; }

    /// <summary>How many groups could be staged side by side.</summary>
    public int ParallelGroups { get; init; }

    /// <summary>Whether it was applied; otherwise it was walked back.</summary>
    public bool IsApplied { get; init; } = true;
}
