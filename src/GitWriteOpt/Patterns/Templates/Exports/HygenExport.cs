namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>A template for hygen: <c>_templates/&lt;name&gt;/new/*.ejs.t</c> and the questions it asks.</summary>
internal static class HygenExport
{
    /// <summary>Its files.</summary>
    internal static List<ExportedFile> Of(Template template)
    {
        var folder = $"_templates/{template.Name}/new/";
        var files = new List<ExportedFile>();
        foreach (var file in template.Files)
        {
            files.Add(new ExportedFile($"{folder}{files.Count + 1}.ejs.t", $"---\nto: {Quoted(Render(file.Path, template))}\n---\n{Render(file.Text, template)}"));
        }

        foreach (var registry in template.Registry)
        {
            var line = Render(registry.Line, template);
            files.Add(new ExportedFile($"{folder}{files.Count + 1}.ejs.t",
                $"---\ninject: true\nto: {Quoted(registry.Path)}\n{(registry.Order == RegistryText.Prepended ? "before" : "after")}: "
                + $"{Quoted(Pattern(registry, template))}\n---\n{line}"));
        }

        files.Add(new ExportedFile(folder + "prompt.js", "module.exports = [\n" + string.Concat(template.Parameters.Select(p =>
            $"  {{ type: 'input', name: '{p.Name}', message: '{p.Name} ({p.Kind})' }},\n")) + "]\n"));
        return files;
    }

    // hygen takes the first line that matches by itself. What looks at the line end matches none by itself, so the whole
    // text is searched, where the last sibling is the one that none follows.
    private static string Pattern(RegistryLine registry, Template template)
    {
        var sibling = $"^{Rendering.SiblingPattern(registry, template)}$";
        return registry.Order == RegistryText.Prepended ? sibling : $@"{sibling}(?=\n)(?![^]*{sibling})";
    }

    private static string Render(string text, Template template) => Rendering.Of(text, template,
        literal => literal.Replace("<%", "<%%", StringComparison.Ordinal), piece => $"<%- {Value(piece)} %>");

    private static string Value(TemplateText.Piece piece)
    {
        var value = piece.Plural ? $"h.inflection.pluralize({piece.Parameter})" : piece.Parameter!;
        return piece.Form switch
        {
            null => value,
            NameForm.Pascal => $"h.changeCase.pascal({value})",
            NameForm.Camel => $"h.changeCase.camel({value})",
            NameForm.Snake => $"h.changeCase.snake({value})",
            NameForm.Kebab => $"h.changeCase.param({value})",
            NameForm.Constant => $"h.changeCase.constant({value})",
            NameForm.Lower => $"h.changeCase.pascal({value}).toLowerCase()",
            NameForm.Upper => $"h.changeCase.pascal({value}).toUpperCase()",
            NameForm.Sentence => $"h.changeCase.no({value})",
            _ => $"h.changeCase.title({value})",
        };
    }

    // YAML in single quotes: everything but a quote stands for itself.
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
