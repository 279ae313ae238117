using System.Text.RegularExpressions;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Cli;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>The README's C# is the code of this test, so it compiles and does what it says.</summary>
public sealed partial class LibraryExampleTests
{
    [Fact]
    public void The_example_of_the_README_is_this_one()
    {
        var own = File.ReadAllText(Path.Combine(SourceTree.Root, "tests/GitWriteOpt.Tests/EndToEnd/LibraryExampleTests.cs"));
        var readme = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));

        var shown = string.Join('\n', CSharpBlock().Match(readme).Groups["text"].Value.Split('\n').Where(l => !l.StartsWith("using GitWriteOpt", StringComparison.Ordinal)));
        var here = string.Join('\n', Example().Match(own).Groups["text"].Value.Split('\n').Select(l => l.Length > 8 ? l[8..] : l.Trim()));

        Squeezed(shown.Replace("Writer.Open(\".\")", "Writer.Open(directory)", StringComparison.Ordinal)
            .Replace("Console.WriteLine(", "output.WriteLine(", StringComparison.Ordinal)).ShouldBe(Squeezed(here));
    }

    [Fact]
    public void It_writes_and_deletes_and_says_so()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["greeting.txt"] = "hello\n",
            ["obsolete.txt"] = "old\n",
        });
        using var output = new StringWriter();

        Run(repository.Root, output);

        repository.Read("greeting.txt").ShouldBe("hello, world\n");
        repository.Exists("obsolete.txt").ShouldBeFalse();
        output.ToString().ShouldStartWith("Applied: 2 files, transaction ");
    }

    private static void Run(string directory, StringWriter output)
    {
        // the example
        using var writer = Writer.Open(directory);
        var outcome = writer.Apply(new Batch("Greet the world",
        [
            new Operation.Write(RepoPath.Parse("greeting.txt"), Content.Of("hello, world\n")),
            new Operation.Delete(RepoPath.Parse("obsolete.txt")),
        ]));
        output.WriteLine($"{outcome.State}: {outcome.Files.Count} files, transaction {outcome.Transaction}");
        // its end
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("""^```csharp\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("""^ +// the example\n(?<text>.*?)^ +// its end$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
