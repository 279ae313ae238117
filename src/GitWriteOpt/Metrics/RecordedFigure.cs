namespace GitWriteOpt.Metrics;

/// <summary>What an earlier transaction took: material for the estimate.</summary>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Milliseconds">Wall time.</param>
public sealed record RecordedFigure(int Files, long Bytes, double Milliseconds);
