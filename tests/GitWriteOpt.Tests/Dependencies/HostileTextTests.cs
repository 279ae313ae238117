using GitWriteOpt.Dependencies;

namespace GitWriteOpt.Tests.Dependencies;

/// <summary>Bytes that no compiler would take: every scanner ends, in time linear in their length, and throws nothing.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Endings =
        ["js", "vue", "py", "c", "cs", "go", "rs", "java", "css", "scss", "html", "md", "json", "csproj", "sln"];

    private const int Length = 200_000;

    private static readonly string[] Pieces =
    [
        "'", "\"", "\"\\", "/\\", "/*", "*/", "`${", "`", "<script", "<a b=", "<!--", "](", "[", "{", "}", "import ", "from ",
        "#include \"", "#include <", "mod a{", "use a::{", "namespace a{", "using ", "@import url(", "#", "r#\"", "\"\"\"", "\\", "(", "\0",
        "import a,", "\n", "#[", "class ", "delegate ", "$ref", "]: ", "é", "a.", "mod a{mod b;", "import a.",
    ];

    public static TheoryData<string> AllEndings => [.. Endings];

    // A scanner that reads a line again for each of its quotes would need hours for these, not a blink.
    [Theory(Timeout = 1_200_000)]
    [MemberData(nameof(AllEndings))]
    public async Task A_long_line_of_one_piece_is_read_once(string ending) => await Task.Run(() =>
    {
        foreach (var piece in Pieces)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes("import require mod use include ](" + string.Concat(Enumerable.Repeat(piece, Length / piece.Length))
                + "import from mod use include");
            Language.ScanAny("a." + ending, bytes).Uses.Count.ShouldBeLessThanOrEqualTo(Language.MostReferences + 1);
        }
    }, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(AllEndings))]
    public void Pieces_in_any_order_are_read_without_failure(string ending)
    {
        var random = new Random(7);
        for (var i = 0; i < 100; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var found = Language.ScanAny("a." + ending, System.Text.Encoding.UTF8.GetBytes(text));
            foreach (var use in found.Uses)
            {
                Language.Of("a." + ending)!.Resolve("x/a." + ending, use, Scan.View(("x/a." + ending, text))).ShouldNotBeNull();
            }
        }
    }

    [Fact]
    public void Files_that_are_too_large_are_not_read() =>
        Language.ScanAny("a.py", new byte[Language.TooLarge]).ShouldBeSameAs(FileReferences.None);
}
