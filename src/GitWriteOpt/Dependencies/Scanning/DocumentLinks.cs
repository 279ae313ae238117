namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>A path in a document, with the characters around it that make it one: an exact text to look for.</summary>
/// <param name="Target">The path as it is written, with what follows <c>?</c> or <c>#</c>.</param>
/// <param name="Before">What stands before it: <c>](</c>, <c>]: </c>, <c>src="</c>, a backtick.</param>
/// <param name="After">The character behind it, or nothing at the text's end.</param>
/// <param name="Line">One-based line.</param>
/// <param name="IsCode">Whether it stands in a code span: a mention, no link.</param>
internal readonly record struct DocumentLink(string Target, string Before, string After, int Line, bool IsCode)
{
    /// <summary>The exact text.</summary>
    public string Text => Before + Target + After;
}

/// <summary>
/// Finds the paths in a Markdown document: inline links and images, link definitions, <c>src</c> and <c>href</c> of HTML,
/// and code spans that look like a path. Code blocks are passed over. Tolerant, in time linear in the text.
/// </summary>
internal static class DocumentLinks
{
    private static readonly System.Buffers.SearchValues<char> NoPath = System.Buffers.SearchValues.Create(" \t()<>\"'{}$*|;,");

    private const int LongestLine = 20_000;
    private const int LongestTarget = 1000;

    /// <summary>All of them, in the text's order.</summary>
    public static List<DocumentLink> In(string text)
    {
        var found = new List<DocumentLink>();
        var (number, fence) = (0, '\0');
        for (var start = 0; start < text.Length;)
        {
            number++;
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline;
            var line = text.AsSpan(start, end - start);
            var trimmed = line.TrimStart(" \t>");
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                fence = fence == '\0' ? trimmed[0] : fence == trimmed[0] ? '\0' : fence;
            }
            else if (fence == '\0' && !line.StartsWith("    ", StringComparison.Ordinal) && line.Length <= LongestLine)
            {
                Line(text, start, end, number, found);
            }

            start = end + 1;
        }

        return found;
    }

    private static void Line(string text, int start, int end, int number, List<DocumentLink> found)
    {
        if (text[start] == '[' && text.IndexOf("]:", start, end - start, StringComparison.Ordinal) is var colon and > 0
            && text.AsSpan(start, colon - start).IndexOf('^') != 1)
        {
            Add(text, colon, Skip(text, colon + 2, end), end, number, found);
        }

        for (var at = start; at < end;)
        {
            var next = text.AsSpan(at, end - at).IndexOfAny('`', ']', '=');
            if (next < 0)
            {
                return;
            }

            at += next;
            switch (text[at])
            {
                case '`':
                    at = Code(text, at, end, number, found);
                    break;
                case ']' when at + 1 < end && text[at + 1] == '(':
                    Add(text, at, Skip(text, at + 2, end), end, number, found);
                    at += 2;
                    break;
                case '=' when at + 1 < end && text[at + 1] is '"' or '\'' && Attribute(text, start, at) is { } name:
                    var close = text.IndexOf(text[at + 1], at + 2, end - at - 2);
                    if (close > at + 2 && close - at < LongestTarget)
                    {
                        found.Add(new DocumentLink(text[(at + 2)..close], text[(at - name.Length)..(at + 2)], text[close].ToString(), number, false));
                    }

                    at += 2;
                    break;
                default:
                    at++;
                    break;
            }
        }
    }

    // <a b> or a, up to a blank or the bracket that closes; brackets in it are in pairs.
    private static void Add(string text, int before, int start, int end, int number, List<DocumentLink> found)
    {
        var length = 0;
        if (start < end && text[start] == '<')
        {
            start++;
            length = Math.Max(0, text.AsSpan(start, end - start).IndexOf('>'));
        }
        else
        {
            for (var depth = 0; start + length < end && text[start + length] > ' ' && length < LongestTarget; length++)
            {
                depth += text[start + length] == '(' ? 1 : text[start + length] == ')' ? -1 : 0;
                if (depth < 0)
                {
                    break;
                }
            }
        }

        if (length is > 0 and < LongestTarget && text[start] != '#')
        {
            var after = start + length;

            // At the very end of a text nothing closes it, so the whole line makes it exact.
            var from = after < text.Length ? before : text.LastIndexOf('\n', before) + 1;
            found.Add(new DocumentLink(text[start..after], text[from..start], after < text.Length ? text[after].ToString() : "", number, false));
        }
    }

    private static int Code(string text, int at, int end, int number, List<DocumentLink> found)
    {
        var run = text.AsSpan(at, end - at).IndexOfAnyExcept('`') is var n and > 0 ? n : end - at;
        var close = text.AsSpan(at + run, end - at - run).IndexOf(text.AsSpan(at, run));
        if (close < 0)
        {
            return at + run;
        }

        var inner = text.Substring(at + run, close);
        if (run == 1 && inner.Contains('/', StringComparison.Ordinal) && !inner.AsSpan().ContainsAny(NoPath))
        {
            found.Add(new DocumentLink(inner, "`", "`", number, true));
        }

        return at + run + close + run;
    }

    private static string? Attribute(string text, int start, int equals)
    {
        var before = text.AsSpan(start, equals - start);
        return before.EndsWith("src", StringComparison.OrdinalIgnoreCase) ? text[(equals - 3)..equals]
            : before.EndsWith("href", StringComparison.OrdinalIgnoreCase) ? text[(equals - 4)..equals] : null;
    }

    private static int Skip(string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}
