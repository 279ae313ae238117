using System.Text;

namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>
/// A template for cookiecutter: its files below <c>{{cookiecutter.directory}}</c>, which is where they go
/// (<c>cookiecutter &lt;name&gt; --overwrite-if-exists</c> in the root of the worktree). It cannot add lines to files.
/// </summary>
internal static class CookiecutterExport
{
    /// <summary>Its files.</summary>
    internal static List<ExportedFile> Of(Template template)
    {
        var json = new StringBuilder("{\n");
        foreach (var parameter in template.Parameters)
        {
            json.Append("  \"").Append(Variable(parameter.Name)).Append("\": \"").Append(Example(parameter)).Append("\",\n");
        }

        json.Append("  \"directory\": \".\"");
        var names = template.Parameters.Select(p => p.Name).ToList();
        foreach (var used in template.Files.SelectMany(f => new[] { f.Path, f.Text }).SelectMany(text => TemplateText.Parse(text, names).Pieces)
            .Where(piece => piece.Form is not null).DistinctBy(piece => (piece.Parameter, piece.Form, piece.Plural)))
        {
            // The name is given with blanks, hyphens or underscores between its words.
            var words = $"(cookiecutter.{Variable(used.Parameter!)}.replace('-', ' ').replace('_', ' '){(used.Plural ? "~'s'" : "")})";
            json.Append(",\n  \"").Append(Derived(used)).Append("\": \"{{ ").Append(Value(words, used.Form!.Value)).Append(" }}\"");
        }

        json.Append("\n}\n");
        return
        [
            new ExportedFile($"{template.Name}/cookiecutter.json", json.ToString()),
            .. template.Files.Select(f => new ExportedFile($"{template.Name}/{{{{cookiecutter.directory}}}}/{Render(f.Path, template)}", Render(f.Text, template))),
        ];
    }

    private static string Render(string text, Template template) => Rendering.Of(text, template,
        literal => literal.Replace("{{", "\u0001", StringComparison.Ordinal).Replace("{%", "\u0002", StringComparison.Ordinal)
            .Replace("{#", "\u0003", StringComparison.Ordinal).Replace("\u0001", "{{ '{{' }}", StringComparison.Ordinal)
            .Replace("\u0002", "{{ '{%' }}", StringComparison.Ordinal).Replace("\u0003", "{{ '{#' }}", StringComparison.Ordinal),
        piece => piece.Form is not null ? $"{{{{cookiecutter.{Derived(piece)}}}}}" : $"{{{{cookiecutter.{Variable(piece.Parameter!)}}}}}");

    private static string Variable(string parameter) => parameter == "directory" ? "folder" : parameter;

    // Asked for with the right default: variables that are not asked for are not filled in by older versions.
    private static string Derived(TemplateText.Piece piece) =>
        $"{Variable(piece.Parameter!)}_{NameForms.Word(piece.Form!.Value)}{(piece.Plural ? "_plural" : "")}";

    private static string Example(TemplateParameter parameter) => parameter.Kind == "name"
        ? NameWords.Of(parameter.Examples.Count > 0 ? parameter.Examples[0] : "example").In(NameForm.Kebab)
        : (parameter.Examples.Count > 0 ? parameter.Examples[0] : "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Value(string words, NameForm form) => form switch
    {
        NameForm.Pascal => $"{words}.title().replace(' ', '')",
        NameForm.Camel => $"{words}[0].lower() ~ {words}.title().replace(' ', '')[1:]",
        NameForm.Snake => $"{words}.lower().replace(' ', '_')",
        NameForm.Kebab => $"{words}.lower().replace(' ', '-')",
        NameForm.Constant => $"{words}.upper().replace(' ', '_')",
        NameForm.Lower => $"{words}.lower().replace(' ', '')",
        NameForm.Upper => $"{words}.upper().replace(' ', '')",
        NameForm.Sentence => $"{words}.lower()",
        _ => $"{words}.title()",
    };
}
