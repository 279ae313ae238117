using System.Net;
using System.Text;

namespace GitWriteOpt.Dependencies.Scanning;

/// <summary>A tag of XML, as far as who refers to what depends on it; no parser: what is broken ends the list.</summary>
/// <param name="Name">Its name without a prefix.</param>
/// <param name="Attributes">Names without a prefix, and values.</param>
/// <param name="Line">One-based.</param>
internal sealed record MarkupTag(string Name, IReadOnlyDictionary<string, string> Attributes, int Line)
{
    private const int LongestTag = 20_000;

    /// <summary>Whether it ends an element that an earlier tag began.</summary>
    public bool Closes { get; private init; }

    /// <summary>Whether it begins and ends an element.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>The text up to the next tag.</summary>
    public string Text { get; private init; } = "";

    /// <summary>The tags, in order; comments, CDATA, declarations and instructions are passed over.</summary>
    public static IEnumerable<MarkupTag> In(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        var (at, line, counted) = (0, 1, 0);
        while (text.IndexOf('<', at) is var open and >= 0)
        {
            line += text.AsSpan(counted, open - counted).Count('\n');
            counted = open;
            var end = End(text, open);
            if (end < 0)
            {
                yield break;
            }

            at = end;
            if (text[open + 1] is not ('!' or '?'))
            {
                var next = text.IndexOf('<', end);
                yield return Parse(text[(open + 1)..(end - 1)], line) with
                {
                    Text = WebUtility.HtmlDecode(text[end..(next < 0 ? text.Length : next)]),
                };
            }
        }
    }

    // One past the end of what begins at this place; -1 where it does not end.
    private static int End(string text, int open)
    {
        foreach (var (opening, closing) in new[] { ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>") })
        {
            if (string.CompareOrdinal(text, open, opening, 0, opening.Length) == 0)
            {
                return text.IndexOf(closing, open, StringComparison.Ordinal) is var found and >= 0 ? found + closing.Length : -1;
            }
        }

        var quote = '\0';
        for (var i = open + 1; i < text.Length && i - open < LongestTag; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] == '>')
            {
                return i + 1;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
        }

        return -1;
    }

    private static MarkupTag Parse(string tag, int line)
    {
        var body = tag.TrimEnd('/').TrimStart('/');
        var nameEnd = body.AsSpan().IndexOfAny(" \t\r\n");
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = nameEnd < 0 ? body.Length : nameEnd; body.IndexOf('=', at) is var equals and >= 0;)
        {
            var open = equals + 1 + body.AsSpan(equals + 1).IndexOfAny('"', '\'');
            var close = open > equals ? body.IndexOf(body[open], open + 1) : -1;
            if (close < 0)
            {
                break;
            }

            attributes.TryAdd(Local(body[at..equals].Trim()), WebUtility.HtmlDecode(body[(open + 1)..close]));
            at = close + 1;
        }

        return new MarkupTag(Local(nameEnd < 0 ? body : body[..nameEnd]), attributes, line)
        {
            Closes = tag.StartsWith('/'),
            IsEmpty = tag.EndsWith('/'),
        };
    }

    private static string Local(string name) => name[(name.LastIndexOf(':') + 1)..];
}
