namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>A file of an export.</summary>
/// <param name="Path">Relative to where the tool looks for its templates' parent.</param>
/// <param name="Text">Its content.</param>
public sealed record ExportedFile(string Path, string Text);
