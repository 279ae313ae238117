using System.CommandLine;
using System.CommandLine.Parsing;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// What was probably meant by an option that there is not. The parser takes such a word for an argument where the command has
/// one, and then suggests nothing itself.
/// </summary>
internal static class NearestOption
{
    private const int Furthest = 2;

    /// <summary>The nearest option of the command; null where none is near.</summary>
    public static string? Of(ParseResult parsed, string word)
    {
        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            return null;
        }

        var typed = word.Split('=')[0];
        var (nearest, least) = ((string?)null, Furthest + 1);
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            foreach (var option in result.Command.Options)
            {
                if ((option.Recursive || result == parsed.CommandResult) && Distance(typed, option.Name) is var distance && distance < least)
                {
                    (nearest, least) = (option.Name, distance);
                }
            }
        }

        return nearest;
    }

    // Levenshtein's distance, where two letters that changed places count as one.
    private static int Distance(string left, string right)
    {
        var (above, row) = (new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var next = new int[right.Length + 1];
            next[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                next[j] = Math.Min(row[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    next[j] = Math.Min(next[j], above[j - 2] + 1);
                }
            }

            (above, row) = (row, next);
        }

        return row[^1];
    }
}
