using System.Text.RegularExpressions;
using GitWriteOpt.Tests.Cli;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>Runs the README's example: what it shows is what happens.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_example_of_the_README_does_what_it_shows()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["greeting.txt"] = "hello\n",
            ["obsolete.txt"] = "old\n",
        });
        File.AppendAllText(repository.At(".git/info/exclude"), "batch.json\nmoon.diff\n");
        foreach (Match file in FileBlock().Matches(text))
        {
            repository.Write(file.Groups["name"].Value, file.Groups["text"].Value);
        }

        var path = $"{Path.GetDirectoryName(Writeopt.Binary)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        var id = "";
        var commands = 0;
        foreach (Match block in ConsoleBlock().Matches(text))
        {
            foreach (Match step in Step().Matches(block.Groups["text"].Value))
            {
                var command = step.Groups["command"].Value.Replace("<id>", id);
                var answer = TestRepository.RunAny(repository.Root, "sh", ["-c", command],
                    environment: new Dictionary<string, string?> { ["PATH"] = path });
                if (Id().Matches(answer.Output) is { Count: > 0 } ids)
                {
                    id = ids[^1].Value;
                }

                Id().Replace(answer.Output, "<id>").ShouldBe(step.Groups["output"].Value, $"{command}\n{answer.Error}");
                commands++;
            }
        }

        commands.ShouldBeGreaterThan(8);
    }

    [GeneratedRegex("""^```json (?<name>\S+)\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    [GeneratedRegex("""^```console\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex("""^\$ (?<command>.*)\n(?<output>(?:(?!\$ ).*\n)*)""", RegexOptions.Multiline)]
    private static partial Regex Step();

    // Ids are base32 and hold a digit; words of sixteen letters are none.
    [GeneratedRegex(@"\b(?=[a-z]*[0-9])[0-9a-z]{16}\b")]
    private static partial Regex Id();
}
