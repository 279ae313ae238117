namespace GitWriteOpt.Patterns.Templates;

/// <summary>A file that is likely made beside a new one.</summary>
/// <param name="Path">Where.</param>
/// <param name="Content">What of it is known: a skeleton; empty where too little is.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Template">The learned template that makes such a file, or null.</param>
public sealed record SuggestedFile(string Path, string Content, double Confidence, string? Template);
