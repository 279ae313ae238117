using System.Text.RegularExpressions;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>Lines that look like secrets and never enter a template, whatever else judges them.</summary>
internal static partial class SecretLines
{
    /// <summary>Whether a line looks like one.</summary>
    internal static bool Has(string line) => Known().IsMatch(line) || Assigned().IsMatch(line);

    [GeneratedRegex("""
        AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}|sk-[A-Za-z0-9_-]{20,}|AIza[\w-]{35}|eyJ[\w-]{15,}\.[\w-]{15,}|-----BEGIN [A-Z ]*PRIVATE KEY|://[^/\s:@]+:[^/\s:@{}$]+@
        """, RegexOptions.CultureInvariant)]
    private static partial Regex Known();

    [GeneratedRegex("""(?i)(password|passwd|secret|token|api_?key|access_?key|private_?key)\w*["']?\s*[:=]+\s*["'][^"'\s{}$<>]{8,}["']""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
