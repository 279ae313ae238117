namespace GitWriteOpt.Patterns;

/// <summary>A file that is likely missing.</summary>
/// <param name="Path">The file.</param>
/// <param name="Confidence">From 0 to 1, calibrated on this repository.</param>
/// <param name="Support">How many commits say so.</param>
/// <param name="Reason">Why, in a phrase that names commits.</param>
/// <param name="Commits">The newest of those commits, abbreviated.</param>
public sealed record Suggestion(
    string Path, double Confidence, int Support, string Reason, IReadOnlyList<string> Commits)
{
    /// <summary>Whether it is sure enough to warn.</summary>
    public bool IsWarning => Confidence >= Calibration.WarningConfidence;
}
