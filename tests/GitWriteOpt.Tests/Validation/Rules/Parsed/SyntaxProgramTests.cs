using System.Text;
using GitWriteOpt.Validation.Rules.Parsed;

namespace GitWriteOpt.Tests.Validation.Rules.Parsed;

/// <summary>The parsers' program in the forms in which it is installed.</summary>
public sealed class SyntaxProgramTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("writeopt-syntax-").FullName;

    [Fact]
    public void In_a_package_of_a_tool_it_is_an_assembly_that_our_runtime_runs()
    {
        var besides = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                || name is "Tomlyn.dll" or "YamlDotNet.dll"));
        string[] own = ["git-writeopt-syntax.dll", "git-writeopt-syntax.deps.json", "git-writeopt-syntax.runtimeconfig.json"];
        foreach (var file in besides.Concat(own.Select(name => Path.Combine(AppContext.BaseDirectory, name))))
        {
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        }

        var results = SyntaxProgram.FindIn(_directory)!.Parse([("cs", "class {\n"u8.ToArray()), ("toml", "a = 1\n"u8.ToArray())]);
        results[0]!.ShouldHaveSingleItem().Line.ShouldBe(1);
        results[1].ShouldBeEmpty();
    }

    [Fact]
    public void A_file_at_which_a_parser_fails_is_unknown_and_takes_no_other_with_it()
    {
        var results = SyntaxProgram.Find()!.Parse(
            [("yaml", "a: [\n1,\n]\nb: 3\n"u8.ToArray()), ("yaml", "a: 1\n"u8.ToArray()), ("yaml", "a: [1\n"u8.ToArray())]);
        results[0].ShouldBeNull();
        results[1].ShouldBeEmpty();
        results[2]!.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void Where_it_was_not_installed_there_is_none() => SyntaxProgram.FindIn(_directory).ShouldBeNull();

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
