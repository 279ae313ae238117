using System.Text;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>The interpreter that a script's first line names.</summary>
internal static class Interpreter
{
    private const int LongestLine = 256;

    /// <summary>Its name without directory and version (<c>python</c> for <c>/usr/bin/env python3.12</c>); null without such a line.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("#!"u8))
        {
            return null;
        }

        content = content[2..Math.Min(content.Length, LongestLine)];
        var end = content.IndexOf((byte)'\n');
        var words = Encoding.Latin1.GetString(end < 0 ? content : content[..end])
            .Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var at = words.Length > 0 && Bare(words[0]) == "env" ? 1 : 0;
        while (at > 0 && at < words.Length && (words[at].StartsWith('-') || words[at].Contains('=', StringComparison.Ordinal)))
        {
            at++;
        }

        return at < words.Length ? Bare(words[at]) : "";
    }

    // python2 is another language than python.
    private static string Bare(string word)
    {
        var name = word[(word.LastIndexOf('/') + 1)..];
        return name.StartsWith("python2", StringComparison.Ordinal) ? "python2" : name.TrimEnd("0123456789.-".ToCharArray());
    }
}
