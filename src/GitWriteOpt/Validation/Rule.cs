using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>What a rule says of itself; <c>writeopt.check.&lt;name&gt;</c> is its setting.</summary>
/// <param name="Name">Its stable kebab-case name.</param>
/// <param name="Category">Who can mend what it finds.</param>
/// <param name="Default">Its severity where nothing is configured; null is off.</param>
/// <param name="Text">What it finds, in one sentence, for the table of rules.</param>
internal sealed record RuleInfo(string Name, ErrorCategory Category, CheckSeverity? Default, string Text)
{
    /// <summary>Raised whenever the rule would find something else in the same bytes: part of the cache's key.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>One thing that a rule saw, before severity is decided.</summary>
/// <param name="Path">The path.</param>
/// <param name="Message">What was expected and what is there.</param>
/// <param name="Line">One-based line, or null.</param>
/// <param name="Column">One-based column in bytes, or null.</param>
internal readonly record struct Sighting(RepoPath Path, string Message, int? Line = null, int? Column = null)
{
    /// <summary>What to do, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>At most a warning, whatever the rule's severity: the rule is not sure of this one.</summary>
    public bool Unsure { get; init; }

    /// <summary>It was so before the batch: at most a warning. Set by rules that compare for themselves.</summary>
    public bool WasThere { get; init; }
}

/// <summary>
/// A rule of validation. A closed family of three: a <see cref="StateRule"/> looks at the bytes that a file shall have,
/// a <see cref="ChangeRule"/> also at those that it had, a <see cref="BatchRule"/> at all files at once and the repository
/// around them. Rules look and never change anything; the <see cref="Validator"/> calls them, several at once, so a rule
/// keeps no state. A rule that cannot say (a tool is missing, a form that it does not know) says nothing.
/// </summary>
internal abstract class Rule(RuleInfo info)
{
    /// <summary>What it says of itself.</summary>
    public RuleInfo Info { get; } = info;

    /// <summary>Its configured name.</summary>
    public string Name => Info.Name;

    /// <summary>Whether it starts programs or walks the repository: left out where an answer is wanted at once.</summary>
    public virtual bool TakesTime => false;

    /// <summary>
    /// Whether it would start a program of somebody else's, of which nobody knows how long it takes: the cache lacks a
    /// result. Such a rule is first run while no lock is held.
    /// </summary>
    public virtual bool WouldWait(CheckSubject subject) => false;
}

/// <summary>
/// Looks at the bytes that a file shall have, by themselves: cached by their blob id. What it sees in the file's former
/// bytes too is at most a warning: by message for <see cref="EachByItself"/> rules, else as soon as there was anything.
/// </summary>
internal abstract class StateRule(RuleInfo info) : Rule(info)
{
    /// <summary>Whether its sightings stand each by itself (secrets, conflict markers), other than a file's syntax.</summary>
    public virtual bool EachByItself => false;

    /// <summary>
    /// Whether files of this name are its business. All files for which two paths answer the same
    /// <see cref="Variant"/> are judged alike.
    /// </summary>
    public abstract bool Covers(RepoPath path);

    /// <summary>What of the path its judgement depends on (a dialect's name): part of the cache's key.</summary>
    public virtual string Variant(RepoPath path) => "";

    /// <summary>Looks; bytes of at most <see cref="Content.StreamingThreshold"/>.</summary>
    public abstract IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes);
}

/// <summary>Compares what a file shall be with what it was.</summary>
internal abstract class ChangeRule(RuleInfo info) : Rule(info)
{
    /// <summary>Looks; both contents are of at most <see cref="Content.StreamingThreshold"/> unless the rule asks for their length alone.</summary>
    public abstract IEnumerable<Sighting> Look(CheckedFile file, CheckSubject subject);
}

/// <summary>Looks at all files at once, and at the repository around them.</summary>
internal abstract class BatchRule(RuleInfo info) : Rule(info)
{
    /// <summary>Looks.</summary>
    public abstract IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally);
}
