using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>One line <c>Key: value</c> at the end of a message.</summary>
/// <param name="Key">Letters, digits and hyphens.</param>
/// <param name="Value">One line, without blanks at its ends.</param>
public readonly record struct Trailer(string Key, string Value);

/// <summary>
/// The last paragraph of a message, by the rules of git's <c>trailer.c</c> without divider lines, as
/// <c>git log --format=%(trailers)</c> has them: it is one of trailers if all its lines are, or a quarter of them where
/// git itself wrote one (<c>Signed-off-by</c>, <c>(cherry picked from commit</c>).
/// </summary>
internal static class TrailerBlock
{
    /// <summary>The message with its trailers as last paragraph. A message without a word gets a subject.</summary>
    /// <exception cref="RefusedException">A value would not come back as it is.</exception>
    public static string Append(string message, IReadOnlyList<Trailer> trailers)
    {
        var text = new StringBuilder(Clean(message)).Append('\n');
        if (trailers.Count > 0)
        {
            text.Append('\n');
        }

        foreach (var (key, value) in trailers)
        {
            Check(key, value);
            text.Append(key).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A message without its trailers, and these.</summary>
    public static (string Message, IReadOnlyList<Trailer> Trailers) Split(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var start = Start(lines);
        if (start == lines.Length)
        {
            return (text.TrimEnd(), []);
        }

        var trailers = new List<Trailer>();
        foreach (var line in lines.AsSpan(start))
        {
            var separator = Separator(line);
            if (separator >= 1 && !char.IsWhiteSpace(line[0]))
            {
                trailers.Add(new Trailer(line[..separator].TrimEnd(), line[(separator + 1)..].Trim()));
            }
            else if (line.Length > 0 && char.IsWhiteSpace(line[0]) && trailers.Count > 0)
            {
                // A folded value goes on.
                trailers[^1] = trailers[^1] with { Value = trailers[^1].Value + " " + line.Trim() };
            }
        }

        return (string.Join('\n', lines[..start]).TrimEnd(), trailers);
    }

    // find_trailer_start: backwards over the last paragraph, never into the first one, which is the subject.
    private static int Start(string[] lines)
    {
        var title = Array.FindIndex(lines, string.IsNullOrWhiteSpace);
        if (title < 0)
        {
            return lines.Length;
        }

        var (trailers, others, continued, gits) = (0, 0, 0, false);
        for (var i = lines.Length - 1; i >= title; i--)
        {
            var line = lines[i];
            if (string.IsNullOrWhiteSpace(line))
            {
                others += continued;
                return trailers > 0 && (others == 0 || (gits && trailers * 3 >= others)) ? i + 1 : lines.Length;
            }

            if (line[0] == '#')
            {
                others += continued;
                continued = 0;
            }
            else if (IsGits(line) || (Separator(line) >= 1 && !char.IsWhiteSpace(line[0])))
            {
                gits |= IsGits(line);
                trailers++;
                continued = 0;
            }
            else if (char.IsWhiteSpace(line[0]))
            {
                continued++;
            }
            else
            {
                others += 1 + continued;
                continued = 0;
            }
        }

        return lines.Length;
    }

    private static bool IsGits(string line) =>
        line.StartsWith("Signed-off-by: ", StringComparison.Ordinal)
        || line.StartsWith("(cherry picked from commit ", StringComparison.Ordinal);

    // find_separator: letters, digits and hyphens, then maybe blanks, then a colon.
    private static int Separator(string line)
    {
        var end = 0;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '-'))
        {
            end++;
        }

        while (end > 0 && end < line.Length && line[end] is ' ' or '\t')
        {
            end++;
        }

        return end < line.Length && line[end] == ':' ? end : -1;
    }

    // NUL is not allowed in a commit (fsck: nulInCommit); it becomes the replacement character.
    private static string Clean(string message)
    {
        var text = message.ReplaceLineEndings("\n").Replace('\0', '\ufffd').Trim();
        return string.IsNullOrWhiteSpace(text) ? "(no message)" : text;
    }

    private static void Check(string key, string value)
    {
        if (key.Length == 0 || Separator(key + ":") != key.Length)
        {
            throw new ArgumentException($"\"{key}\" cannot be the key of a trailer");
        }

        if (value.Any(char.IsControl) || value.Length != value.Trim().Length)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Usage, "bad-trailer",
                $"the value of {key} has a control character, or blanks at its ends: \"{value.ReplaceLineEndings("\\n")}\"")
            {
                Suggestion = "give it as one line of text",
            });
        }
    }
}
