using System.Text.RegularExpressions;
using GitWriteOpt.Tests.Cli;

namespace GitWriteOpt.Tests.Architecture;

/// <summary>The table of error codes has every code of the source and no other.</summary>
public sealed partial class ErrorTableTests
{
    [Fact]
    public void The_table_of_error_codes_is_what_the_source_has()
    {
        var (codes, categories) = OfSource();
        var table = OfTable();
        codes.Count.ShouldBeGreaterThan(150, "the patterns find too little, so they hold nothing");
        codes.Except(table.Select(t => t.Code)).ShouldBeEmpty("codes that src/GitWriteOpt/Errors/codes.md lacks");
        table.Select(t => t.Code).Except(codes).ShouldBeEmpty("codes that nothing gives any more");
        categories.Except(table.Select(t => (t.Category, t.Code))).ShouldBeEmpty("codes in a category where the table has them not");
    }

    [Fact]
    public void Every_code_says_what_to_do_once_in_its_category()
    {
        var table = OfTable();
        table.Select(t => (t.Category, t.Code)).ShouldBeUnique();
        table.ShouldAllBe(t => t.Words.Length > 10 && t.Words.EndsWith('.'));
        table.Select(t => t.Category).Distinct().ShouldBe(["permission", "format", "dependency", "conflict", "system", "usage"]);
    }

    private static (HashSet<string> Codes, HashSet<(string Category, string Code)> Categories) OfSource()
    {
        var codes = new HashSet<string>();
        var categories = new HashSet<(string, string)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/") && !f.Contains("/artifacts/")))
        {
            var text = File.ReadAllText(file);
            foreach (var match in WithCategory().Matches(text).Concat(WithoutCategory().Matches(text)))
            {
                foreach (var code in match.Groups["code"].Captures.Select(c => c.Value))
                {
                    codes.Add(code);
                    if (match.Groups["category"].Success)
                    {
                        categories.Add((match.Groups["category"].Value.ToLowerInvariant(), code));
                    }
                }
            }
        }

        return (codes, categories);
    }

    private static List<(string Category, string Code, string Words)> OfTable()
    {
        var table = new List<(string, string, string)>();
        var category = "";
        foreach (var line in File.ReadLines(Path.Combine(SourceTree.Root, "src/GitWriteOpt/Errors/codes.md")))
        {
            if (line.StartsWith("## "))
            {
                category = line[3..line.IndexOf(':')];
            }
            else if (Row().Match(line) is { Success: true } row)
            {
                table.Add((category, row.Groups[1].Value, row.Groups[2].Value));
            }
        }

        return table;
    }

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| (.+) \|$")]
    private static partial Regex Row();

    // new WriteError(ErrorCategory.X, "code"; also with "condition ? "code" : "code"", and through what makes one.
    [GeneratedRegex(@"ErrorCategory\.(?<category>\w+),\s*(?:[^"",;{}]*\?\s*)?""(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)""(?:\s*:\s*""(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)"")?")]
    private static partial Regex WithCategory();

    [GeneratedRegex("""
        (?:\b(?:UsageErrors\.Of|NearPlace\.Error|Refused|Fault)\(\s*(?:\w+(?:\.\w+)*(?:\s*[+-]\s*\w+)?,\s*)?|(?<![\w.])Of\(|\bFaultAt\([^"]*?|\bFailed\(log,\s*|\bCode\ =\ |\.Category,\ |ChangedWhileVerifying\ =\ )"(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)"
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex WithoutCategory();
}
