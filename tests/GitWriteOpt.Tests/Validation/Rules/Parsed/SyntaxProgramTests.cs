using GitWriteOpt.Syntax;
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

        var results = SyntaxProgram.FindIn(_directory)!.Parse([("cs", "class A {\n"u8.ToArray()), ("toml", "a = 1\n"u8.ToArray())]);
        results[0]!.Errors.ShouldHaveSingleItem().Line.ShouldBe(1);
        results[1]!.Errors.ShouldBeEmpty();
    }

    [Fact]
    public void A_flow_collection_that_hangs_back_is_read_where_it_is_closed_and_wrong_where_it_is_not()
    {
        var results = SyntaxProgram.Find()!.Parse(
        [
            ("yaml", "a: [\n1,\n]\nb: 3\n"u8.ToArray()), ("yaml", "a: {\nb: [\r\nc,\nd]\n}\n"u8.ToArray()), ("yaml", "a: [1\n"u8.ToArray()),
            ("yaml", "x: y\na: [1\nb: 2\nc: 3\n"u8.ToArray()),
        ]);
        results[0]!.Errors.ShouldBeEmpty();
        results[1]!.Errors.ShouldBeEmpty();
        results[2]!.Errors.ShouldHaveSingleItem().Line.ShouldBe(2);
        results[3]!.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => (e.Line, e.Column).ShouldBe((3, 1)), e => e.IsWarning.ShouldBeFalse());
    }

    [Fact]
    public void What_is_nested_too_deeply_is_a_warning_where_it_begins_to_be()
    {
        var deep = new string('[', 501);
        var results = SyntaxProgram.Find()!.Parse(
        [
            ("yaml", Bytes("a:\n  " + deep)), ("toml", Bytes("a = " + deep)), ("cs", Bytes("class A { int a = " + deep.Replace('[', '('))),
            ("yaml", Bytes(string.Concat(Enumerable.Repeat("- ", 600)))), ("cs", Bytes("class A { int a = " + new string('(', 499)))
        ]);
        results.Take(4).ShouldAllBe(r => r!.Errors.Single().IsWarning && r.Errors.Single().Message.Contains("500 levels"));
        results[0]!.Errors.Single().ShouldSatisfyAllConditions(e => e.Line.ShouldBe(2), e => e.Column.ShouldBe(503));
        results[4]!.Errors.ShouldNotBeEmpty();
        results[4]!.Errors.ShouldAllBe(e => !e.IsWarning);
    }

    [Fact]
    public void A_parser_that_takes_too_long_is_left_behind_and_the_next_file_is_parsed()
    {
        var stop = false;
        new ParserThread().TryRun(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                Thread.SpinWait(1000);
            }

            return [];
        }, TimeSpan.FromMilliseconds(1), out var none).ShouldBeFalse();
        none.ShouldBeNull();
        new ParserThread().TryRun(() => [new SyntaxError(1, 1, "x")], TimeSpan.FromMinutes(1), out var errors).ShouldBeTrue();
        errors!.Count.ShouldBe(1);
        Volatile.Write(ref stop, true);
    }

    [Fact]
    public void A_file_that_kills_the_parser_does_not_hide_what_is_wrong_with_the_others()
    {
        var deadly = Bytes(string.Concat(Enumerable.Repeat("a<", 100_000)));
        var results = SyntaxProgram.Find()!.Parse([("toml", Bytes("a = 1\n")), ("cs", deadly), ("cs", Bytes("class {")), ("cs", deadly), ("yaml", Bytes("a: [\n"))]);
        results.Select(r => (r!.TooMuch, r.Errors.Count > 0)).ShouldBe([(false, false), (true, false), (false, true), (true, false), (false, true)]);
    }

    [Fact]
    public void What_it_says_of_a_file_that_takes_too_long_and_what_it_says_nothing_of_are_told_apart()
    {
        var program = Path.Combine(_directory, "stand-in");
        File.WriteAllText(program, "#!/bin/sh\ncat > /dev/null\necho '{\"late\":0}'\necho '{\"done\":2}'\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var results = new SyntaxProgram(program, []).Parse([("cs", Bytes("a")), ("cs", Bytes("b")), ("cs", Bytes("c"))]);
        (results[0]!.TooMuch, results[1], results[2]!.TooMuch, results[2]!.Errors.Count).ShouldBe((true, null, false, 0));
    }

    [Fact]
    public void Where_it_was_not_installed_there_is_none() => SyntaxProgram.FindIn(_directory).ShouldBeNull();

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
