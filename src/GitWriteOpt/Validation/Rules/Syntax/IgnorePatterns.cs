using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>Patterns of <c>.gitignore</c> that match nothing, or other things than they seem to.</summary>
internal sealed class IgnorePatterns() : StateRule(new RuleInfo("gitignore-pattern", ErrorCategory.Format, CheckSeverity.Warning,
    "a pattern of .gitignore that can match nothing, or not what it seems to"))
{
    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => path.Name == ".gitignore";

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        var line = 0;
        foreach (var raw in Encoding.UTF8.GetString(TextPosition.Trim(bytes.Span)).Split('\n'))
        {
            line++;
            var pattern = raw.TrimEnd('\r');
            if (pattern.Length > 0 && pattern[0] != '#' && Objection(pattern) is var (message, suggestion) && message is not null)
            {
                yield return new Sighting(path, message, line, 1) { Suggestion = suggestion };
            }
        }
    }

    private static (string? Message, string? Suggestion) Objection(string pattern)
    {
        var bare = pattern.TrimStart('!');
        if (Trailing(pattern) % 2 == 1)
        {
            return ("a backslash ends the pattern, which can match nothing", "leave it out");
        }

        if (bare.StartsWith("./", StringComparison.Ordinal) || bare.StartsWith("../", StringComparison.Ordinal))
        {
            return ("patterns are not paths: one that begins with ./ or ../ can match nothing", "begin with / for this directory");
        }

        if (bare.IndexOf(" #", StringComparison.Ordinal) > 0)
        {
            return ("a comment stands in a line of its own; here it is part of the pattern", "put it into the line above");
        }

        var open = bare.LastIndexOf('[');
        return open >= 0 && (open == 0 || bare[open - 1] != '\\') && bare.IndexOf(']', open) < 0
            ? ("expected \"]\" after \"[\": the pattern can match nothing", "write \\[ for the character itself") : (null, null);
    }

    private static int Trailing(string pattern) => pattern.Length - pattern.TrimEnd('\\').Length;
}
