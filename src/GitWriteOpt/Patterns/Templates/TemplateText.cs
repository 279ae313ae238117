using System.Text;
using System.Text.RegularExpressions;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// A text with placeholders: <c>{{name}}</c> is the parameter as it was given, <c>{{name.pascal}}</c> in a form
/// (<see cref="NameForm"/>, in small letters), <c>{{name.pascal.plural}}</c> in the plural, and <c>{{"{{"}}</c> two
/// braces. Anything else between braces is text, so that templates of templates stay as they are.
/// </summary>
internal sealed partial class TemplateText
{
    /// <summary>What stands for two opening braces.</summary>
    internal const string Escape = "{{\"{{\"}}";

    private readonly List<Piece> _pieces;

    private TemplateText(List<Piece> pieces) => _pieces = pieces;

    /// <summary>The pieces, in order.</summary>
    internal IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>Takes a text apart.</summary>
    internal static TemplateText Parse(string text, IEnumerable<string> parameters)
    {
        var known = parameters.ToHashSet(StringComparer.Ordinal);
        var pieces = new List<Piece>();
        var done = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            var piece = PieceOf(match, known);
            if (piece is null)
            {
                continue;
            }

            Literal(text[done..match.Index]);
            pieces.Add(piece);
            done = match.Index + match.Length;
        }

        Literal(text[done..]);
        return new TemplateText(pieces);

        void Literal(string literal)
        {
            if (literal.Length > 0)
            {
                pieces.Add(new Piece(literal, null, null, false));
            }
        }
    }

    /// <summary>The text with its placeholders filled.</summary>
    /// <param name="values">The value of each parameter.</param>
    internal string Fill(IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
        {
            text.Append(piece.Parameter is null ? piece.Literal : piece.Of(values[piece.Parameter]));
        }

        return text.ToString();
    }

    /// <summary>What parameters have where a text is one that this makes, or null.</summary>
    internal Dictionary<string, string>? Match(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        return Match(text, 0, 0, values) ? values : null;
    }

    /// <summary>A placeholder.</summary>
    internal static string Of(string parameter, NameForm form, bool plural) =>
        $"{{{{{parameter}.{NameForms.Word(form)}{(plural ? ".plural" : "")}}}}}";

    /// <summary>Text that is to stay as it is.</summary>
    internal static string Quote(string text) => Placeholder().Replace(text, match => Escape + match.Value[2..]);

    private static Piece? PieceOf(Match match, HashSet<string> known)
    {
        if (match.Groups["braces"].Success)
        {
            return new Piece("{{", null, null, false);
        }

        if (!known.Contains(match.Groups["name"].Value))
        {
            return null;
        }

        NameForm? form = null;
        var plural = false;
        foreach (Capture word in match.Groups["form"].Captures)
        {
            if (word.Value == ".plural")
            {
                plural = true;
            }
            else if (NameForms.TryParse(word.Value[1..], out var found))
            {
                form = found;
            }
            else
            {
                return null;
            }
        }

        return new Piece("", match.Groups["name"].Value, form, plural);
    }

    // Short texts alone are matched (paths, lines), so trying lengths is quick enough.
    private bool Match(string text, int at, int index, Dictionary<string, string> values)
    {
        if (index == _pieces.Count)
        {
            return at == text.Length;
        }

        var piece = _pieces[index];
        if (piece.Parameter is null)
        {
            return string.CompareOrdinal(text, at, piece.Literal, 0, piece.Literal.Length) == 0
                && Match(text, at + piece.Literal.Length, index + 1, values);
        }

        var had = values.GetValueOrDefault(piece.Parameter);
        for (var end = text.Length; end > at; end--)
        {
            var part = text[at..end];
            if (piece.Form is { } form && (part.Contains('/', StringComparison.Ordinal) || NameWords.Of(part) is not { Count: > 0 } words || words.In(form) != part))
            {
                continue;
            }

            if (had is not null && piece.Of(had) != part)
            {
                continue;
            }

            values[piece.Parameter] = had ?? part;
            if (Match(text, end, index + 1, values))
            {
                return true;
            }

            if (had is null)
            {
                values.Remove(piece.Parameter);
            }
        }

        return false;
    }

    [GeneratedRegex("""\{\{(?:"(?<braces>\{\{)"|(?<name>[a-z][a-z0-9]*)(?<form>\.[a-z]+)*)\}\}""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();

    /// <summary>Text, or a placeholder.</summary>
    /// <param name="Literal">The text.</param>
    /// <param name="Parameter">The placeholder's parameter, or null.</param>
    /// <param name="Form">Its form; null for as it was given.</param>
    /// <param name="Plural">Whether in the plural.</param>
    internal sealed record Piece(string Literal, string? Parameter, NameForm? Form, bool Plural)
    {
        /// <summary>What stands for a value.</summary>
        internal string Of(string value) => Form is not { } form ? value
            : Plural ? NameWords.Of(value).Plural().In(form) : NameWords.Of(value).In(form);
    }
}
