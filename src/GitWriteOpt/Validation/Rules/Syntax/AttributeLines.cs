using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>Lines of <c>.gitattributes</c> that git passes over, or that do not do what they seem to.</summary>
internal sealed class AttributeLines() : StateRule(new RuleInfo("gitattributes-line", ErrorCategory.Format, CheckSeverity.Warning,
    "a line of .gitattributes that git passes over, or a value of text or eol that it does not know"))
{
    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => path.Name == ".gitattributes";

    /// <inheritdoc/>
    public override string Variant(RepoPath path) => path.Parent is null ? "root" : "";

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        var line = 0;
        foreach (var raw in Encoding.UTF8.GetString(TextPosition.Trim(bytes.Span)).Split('\n'))
        {
            line++;
            var text = raw.Trim(' ', '\t', '\r');
            if (text.Length > 0 && text[0] != '#' && Objection(text, path.Parent is null) is { } objection)
            {
                yield return new Sighting(path, objection, line, 1);
            }
        }
    }

    private static string? Objection(string line, bool root)
    {
        if (line.StartsWith("[attr]", StringComparison.Ordinal))
        {
            return root ? null : "expected macros ([attr]) in the .gitattributes of the root alone: git passes this line over";
        }

        if (line[0] == '!')
        {
            return "patterns cannot be negated here: git passes this line over";
        }

        var end = line[0] == '"' ? line.IndexOf('"', 1) + 1 : line.IndexOfAny([' ', '\t']);
        if (line[0] == '"' && end == 0)
        {
            return "expected a second quote after the pattern";
        }

        return end <= 0 ? null : line[end..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Attribute).FirstOrDefault(objection => objection is not null);
    }

    private static string? Attribute(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = (equals < 0 ? word : word[..equals]).TrimStart('-', '!');
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
        {
            return $"\"{word}\" is not the name of an attribute";
        }

        var value = equals < 0 ? null : word[(equals + 1)..];
        return (name, value) switch
        {
            ("eol", { } eol) when eol is not ("lf" or "crlf") => $"expected eol=lf or eol=crlf, found {word}",
            ("text", { } text) when text is not ("auto" or "input") => $"expected text, -text or text=auto, found {word}",
            _ => null,
        };
    }
}
