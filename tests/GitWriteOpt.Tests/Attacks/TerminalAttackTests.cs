using System.Text.Json;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>
/// Escape sequences, line controls and marks that reorder text, in paths, messages, sessions and contents: no command
/// brings one to a terminal, and JSON stays JSON.
/// </summary>
public sealed class TerminalAttackTests
{
    private const string Evil = "a\u001b[2Jb\u001b]0;t\u0007c\u202ed\u2066e\u009bf\u200fg";

    private static readonly string[][] Commands =
    [
        ["status"], ["log"], ["log", "--all-worktrees"], ["show"], ["diff"], ["undo", "--dry-run"], ["undo"], ["redo"], ["rescue", "list"],
        ["recover"], ["restore", Evil], ["show", Evil], ["undo", "--session", Evil], ["undo", "--", Evil], [Evil], ["rescue", "show", Evil],
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_of_a_repository_controls_the_terminal(bool terminal)
    {
        Assert.SkipWhen(terminal && !File.Exists("/usr/bin/script"), "a terminal is made by script(1)");
        using var repository = Poisoned(out var batch);
        foreach (var arguments in Commands.Append(["apply", batch]).Append(["plan", batch]))
        {
            var shown = terminal ? OnTerminal(repository, arguments) : Joined(Writeopt.Run(repository, arguments));

            // Off a terminal a diff is for programs, and must stay a diff.
            if (terminal || arguments[0] is not ("show" or "diff"))
            {
                Harmless(shown, string.Join(' ', arguments));
            }
        }
    }

    [Fact]
    public void Every_answer_stays_json()
    {
        using var repository = Poisoned(out var batch);
        foreach (var arguments in Commands.Append(["apply", batch]).Append(["plan", batch]))
        {
            var (_, output, _) = Writeopt.Run(repository, [.. arguments, .. arguments.Contains("--") ? Array.Empty<string>() : ["--json"]]);
            if (!arguments.Contains("--"))
            {
                using var answer = JsonDocument.Parse(output);
                output.Any(c => c < ' ' && c != '\n').ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void A_diff_on_a_terminal_is_escaped_and_coloured_by_us()
    {
        using var screen = new MemoryStream();
        using (var diff = new GitWriteOpt.Cli.Reporting.TerminalDiff(screen, colour: true))
        {
            diff.Write("diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n--- old\u001b[31m\n+new\r\n "u8);
            diff.Write("same\u202e"u8);
            diff.Flush();
        }

        System.Text.Encoding.UTF8.GetString(screen.ToArray()).ShouldBe("\e[1mdiff --git a/f b/f\e[m\n\e[1m--- a/f\e[m\n\e[1m+++ b/f\e[m\n"
            + "\e[36m@@ -1,2 +1,2 @@\e[m\n\e[31m--- old\\033[31m\e[m\n\e[32m+new\\r\e[m\n same\\342\\200\\256");
    }

    private static void Harmless(string shown, string command)
    {
        // Our own colours and progress, and how .NET sets up the keypad, are known; what else begins with an escape came from the repository.
        var rest = System.Text.RegularExpressions.Regex.Replace(shown, "\e\\[[0-9;]*m|\e\\[\\?1[hl]\e[=>]|\r?\e\\[(\\?25[hl]|[0-9]?A|2K)", "").Replace("\r\n", "\n", StringComparison.Ordinal);
        var bad = rest.Where(c => (char.IsControl(c) && c is not ('\n' or '\t'))
            || c is '\u202e' or '\u2066' or '\u200f' or '\u009b').Select(c => $"U+{(int)c:x4}").Distinct();
        bad.ShouldBeEmpty($"{command}: {Uri.EscapeDataString(rest)}");
    }

    private static string Joined((int ExitCode, string Output, string Error) answer) => answer.Output + answer.Error;

    private static string OnTerminal(TestRepository repository, string[] arguments)
    {
        static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        var command = string.Join(' ', arguments.Prepend(Writeopt.Binary).Select(Quoted));
        return TestRepository.RunAny(repository.Root, "script", ["-qec", command, "/dev/null"], null, new Dictionary<string, string?>
        {
            ["GIT_PAGER"] = "cat",
            ["TERM"] = "xterm",
        }).Output;
    }

    private static TestRepository Poisoned(out string batch, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string> { [Evil] = $"{Evil}\n", ["plain"] = "plain\n" }, "", test);
        var name = JsonSerializer.Serialize(Evil);
        foreach (var content in (string[])["1", "2"])
        {
            Writeopt.Feed(repository, $$"""
                {"message":{{name}},"operations":[{"op":"write","path":{{name}},"content":{{JsonSerializer.Serialize(Evil + content)}}},
                {"op":"write","path":{{JsonSerializer.Serialize("dir" + Evil + "/" + content)}},"content":{{name}}},
                {"op":"symlink","path":"l{{content}}","target":{{name}}}]}
                """, "apply").ExitCode.ShouldBe(0);
        }

        batch = repository.Outside("batch\u001b[2J.json");
        File.WriteAllText(batch, $$"""
            {"message":{{name}},"operations":[{"op":"edit","path":{{name}},"edits":[{"old":{{JsonSerializer.Serialize("not there " + Evil)}},"new":"x"}]}]}
            """);
        return repository;
    }
}
