using System.Text;

namespace GitWriteOpt.Cli.Completion;

/// <summary>For bash: by itself for <c>git-writeopt</c>, and as <c>_git_writeopt</c> for git's own completion.</summary>
internal static class BashScript
{
    /// <summary>The script.</summary>
    public static string Of(Vocabulary words)
    {
        var script = new StringBuilder("# bash completion of git writeopt; made by: git writeopt completion bash\n\n");
        script.Append("__git_writeopt_words() {\n    case \"$1\" in\n");
        foreach (var command in words.Commands)
        {
            IEnumerable<string> all = [.. command.Words.Select(w => w.Text), .. command.Options.SelectMany(o => o.Names)];
            script.Append($"    {string.Join('|', command.Names)}) echo \"{string.Join(' ', all)}\" ;;\n");
        }

        var names = string.Join(' ', words.Commands.SelectMany(c => c.Names));
        var common = string.Join(' ', words.Common.SelectMany(o => o.Names));
        script.Append($"    *) echo \"{names}\" ;;\n    esac\n}}\n\n");
        script.Append("__git_writeopt_values() {\n    case \"$1 $2\" in\n");
        foreach (var command in words.Commands)
        {
            foreach (var option in command.Options.Where(o => o.Values.Count > 0))
            {
                var patterns = command.Names.SelectMany(c => option.Names.Select(o => $"\"{c} {o}\""));
                script.Append($"    {string.Join('|', patterns)}) echo \"{string.Join(' ', option.Values)}\" ;;\n");
            }
        }

        script.Append("    esac\n}\n\n__git_writeopt_ids() {\n    local kind\n    case \"$1\" in\n");
        foreach (var group in words.Commands.Where(c => c.IdRefs is not null).GroupBy(c => c.IdRefs))
        {
            script.Append($"    {string.Join('|', group.SelectMany(c => c.Names))}) kind={group.Key} ;;\n");
        }

        return script.Append($$"""
                *) return ;;
                esac
                git for-each-ref --format='%(refname:lstrip=3)' "refs/writeopt/$kind" 2>/dev/null
            }

            # What can stand at the cursor, from the words before it: common to both ways in.
            __git_writeopt_candidates() {
                local command="" word previous=""
                for word in "$@"; do
                    if [ "$word" = -- ]; then return; fi
                    case " {{names}} " in
                    *" $word "*) if [ -z "$command" ] && [ "$previous" != -C ]; then command="$word"; fi ;;
                    esac
                    previous="$word"
                done
                local values="$(__git_writeopt_values "$command" "$previous")"
                if [ -n "$values" ]; then echo "$values"; return; fi
                __git_writeopt_words "$command"
                echo "{{common}}"
                __git_writeopt_ids "$command"
            }

            # Called by git's own completion for "git writeopt", with cur, words and cword set.
            _git_writeopt() {
                __gitcomp "$(__git_writeopt_candidates "${words[@]:2:cword-2}")"
            }

            _git_writeopt_alone() {
                local cur="${COMP_WORDS[COMP_CWORD]}"
                COMPREPLY=($(compgen -W "$(__git_writeopt_candidates "${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "$cur"))
            }

            complete -o bashdefault -o default -F _git_writeopt_alone git-writeopt
            """).Append('\n').ToString();
    }
}
