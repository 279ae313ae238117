using System.Text.RegularExpressions;
using GitWriteOpt.Tests.Cli;

namespace GitWriteOpt.Tests.Architecture;

/// <summary>Holds the layout of the house: which room may know which, and who alone touches git and the console.</summary>
public sealed partial class RoomTests
{
    // From the bottom to the top; a room may use those before it. Errors, Platform and Metrics may be used by all.
    private static readonly string[] Order =
    [
        "Paths", "Operations", "Batches", "ObjectStore", "Worktree", "Dependencies", "Patterns", "Planning", "Validation",
        "Transactions", "Sessions", "Retention", "Sharing", "Diagnosis", "Statistics",
    ];

    private static readonly string[] Leaves = ["Errors", "Platform", "Metrics"];

    [Fact]
    public void Rooms_depend_on_rooms_below_them_alone()
    {
        var files = Files("src/GitWriteOpt");
        var rooms = files.Select(f => f.Room).OfType<string>().Distinct().ToList();
        rooms.ShouldBeSubsetOf([.. Order, .. Leaves], "a new room has no place in the order yet");
        rooms.ShouldContain("Transactions");
        var against = from file in files
                      where file.Room is not null
                      from used in Used(file.Text)
                      where used != file.Room && !MayUse(file.Room!, used)
                      select $"{file.Path} uses {used}";
        against.ShouldBeEmpty();
    }

    [Fact]
    public void The_library_does_not_know_the_command_line() =>
        Files("src/GitWriteOpt").Where(f => f.Text.Contains("GitWriteOpt.Cli", StringComparison.Ordinal))
            .Select(f => f.Path).ShouldBeEmpty();

    [Theory]
    [InlineData(@"(using|=) LibGit2Sharp\b|\bLibGit2Sharp\.[A-Z]", "ObjectStore")]
    [InlineData(@"\busing CliWrap\b|\bCliWrap\.[A-Z]", "ObjectStore", "Validation")]
    [InlineData("\\b(ProcessStartInfo|Start|Wrap)\\(\"git\"", "ObjectStore")]
    public void Who_touches_git_does_so_in_its_room(string pattern, params string[] allowed)
    {
        List<SourceFile> touching = [.. Files("src").Where(f => Regex.IsMatch(f.Text, pattern))];
        touching.ShouldNotBeEmpty("the pattern finds nothing, so it holds nothing");
        touching.Where(f => f.Room is null || !allowed.Contains(f.Room)).Select(f => f.Path).ShouldBeEmpty();
    }

    [Fact]
    public void The_library_never_touches_the_console() =>
        Files("src/GitWriteOpt").Where(f => ConsoleUse().IsMatch(f.Text)).Select(f => f.Path).ShouldBeEmpty();

    [Fact]
    public void Files_stay_small()
    {
        var lengths = Files("src").Concat(Files("tests")).Select(f => (Lines: f.Text.Count(c => c == '\n'), f.Path)).ToList();
        lengths.Where(f => f.Lines > 400).ShouldBeEmpty();
        lengths.Select(f => f.Lines).Order().ElementAt(lengths.Count / 2).ShouldBeLessThanOrEqualTo(100);
    }

    private static bool MayUse(string room, string used) => Leaves.Contains(used)
        || (!Leaves.Contains(room) && Array.IndexOf(Order, used) is var at and >= 0 && at < Array.IndexOf(Order, room));

    // Names of other rooms: in using lines, and qualified (Worktree.PathState), where no using line shows them.
    private static IEnumerable<string> Used(string text)
    {
        var code = Comments().Replace(text, "");
        return Using().Matches(code).Select(m => m.Groups["room"].Value)
            .Concat(Order.Concat(Leaves).Where(room => Regex.IsMatch(code, $@"(?<![\w.""]){room}\.[A-Z]\w+"))
                .Where(room => !Regex.IsMatch(code, $@"\b{room} (=>|{{|=)|[\w>?] {room}[;,)]")))
            .Distinct();
    }

    private static List<SourceFile> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'))
            .Where(path => !Generated().IsMatch(path))
            .Select(path => new SourceFile(path, RoomOf(path), File.ReadAllText(Path.Combine(SourceTree.Root, path)))),
    ];

    private static string? RoomOf(string path) =>
        path.Split('/') is ["src", "GitWriteOpt", var room, _, ..] ? room : null;

    [GeneratedRegex(@"^using (static )?GitWriteOpt\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.(Out|Error|In|Write|Read|Open|Is|Set)")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex("(^|/)(bin|obj|artifacts)/")]
    private static partial Regex Generated();

    private sealed record SourceFile(string Path, string? Room, string Text);
}
