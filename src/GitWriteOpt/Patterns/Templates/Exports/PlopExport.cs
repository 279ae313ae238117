using System.Text;
using System.Text.Encodings.Web;

namespace GitWriteOpt.Patterns.Templates.Exports;

/// <summary>A template for plop: <c>plopfile.mjs</c> with its generator, and Handlebars files beside it.</summary>
internal static class PlopExport
{
    /// <summary>Its files.</summary>
    internal static List<ExportedFile> Of(Template template)
    {
        var files = new List<ExportedFile>();
        var actions = new StringBuilder();
        foreach (var file in template.Files)
        {
            var path = $"plop-templates/{template.Name}/{files.Count + 1}.hbs";
            files.Add(new ExportedFile(path, Render(file.Text, template)));
            actions.Append("      { type: 'add', path: ").Append(Script(Render(file.Path, template))).Append(", templateFile: ").Append(Script(path)).Append(" },\n");
        }

        foreach (var registry in template.Registry)
        {
            // In what replaces a match of JavaScript's, a dollar sign stands for itself when it is doubled.
            var line = Render(registry.Line.Replace("$", "$$", StringComparison.Ordinal), template);
            actions.Append("      { type: 'modify', path: ").Append(Script(registry.Path)).Append(", pattern: new RegExp(")
                .Append(Script(Pattern(registry, template))).Append(", 'm'), template: ")
                .Append(Script(registry.Order == RegistryText.Prepended ? line + "\n$&" : "$&\n" + line)).Append(" },\n");
        }

        var prompts = string.Concat(template.Parameters.Select(p =>
            $"      {{ type: 'input', name: '{p.Name}', message: '{p.Name} ({p.Kind})' }},\n"));
        files.Insert(0, new ExportedFile("plopfile.mjs", $$"""
            export default function (plop) {
              plop.setHelper('literal', (text) => text);
              plop.setHelper('plural', (name) => /[^aeiou]y$/.test(name) ? name.slice(0, -1) + 'ies' : /([sxz]|[cs]h)$/.test(name) ? name + 'es' : name + 's');
              plop.setHelper('joined', (name) => name.replace(/[^\p{L}\p{N}]+/gu, ''));
              plop.setHelper('capitals', (name) => name.toUpperCase());
              plop.setHelper('small', (name) => name.toLowerCase());
              plop.setGenerator({{Script(template.Name)}}, {
                description: {{Script($"Makes {template.Files.Count} files, as learned from {template.Instances.Count} instances")}},
                prompts: [
            {{prompts}}    ],
                actions: [
            {{actions}}    ],
              });
            }

            """));
        return files;
    }

    // The first sibling, or the last: the one that none follows.
    private static string Pattern(RegistryLine registry, Template template)
    {
        var sibling = $"^{Rendering.SiblingPattern(registry, template)}$";
        return registry.Order == RegistryText.Prepended ? sibling : $"{sibling}(?![^]*{sibling})";
    }

    private static string Render(string text, Template template) => Rendering.Of(text, template, Literal, piece => $"{{{{{Value(piece)}}}}}");

    // Handlebars reads a backslash before braces as an escape: it comes from a helper, and so do braces.
    private static string Literal(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && (text.AsSpan(i).TrimStart('\\') is [] or ['{', '{', ..]))
            {
                escaped.Append(@"{{literal '\'}}");
            }
            else if (text[i] == '{' && i + 1 < text.Length && text[i + 1] == '{')
            {
                escaped.Append("{{literal '{{'}}");
                i++;
            }
            else
            {
                escaped.Append(text[i]);
            }
        }

        return escaped.ToString();
    }

    private static string Value(TemplateText.Piece piece)
    {
        var value = piece.Plural ? $"(plural {piece.Parameter})" : piece.Parameter!;
        return piece.Form switch
        {
            null => piece.Plural ? $"plural {piece.Parameter}" : value,
            NameForm.Pascal => $"pascalCase {value}",
            NameForm.Camel => $"camelCase {value}",
            NameForm.Snake => $"snakeCase {value}",
            NameForm.Kebab => $"kebabCase {value}",
            NameForm.Constant => $"constantCase {value}",
            NameForm.Lower => $"small (pascalCase {value})",
            NameForm.Upper => $"capitals (pascalCase {value})",
            NameForm.Sentence => $"lowerCase {value}",
            _ => $"titleCase {value}",
        };
    }

    private static string Script(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
