using System.Text.RegularExpressions;

namespace GitWriteOpt.Batches.SearchBlocks;

/// <summary>The lines that structure SEARCH/REPLACE blocks: Aider's, Cline's and Roo's.</summary>
internal static partial class BlockMarkers
{
    /// <summary>Opens a block, in Aider's and Roo's spelling: <c>&lt;&lt;&lt;&lt;&lt;&lt;&lt; SEARCH</c>.</summary>
    public static bool IsSearch(string line) => Search().IsMatch(line.Trim());

    /// <summary>Opens a block in Cline's spelling: <c>------- SEARCH</c>.</summary>
    public static bool IsClineSearch(string line) => ClineSearch().IsMatch(line.Trim());

    /// <summary>Stands between the two parts: <c>=======</c>.</summary>
    public static bool IsDivider(string line) => Divider().IsMatch(line.Trim());

    /// <summary>Closes a block, in any spelling.</summary>
    public static bool IsReplace(string line) => Replace().IsMatch(line.Trim());

    /// <summary>Roo's line between a block's head and its search: <c>-------</c>.</summary>
    public static bool IsRooDashes(string line) => line.TrimEnd() == "-------";

    /// <summary>Roo's <c>:start_line:12</c> (or <c>:end_line:</c>): its name and number; null where it is none.</summary>
    public static (string Name, int Line)? RooLine(string line) =>
        RooHead().Match(line) is { Success: true } match && int.TryParse(match.Groups[2].ValueSpan, out var number)
            ? (match.Groups[1].Value, number)
            : null;

    /// <summary>A content line of Roo's, without the backslash that keeps it from being a marker.</summary>
    public static string Unescaped(string line) => Escaped().IsMatch(line) ? line[1..] : line;

    [GeneratedRegex(@"^<{5,9} SEARCH>?$", RegexOptions.CultureInvariant)]
    private static partial Regex Search();

    [GeneratedRegex(@"^-{7} SEARCH>?$", RegexOptions.CultureInvariant)]
    private static partial Regex ClineSearch();

    [GeneratedRegex(@"^={5,9}$", RegexOptions.CultureInvariant)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^(>{5,9}|\+{7}) REPLACE>?$", RegexOptions.CultureInvariant)]
    private static partial Regex Replace();

    [GeneratedRegex(@"^:(start_line|end_line):\s*(\d+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex RooHead();

    [GeneratedRegex(@"^\\(<{7}|={7}|>{7}|-{7}|:start_line:|:end_line:)", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
