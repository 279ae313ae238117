using System.Text;

namespace GitWriteOpt.Cli.Completion;

/// <summary>For PowerShell; only for <c>git-writeopt</c>, since <c>git</c> has one completer at most (posh-git's).</summary>
internal static class PowerShellScript
{
    /// <summary>The script.</summary>
    public static string Of(Vocabulary words)
    {
        var script = new StringBuilder("""
            # PowerShell completion of git-writeopt; made by: git writeopt completion pwsh
            Register-ArgumentCompleter -Native -CommandName git-writeopt -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @{

            """.ReplaceLineEndings("\n"));
        foreach (var (name, command) in words.Commands.SelectMany(c => c.Names.Select(n => (n, c))))
        {
            Row(name, [.. command.Words.Select(w => w.Text), .. command.Options.SelectMany(o => o.Names)], script);
        }

        script.Append("    }\n    $values = @{\n");
        foreach (var (name, command) in words.Commands.SelectMany(c => c.Names.Select(n => (n, c))))
        {
            foreach (var (option, values) in command.Options.Where(o => o.Values.Count > 0)
                .SelectMany(o => o.Names.Select(n => (n, o.Values))))
            {
                Row($"{name} {option}", values, script);
            }
        }

        var common = string.Join(", ", words.Common.SelectMany(o => o.Names).Select(n => $"'{n}'"));
        return script.Append($$"""
                }
                $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
                if ($wordToComplete -and $typed.Count -gt 1) { $typed = $typed[0..($typed.Count - 2)] }
                $command = $typed | Where-Object { $words.ContainsKey($_) } | Select-Object -First 1
                $found = if ($values.ContainsKey("$command $($typed[-1])")) { $values["$command $($typed[-1])"] }
                    elseif ($command) { $words[$command] + @({{common}}) }
                    else { @($words.Keys) + @({{common}}) }
                $found | Where-Object { $_ -like "$wordToComplete*" } | Sort-Object |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """.ReplaceLineEndings("\n")).Append('\n').ToString();
    }

    private static void Row(string key, IReadOnlyList<string> values, StringBuilder script) =>
        script.Append($"        '{key}' = @({string.Join(", ", values.Select(v => $"'{v}'"))})\n");
}
