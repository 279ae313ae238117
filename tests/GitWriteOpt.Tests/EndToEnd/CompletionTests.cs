using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class CompletionTests
{
    private static readonly Dictionary<string, string> Some = new() { ["some.txt"] = "1\n" };

    [Theory]
    [InlineData("app", "apply")]
    [InlineData("apply --dur", "--durability")]
    [InlineData("apply --durability ba", "batch")]
    [InlineData("-C . rescue dr", "drop")]
    [InlineData("undo --j", "--json")]
    [InlineData("completion f", "fish")]
    public void Bash_completes_commands_options_and_values(string typed, string completed)
    {
        using var repository = TestRepository.With(Some);
        var script = repository.Outside("completion.bash");
        File.WriteAllText(script, Writeopt.Run(repository, "completion", "bash").Output);
        var words = typed.Split(' ');
        TestRepository.Run(repository.Root, "bash", ["--norc", "-c", $"""
            source '{script}'
            COMP_WORDS=(git-writeopt {typed})
            COMP_CWORD={words.Length}
            _git_writeopt_alone
            echo "$COMPREPLY"
            """]).Trim().ShouldBe(completed);
    }

    [Theory]
    [InlineData("zsh", "#compdef git-writeopt")]
    [InlineData("fish", "complete -c git ")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Other_shells_get_a_script_with_every_command(string shell, string sign)
    {
        using var repository = TestRepository.With(Some);
        var (exitCode, output, _) = Writeopt.Run(repository, "completion", shell);
        exitCode.ShouldBe(0);
        output.ShouldContain(sign);
        foreach (var command in (string[])["apply", "undo", "rescue", "demo", "durability", "3way"])
        {
            output.ShouldContain(command);
        }
    }
}
