using GitWriteOpt.Errors;

namespace GitWriteOpt.Validation;

/// <summary>A rule of validation, for those who list them.</summary>
/// <param name="Name">Its stable kebab-case name.</param>
/// <param name="Category">Who can mend what it finds.</param>
/// <param name="Default">Its severity where nothing is configured; null is off.</param>
/// <param name="Severity">Its severity here; null is off.</param>
/// <param name="Key">Its setting.</param>
/// <param name="Text">What it finds.</param>
public sealed record CheckRule(
    string Name, ErrorCategory Category, CheckSeverity? Default, CheckSeverity? Severity, string Key, string Text);
