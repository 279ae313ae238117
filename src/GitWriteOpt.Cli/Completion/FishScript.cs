using System.Text;

namespace GitWriteOpt.Cli.Completion;

/// <summary>For fish, for <c>git writeopt</c> and for <c>git-writeopt</c>.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static string Of(Vocabulary words)
    {
        var names = string.Join(' ', words.Commands.SelectMany(c => c.Names));
        var script = new StringBuilder($$"""
            # fish completion of git writeopt; made by: git writeopt completion fish

            function __git_writeopt_at
                set -l words (commandline -opc)
                if test "$words[1]" = git
                    contains -- writeopt $words; or return 1
                    while test "$words[1]" != writeopt
                        set -e words[1]
                    end
                end
                set -e words[1]
                set -l command ""
                for word in $words
                    if contains -- $word {{names}}
                        set command $word
                        break
                    end
                end
                test (count $argv) -eq 0; and test -z "$command"; and return 0
                contains -- "$command" $argv
            end

            function __git_writeopt_ids
                git for-each-ref --format='%(refname:lstrip=3)' refs/writeopt/$argv[1] 2>/dev/null
            end


            """.ReplaceLineEndings("\n"));
        foreach (var program in (string[])["git", "git-writeopt"])
        {
            foreach (var option in words.Common)
            {
                Option(program, "__git_writeopt_at; or __git_writeopt_at " + names, option, script);
            }

            foreach (var command in words.Commands)
            {
                foreach (var name in command.Names)
                {
                    script.Append($"complete -c {program} -n __git_writeopt_at -f -a {name} -d {Quoted(command.Meaning)}\n");
                }

                var here = "__git_writeopt_at " + string.Join(' ', command.Names);
                foreach (var word in command.Words)
                {
                    script.Append($"complete -c {program} -n '{here}' -f -a {word.Text} -d {Quoted(word.Meaning)}\n");
                }

                foreach (var option in command.Options)
                {
                    Option(program, here, option, script);
                }

                if (command.IdRefs is { } refs)
                {
                    script.Append($"complete -c {program} -n '{here}' -a '(__git_writeopt_ids {refs})'\n");
                }
            }
        }

        return script.ToString();
    }

    private static void Option(string program, string condition, OptionWords option, StringBuilder script)
    {
        script.Append($"complete -c {program} -n '{condition}'");
        foreach (var name in option.Names)
        {
            script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
        }

        if (option.TakesValue)
        {
            script.Append(option.Values.Count == 0 ? " -r" : $" -x -a '{string.Join(' ', option.Values)}'");
        }

        script.Append($" -d {Quoted(option.Meaning)}\n");
    }

    private static string Quoted(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
