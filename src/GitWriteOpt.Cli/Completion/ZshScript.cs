using System.Text;

namespace GitWriteOpt.Cli.Completion;

/// <summary>For zsh, whose git completion finds <c>_git-writeopt</c> by its name.</summary>
internal static class ZshScript
{
    /// <summary>The script.</summary>
    public static string Of(Vocabulary words)
    {
        var script = new StringBuilder("""
            #compdef git-writeopt
            # zsh completion of git writeopt; made by: git writeopt completion zsh

            _git_writeopt_ids() {
                local -a ids
                ids=(${(f)"$(git for-each-ref --format='%(refname:lstrip=3)' refs/writeopt/$1 2>/dev/null)"})
                compadd -a ids
            }

            _git-writeopt() {
                local curcontext="$curcontext" state line
                local -a commands
                commands=(

            """.ReplaceLineEndings("\n"));
        foreach (var (name, command) in words.Commands.SelectMany(c => c.Names.Select(n => (n, c))))
        {
            script.Append($"        '{name}:{Quoted(command.Meaning)}'\n");
        }

        script.Append("    )\n    _arguments -C \\\n");
        Options(words.Common, script, 8);
        script.Append("        '1:command:->command' '*::argument:->argument'\n");
        script.Append("    case $state in\n    command) _describe command commands ;;\n");
        script.Append("    argument)\n        case $line[1] in\n");
        foreach (var command in words.Commands)
        {
            script.Append($"        {string.Join('|', command.Names)})\n            _arguments \\\n");
            Options(command.Options, script, 16);
            var rest = command.Words.Count > 0
                ? $"'1:command:({string.Join(' ', command.Words.Select(w => w.Text))})' "
                : "";
            var ids = command.IdRefs is null ? "_files" : $"_git_writeopt_ids {command.IdRefs}";
            script.Append($"                {rest}'*:argument:{ids}' ;;\n");
        }

        return script.Append("        esac ;;\n    esac\n}\n\n_git-writeopt \"$@\"\n").ToString();
    }

    private static void Options(IEnumerable<OptionWords> options, StringBuilder script, int indent)
    {
        foreach (var option in options)
        {
            var value = !option.TakesValue ? "" : option.Values.Count == 0 ? ":value:"
                : $":value:({string.Join(' ', option.Values)})";
            foreach (var name in option.Names)
            {
                script.Append(' ', indent).Append($"'{name}[{Quoted(option.Meaning)}]{value}' \\\n");
            }
        }
    }

    // Inside single quotes, in a place where brackets and colons separate.
    private static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal);
}
