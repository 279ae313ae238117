using System.CommandLine;
using System.Text.RegularExpressions;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Completion;
using GitWriteOpt.Diagnosis;
using GitWriteOpt.Tests.Cli;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>What is written about the commands is what the commands are.</summary>
public sealed partial class ManualTests
{
    private static readonly string Manual = Path.Combine(SourceTree.Root, "src/GitWriteOpt.Cli/man/git-writeopt.1");

    [Fact]
    public void The_man_page_has_every_command_and_option_and_no_other_option()
    {
        using var invocation = new Invocation();
        var tree = CommandLine.Tree(invocation);
        var text = Escape().Replace(File.ReadAllText(Manual), "").Replace("\\-", "-", StringComparison.Ordinal);
        var real = tree.Subcommands.SelectMany(AllOptions).Concat(AllOptions(tree)).ToHashSet();
        var written = Option().Matches(text).Select(m => m.Value).ToHashSet();
        written.Except(real).ShouldBeEmpty("the man page has options that are none");
        real.Except(written).Except(["--max-count", "--verbose", "--quiet"]).ShouldBeEmpty("options that it does not have");
        foreach (var name in tree.Subcommands.SelectMany(c => c.Subcommands.Select(s => s.Name).Append(c.Name)))
        {
            text.ShouldMatch($@"\b{Regex.Escape(name)}\b");
        }
    }

    [Fact]
    public void Every_script_completes_every_option_of_every_command()
    {
        using var invocation = new Invocation();
        var tree = CommandLine.Tree(invocation);
        var words = Vocabulary.Of(tree);
        string[] scripts = [BashScript.Of(words), ZshScript.Of(words), PowerShellScript.Of(words)];
        foreach (var name in tree.Subcommands.SelectMany(AllOptions).Concat(tree.Subcommands.Select(c => c.Name)))
        {
            scripts.Where(s => !s.Contains(name, StringComparison.Ordinal)).ShouldBeEmpty(name);
            FishScript.Of(words).ShouldContain(name.TrimStart('-'));
        }
    }

    [Fact]
    public void The_README_lists_every_command()
    {
        using var invocation = new Invocation();
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        var list = text[text.IndexOf("## Commands", StringComparison.Ordinal)..text.IndexOf("## Formats", StringComparison.Ordinal)];
        foreach (var command in CommandLine.Tree(invocation).Subcommands)
        {
            list.ShouldMatch($@"\b{command.Name}\b");
        }
    }

    [Fact]
    public void The_table_of_the_configuration_has_every_key_and_no_other()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        var table = text[text.IndexOf("## Configuration", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n## ", StringComparison.Ordinal)];
        Key().Matches(table).Select(m => m.Groups["key"].Value).ShouldBe(
            ConfigurationChecks.Known.Where(key => !key.StartsWith("writeopt.check.", StringComparison.Ordinal))
                .Concat(["writeopt.check.<rule>", "writeopt.check.<name>.command", "writeopt.check.<name>.glob"]), ignoreOrder: true);
    }

    private static IEnumerable<string> AllOptions(Command command) => command.Options
        .SelectMany(o => o.Aliases.Append(o.Name)).Concat(command.Subcommands.SelectMany(AllOptions));

    [GeneratedRegex(@"^\| `(?<key>writeopt\.[^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"\\f[BIR]")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<![\w-])--?[A-Za-z3][\w-]*")]
    private static partial Regex Option();
}
