using System.Text.RegularExpressions;

namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>What the exports share: placeholders and texts put into another tool's words.</summary>
internal static partial class Rendering
{
    /// <summary>A text in the words of another tool.</summary>
    /// <param name="text">With our placeholders.</param>
    /// <param name="template">Whose parameters they are.</param>
    /// <param name="literal">Makes text of the tool's that stands for itself.</param>
    /// <param name="value">Makes the tool's placeholder.</param>
    internal static string Of(string text, Template template, Func<string, string> literal, Func<TemplateText.Piece, string> value) =>
        string.Concat(TemplateText.Parse(text, template.Parameters.Select(p => p.Name)).Pieces
            .Select(piece => piece.Parameter is null ? literal(piece.Literal) : value(piece)));

    /// <summary>A regular expression, in JavaScript's words, for the siblings of a registry line.</summary>
    internal static string SiblingPattern(RegistryLine registry, Template template) =>
        Of(registry.Line, template, literal => Special().Replace(literal, @"\$0"), _ => ".+");

    [GeneratedRegex(@"[\\^$.*+?()\[\]{}|/]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
