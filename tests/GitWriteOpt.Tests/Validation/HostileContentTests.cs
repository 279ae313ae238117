using System.Diagnostics;
using System.Text;
using GitWriteOpt.Validation;
using GitWriteOpt.Validation.Rules.Parsed;

namespace GitWriteOpt.Tests.Validation;

/// <summary>Contents that were made to hang or break a parser: every rule that covers the name ends, and throws nothing.</summary>
public sealed class HostileContentTests
{
    // What grows with the square of its input shows in 64 KiB as well; LARGE_WRITE=1 tries a MiB.
    private static readonly int Size = Environment.GetEnvironmentVariable("LARGE_WRITE") is null ? 1 << 16 : 1 << 20;

    // Brackets keep the parser of C# until its time limit, twenty seconds, from some thousands on.
    private static readonly int Depth = Environment.GetEnvironmentVariable("LARGE_WRITE") is null ? 500 : 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20); // they take a second: what hangs takes for ever

    private static readonly string[] Names =
    [
        "a.json", "tsconfig.json", "a.jsonl", "a.ipynb", "a.yml", "a.toml", "a.xml", "a.csproj", "a.cs", "a.ini", ".editorconfig", ".gitmodules",
        "Dockerfile", "a.patch", ".gitignore", ".gitattributes", "a.txt",
    ];

    public static TheoryData<string> Kinds => [.. Contents.Keys];

    private static Dictionary<string, Func<byte[]>> Contents { get; } = new(StringComparer.Ordinal)
    {
        ["brackets"] = () => Text(new string('[', Depth)),
        ["braces with keys"] = () => Text(string.Concat(Enumerable.Repeat("{\"a\":", Size / 5))),
        ["toml arrays"] = () => Text("a = " + new string('[', Depth)),
        ["toml tables"] = () => Text("a = " + string.Concat(Enumerable.Repeat("{a=", Size / 3))),
        ["yaml dashes"] = () => Text(string.Concat(Enumerable.Repeat("- ", 20_000))),
        ["yaml questions"] = () => Text(string.Concat(Enumerable.Repeat("? ", 20_000))),
        ["yaml indents"] = () => Text(string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n"))),
        ["elements"] = () => Text(string.Concat(Enumerable.Repeat("<a>", Size / 3))),
        ["laughs"] = () => Text("<!DOCTYPE l [<!ENTITY a0 \"ha\">" + string.Concat(Enumerable.Range(1, 60)
            .Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};&a{i - 1};\">")) + "]><l x=\"&a60;\">&a60;</l>"),
        ["yaml laughs"] = () => Text("a0: &a0 [x]\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i}: &a{i} [*a{i - 1},*a{i - 1}]\n"))),
        ["one line"] = () => Text(new string('a', Size)),
        ["one line of quotes"] = () => Text(new string('"', Size)),
        ["secrets begun"] = () => Text(string.Concat(Enumerable.Repeat("-----BEGIN RSA PRIVATE KEY-----", Size / 31))),
        ["tokens begun"] = () => Text(string.Concat(Enumerable.Repeat("eyJ", Size / 3)) + "."),
        ["markers"] = () => Text(string.Concat(Enumerable.Repeat("<<<<<<< a\n=======\n", Size / 18))),
        ["blanks"] = () => Text(new string(' ', Size)),
        ["stars"] = () => Text(new string('*', Size) + "\n" + new string('\\', Size / 2)),
        ["nul"] = () => new byte[Size],
        ["noise"] = () =>
        {
            var noise = new byte[Size];
            new Random(1).NextBytes(noise);
            return noise;
        },
        ["half a character"] = () => [.. Text("a: \u00e4")[..^1]],
        ["hunk"] = () => Text("--- a\n+++ b\n@@ -1,2147483647 +1,2147483647 @@\n" + string.Concat(Enumerable.Repeat(" a\n", Size / 3))),
        ["here documents"] = () => Text("FROM a\nRUN " + string.Concat(Enumerable.Repeat("<<A ", 20_000))),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_rule_comes_to_an_end(string kind)
    {
        var bytes = Contents[kind]();
        var watch = Stopwatch.StartNew();
        foreach (var path in Names)
        {
            foreach (var rule in RuleTable.All.Where(r => r is StateRule or ParsedSyntax))
            {
                Should.NotThrow(() => Looking.At(rule.Name, path, bytes), $"{rule.Name} of {path}");
            }
        }

        watch.Elapsed.ShouldBeLessThan(Limit);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
