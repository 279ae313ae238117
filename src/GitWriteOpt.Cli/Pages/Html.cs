using System.Globalization;
using System.Text;

namespace GitWriteOpt.Cli.Pages;

/// <summary>Writes HTML: text is escaped where it is written, tags are ours alone.</summary>
internal sealed class Html(TextWriter writer)
{
    /// <summary>A piece of our own markup.</summary>
    public Html Tag(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Text from anywhere.</summary>
    public Html Text(string text)
    {
        writer.Write(Escape(text));
        return this;
    }

    /// <summary>An element with text alone.</summary>
    public Html Element(string name, string text, string? kind = null)
    {
        writer.Write(kind is null ? $"<{name}>" : $"<{name} class=\"{kind}\">");
        return Text(text).Tag($"</{name}>");
    }

    /// <summary>
    /// Text as a browser shows it and nothing else: what is markup, controls, or reorders text becomes a reference or a
    /// visible escape.
    /// </summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append(c),
                _ when char.IsControl(c) || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e')
                    or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' =>
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
