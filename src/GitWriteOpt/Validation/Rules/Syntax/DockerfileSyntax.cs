using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>
/// The basics of a Dockerfile: known instructions, with an argument, and a <c>FROM</c> before all but <c>ARG</c>. Here
/// documents, continued lines and another escape character are understood; what a shell makes of <c>RUN</c> is not looked at.
/// </summary>
internal sealed class DockerfileSyntax() : SyntaxRule(new RuleInfo("dockerfile-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "a Dockerfile with an unknown instruction, one without arguments, or one before FROM"))
{
    private static readonly HashSet<string> Instructions = new(StringComparer.OrdinalIgnoreCase)
    {
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN",
        "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    };

    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path)
    {
        var name = path.Name;
        return name is "Dockerfile" or "Containerfile" || EndsWith(name, ".dockerfile", ".containerfile")
            || ((name.StartsWith("Dockerfile.", StringComparison.Ordinal) || name.StartsWith("Containerfile.", StringComparison.Ordinal))
                && !EndsWith(name, ".in", ".j2", ".tpl", ".tmpl", ".erb", ".template", ".md", ".dockerignore", ".sh", ".jinja", ".jinja2", ".mustache"))
            ? "dockerfile" : null;
    }

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var lines = Encoding.UTF8.GetString(TextPosition.Trim(bytes.Span)).Split('\n');
        var escape = Escape(lines);
        var from = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var at = i;
            var words = line.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries);
            var word = words[0].TrimEnd(escape);
            if (Objection(word, words.Length > 1 || line.EndsWith(escape), from) is { } objection)
            {
                return [new Sighting(path, objection, at + 1, lines[at].Length - lines[at].TrimStart().Length + 1)];
            }

            from |= word.Equals("FROM", StringComparison.OrdinalIgnoreCase);
            var whole = Continue(lines, ref i, escape);
            if (word.ToUpperInvariant() is "RUN" or "COPY" or "ADD")
            {
                i = PassHereDocuments(lines, i, whole);
            }
        }

        return [];
    }

    private static string? Objection(string word, bool hasArgument, bool from) =>
        word.StartsWith('$') || word.Contains("__", StringComparison.Ordinal) || word.StartsWith('@') || word.StartsWith('%') ? null // a placeholder
        : !Instructions.Contains(word) ? $"expected an instruction, found \"{(word.Length > 30 ? word[..30] + "..." : word)}\""
        : !hasArgument ? $"expected an argument of {word.ToUpperInvariant()}"
        : !from && !word.Equals("FROM", StringComparison.OrdinalIgnoreCase) && !word.Equals("ARG", StringComparison.OrdinalIgnoreCase)
            ? $"expected FROM before {word.ToUpperInvariant()}"
        : null;

    // "# escape=`", in the comments at the very top.
    private static char Escape(string[] lines)
    {
        foreach (var line in lines)
        {
            var text = line.Replace(" ", "", StringComparison.Ordinal).Trim();
            if (text.StartsWith("#escape=", StringComparison.OrdinalIgnoreCase) && text.Length == 9)
            {
                return text[8];
            }

            if (!text.StartsWith('#') || !text.Contains('=', StringComparison.Ordinal))
            {
                break;
            }
        }

        return '\\';
    }

    // Comments and blank lines do not end a continued instruction.
    private static string Continue(string[] lines, ref int at, char escape)
    {
        var whole = new StringBuilder(lines[at]);
        while (at + 1 < lines.Length && (lines[at].TrimEnd().EndsWith(escape) || IsPassedOver(lines[at])))
        {
            at++;
            whole.Append(' ').Append(lines[at]);
        }

        return whole.ToString();
    }

    private static bool IsPassedOver(string line) => line.AsSpan().Trim() is [] or ['#', ..];

    private static int PassHereDocuments(string[] lines, int at, string instruction)
    {
        for (var open = instruction.IndexOf("<<", StringComparison.Ordinal); open >= 0;
            open = instruction.IndexOf("<<", open + 2, StringComparison.Ordinal))
        {
            var rest = instruction[(open + 2)..].TrimStart('-');
            var name = new string([.. rest.Trim('"', '\'').TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
            if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            {
                continue;
            }

            var end = Array.FindIndex(lines, Math.Min(at + 1, lines.Length), line => line.Trim() == name);
            at = end < 0 ? at : end;
        }

        return at;
    }
}
