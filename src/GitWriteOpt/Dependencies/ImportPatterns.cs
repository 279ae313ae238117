using System.Text.RegularExpressions;

namespace GitWriteOpt.Dependencies;

/// <summary>The languages whose imports are recognised, by file name.</summary>
internal enum ImportFamily
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>JavaScript, TypeScript and their like.</summary>
    Script,

    /// <summary>Python.</summary>
    Python,

    /// <summary>C and C++.</summary>
    Include,

    /// <summary>Markdown.</summary>
    Markdown,
}

/// <summary>What an import looks like, a line at a time: one regular expression a family; its group <c>to</c> names the file.</summary>
internal static partial class ImportPatterns
{
    /// <summary>The family of a file.</summary>
    public static ImportFamily FamilyOf(ReadOnlySpan<char> name) => Path.GetExtension(name) switch
    {
        ".js" or ".jsx" or ".mjs" or ".cjs" or ".ts" or ".tsx" or ".mts" or ".cts" or ".vue" or ".svelte" => ImportFamily.Script,
        ".py" or ".pyi" => ImportFamily.Python,
        ".c" or ".h" or ".cc" or ".hh" or ".cpp" or ".hpp" or ".cxx" or ".hxx" or ".inc" => ImportFamily.Include,
        ".md" or ".markdown" => ImportFamily.Markdown,
        _ => ImportFamily.None,
    };

    /// <summary>The bytes without which a line holds no import: a cheap filter before the expression.</summary>
    public static ReadOnlySpan<byte> Marker(ImportFamily family) => family switch
    {
        ImportFamily.Script => "."u8,
        ImportFamily.Python => "import"u8,
        ImportFamily.Include => "include"u8,
        _ => "]("u8,
    };

    /// <summary>The expression of a family.</summary>
    public static Regex Of(ImportFamily family) => family switch
    {
        ImportFamily.Script => Script(),
        ImportFamily.Python => Python(),
        ImportFamily.Include => Include(),
        _ => Markdown(),
    };

    [GeneratedRegex("""(?:\bfrom|\bimport|\brequire|\bimport\s*\()\s*\(?\s*['"](?<to>\.{1,2}/[^'"]+)['"]""", RegexOptions.CultureInvariant)]
    private static partial Regex Script();

    [GeneratedRegex("""^\s*(?:from\s+(?<to>[.\w]+)\s+import\s+(?<name>[\w, ]+)|import\s+(?<to>[.\w]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Python();

    [GeneratedRegex("^\\s*#\\s*include\\s+\"(?<to>[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Include();

    [GeneratedRegex("""\]\((?<to>[^)\s#:]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Markdown();
}
