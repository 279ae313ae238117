using GitWriteOpt.Validation;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to check as JSON.</summary>
internal sealed record CheckAnswer(IReadOnlyList<CheckFindingAnswer> Findings, int Checked, int Cached)
{
    /// <summary>Of an outcome.</summary>
    public static CheckAnswer Of(ValidationOutcome outcome) =>
        new([.. outcome.Findings.Select(CheckFindingAnswer.Of)], outcome.Checked, outcome.Cached);
}

/// <summary>A rule as JSON.</summary>
internal sealed record CheckRuleAnswer(string Rule, string Category, string Default, string Severity, string Key, string Text)
{
    /// <summary>Of a rule.</summary>
    public static CheckRuleAnswer Of(CheckRule rule) =>
        new(rule.Name, Spelling.Of(rule.Category), Word(rule.Default), Word(rule.Severity), rule.Key, rule.Text);

    /// <summary>How the configuration spells a severity.</summary>
    public static string Word(CheckSeverity? severity) => severity switch
    {
        CheckSeverity.Error => "error",
        CheckSeverity.Warning => "warn",
        _ => "off",
    };
}
