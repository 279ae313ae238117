using System.Text;

namespace GitWriteOpt.Validation;

/// <summary>
/// Splits a command into words as a shell would, and does nothing else that a shell does: blanks separate, single quotes
/// keep everything, double quotes everything but a backslash before <c>"</c> or <c>\</c>, a backslash the next character.
/// </summary>
internal static class CommandWords
{
    /// <summary>The words; null where a quote is not closed or a backslash ends the text.</summary>
    public static string[]? Split(string command)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < command.Length; i++)
        {
            var c = command[i];
            if (char.IsWhiteSpace(c))
            {
                if (word is not null)
                {
                    words.Add(word.ToString());
                    word = null;
                }

                continue;
            }

            word ??= new StringBuilder();
            switch (c)
            {
                case '\'' or '"':
                    i = Quoted(command, i, word);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
                case '\\' when i + 1 == command.Length:
                    return null;
                case '\\':
                    word.Append(command[++i]);
                    break;
                default:
                    word.Append(c);
                    break;
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return [.. words];
    }

    // Returns where the quote is closed; -1 where it is not.
    private static int Quoted(string command, int open, StringBuilder word)
    {
        for (var i = open + 1; i < command.Length; i++)
        {
            if (command[i] == command[open])
            {
                return i;
            }

            if (command[open] == '"' && command[i] == '\\' && i + 1 < command.Length && command[i + 1] is '"' or '\\')
            {
                i++;
            }

            word.Append(command[i]);
        }

        return -1;
    }
}
